"""The Overview page: the verdict first, then why, then everything behind it.

    verdict, who is to sign, the next step · stops and flags · each section in whole numbers
    conditions, what would change it · what to ask next
    charts · findings and conditions · what would change it · since last time · arithmetic

Only the open tab is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from procurement_risk.framework.versions.whose import whose_words
from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.profile.words import LIMITS, RANGE_AND_MARK
from procurement_risk.views.frameworks.compare import draw_comparison
from procurement_risk.views.profile import (
    FINDINGS,
    arithmetic,
    benefits,
    change,
    decision,
    findings,
    impact,
    organisation,
    since,
)
from procurement_risk.views.shared import chart_view, heading, session, tabs, unread
from procurement_risk.views.shared.session import Opened

# The charts of the Overview, each with the table of every number it shows.

_NOTES = {
    "section_bars": (
        N_(
            "0 is no risk found, 100 the worst. Claimed: every claim believed. Inherent: as "
            "found, given the evidence. Residual: after mitigations."
        ),
        RANGE_AND_MARK,
    ),
    "evidence_mix": (
        N_("The share of each section's weight that rests on each grade of evidence."),
    ),
}


def _draw_charts(opened: Opened) -> None:
    """Draw every chart."""
    for name in _NOTES:
        _draw_chart(opened, name)


def _draw_chart(opened: Opened, name: str) -> None:
    chart_view.draw(
        name,
        opened.result,
        about=chart_view.about(opened.assessment),
        file_name=f"{name} {opened.id}",
        note=" ".join(_(sentence) for sentence in _NOTES[name]),
    )


BENEFITS = N_("Benefits")
TABS: Mapping[str, Callable[[Opened], None]] = {
    N_("Charts"): _draw_charts,
    FINDINGS: findings.draw,
    N_("What would change it"): change.draw,
    N_("Since last time"): since.draw,
    BENEFITS: benefits.draw,
    N_("Arithmetic"): arithmetic.draw,
}
Drawn = Callable[[Opened], None]
# What is at the top and the tabs below it, by the name of the method.
BODIES: Mapping[str, tuple[Drawn, Mapping[str, Drawn]]] = {
    "weakest-section": (decision.draw, TABS),
    "impact-mitigation": (impact.draw, impact.TABS),
}
WENT = N_("Decision record")  # a tab of old addresses, which is a page of its own by now
SHOW = "show"  # the address holds the open tab under this name, by its English label


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    if st.query_params.get(SHOW) == WENT:
        session.go("decision", assessment=opened.id)
    heading.draw(_("Overview"), opened)
    draw_top, names = BODIES[opened.framework.method]
    draw_top(opened)
    _draw_questionnaire(opened)
    unread.draw_beside(opened)
    organisation.draw(opened)
    if not opened.is_preview:
        name = opened.assessment.supplier.name
        session.link("supplier", _("Everything from this supplier"), supplier=name)
    tabs.show(names, SHOW, opened)
    adopted = opened.framework.adopted_by.rstrip(".")
    st.caption(f"{plain(adopted)}. {_(LIMITS)}" if adopted else _(LIMITS))


# Whose questionnaire a risk profile rests on, and what differs from the one of its name.


def _draw_questionnaire(opened: Opened) -> None:
    """Draw whose it is, in a line; of a foreign one everything that differs."""
    if opened.is_preview:
        return
    found = session.store().whose(opened.framework)
    st.caption(_("Questionnaire: {whose}.").format(whose=plain(whose_words(found))))
    if found.comparison is not None and found.comparison.changes:
        with st.expander(_("What differs")):
            draw_comparison(found.comparison, key=opened.id)
