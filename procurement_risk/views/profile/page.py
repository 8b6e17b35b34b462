"""The Overview page: the verdict first, then why, then everything behind it.

    verdict, who is to sign, the next step · stops and flags · each section in whole numbers
    conditions, what would change it · what to ask next
    charts · findings and conditions · what would change it · since last time · arithmetic

Only the open tab is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.profile.words import LIMITS
from procurement_risk.views.profile import (
    FINDINGS,
    arithmetic,
    benefits,
    change,
    charts,
    decision,
    findings,
    impact,
    organisation,
    questionnaire,
    since,
)
from procurement_risk.views.shared import heading, session, tabs, unread
from procurement_risk.views.shared.session import Opened

BENEFITS = N_("Benefits")
TABS: Mapping[str, Callable[[Opened], None]] = {
    N_("Charts"): charts.draw,
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
    questionnaire.draw(opened)
    unread.draw_beside(opened)
    organisation.draw(opened)
    if not opened.is_preview:
        name = opened.assessment.supplier.name
        session.link("supplier", _("Everything from this supplier"), supplier=name)
    tabs.show(names, SHOW, opened)
    adopted = opened.framework.adopted_by.rstrip(".")
    st.caption(f"{plain(adopted)}. {_(LIMITS)}" if adopted else _(LIMITS))
