"""The Risk profile page: the decision first, then why, then everything behind it.

    headline, sign-off, what stops it, what to ask next
    charts · findings and conditions · what would change it · arithmetic · decision record

Only the open tab is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from procurement_risk.views import (
    profile_arithmetic,
    profile_change,
    profile_charts,
    profile_decision,
    profile_findings,
    profile_record,
    session,
)
from procurement_risk.views.session import Opened
from procurement_risk.wording import LIMITS, plain

TABS: Mapping[str, Callable[[Opened], None]] = {
    "Charts": profile_charts.draw,
    "Findings and conditions": profile_findings.draw,
    "What would change it": profile_change.draw,
    "Arithmetic": profile_arithmetic.draw,
    "Decision record": profile_record.draw,
}


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    session.heading("Risk profile", opened)
    profile_decision.draw(opened)
    tabs = st.tabs(list(TABS), key="show", on_change="rerun", bind="query-params")
    for tab, draw in zip(tabs, TABS.values(), strict=True):
        if tab.open:
            with tab:
                draw(opened)
    adopted = opened.framework.policy.adopted_by.rstrip(".")
    st.caption(f"{plain(adopted)}. {LIMITS}" if adopted else LIMITS)
