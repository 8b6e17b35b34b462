"""The Risk profile page: the decision first, then why, then everything behind it.

    headline, sign-off, what stops it, what to ask next
    charts · findings and conditions · what would change it · arithmetic · decision record

Only the open tab is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from procurement_risk.language import ENGLISH, N_, _, current
from procurement_risk.views import (
    profile_arithmetic,
    profile_change,
    profile_charts,
    profile_decision,
    profile_findings,
    profile_impact,
    profile_record,
    session,
)
from procurement_risk.views.session import Opened
from procurement_risk.wording import LIMITS, plain

TABS: Mapping[str, Callable[[Opened], None]] = {
    N_("Charts"): profile_charts.draw,
    N_("Findings and conditions"): profile_findings.draw,
    N_("What would change it"): profile_change.draw,
    N_("Arithmetic"): profile_arithmetic.draw,
    N_("Decision record"): profile_record.draw,
}
SHOW = "show"  # the address holds the open tab under this name, by its English label


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    session.heading(_("Risk profile"), opened)
    names = TABS
    if opened.impact is not None:
        profile_impact.draw(opened, opened.impact)
        names = profile_impact.TABS
    else:
        profile_decision.draw(opened)
    for tab, draw in zip(_tabs(names), names.values(), strict=True):
        if tab.open:
            with tab:
                draw(opened)
    adopted = opened.framework.adopted_by.rstrip(".")
    st.caption(f"{plain(adopted)}. {_(LIMITS)}" if adopted else _(LIMITS))


def _tabs(names: Iterable[str]) -> Sequence[TabContainer]:
    """Draw the tabs. Streamlit ties an address to the labels themselves, so only in English."""
    if current() == ENGLISH:
        return st.tabs(list(names), key=SHOW, on_change="rerun", bind="query-params")
    labels = {_(name): name for name in names}
    key = session.in_language(SHOW)
    asked = _(st.query_params.get(SHOW, ""))
    return st.tabs(
        list(labels),
        key=key,
        default=asked if asked in labels else None,
        on_change=_keep_in_address,
        args=(key, labels),
    )


def _keep_in_address(key: str, labels: Mapping[str, str]) -> None:
    st.query_params[SHOW] = labels[st.session_state[key]]
