"""The Risk profile page: the decision first, then why, then everything behind it.

    headline, sign-off, what stops it, what to ask next
    charts · findings and conditions · what would change it · since last time · arithmetic ·
    decision record

Only the open tab is worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.profile.words import LIMITS
from procurement_risk.views.profile import (
    arithmetic as profile_arithmetic,
)
from procurement_risk.views.profile import (
    change as profile_change,
)
from procurement_risk.views.profile import (
    charts as profile_charts,
)
from procurement_risk.views.profile import (
    decision as profile_decision,
)
from procurement_risk.views.profile import (
    findings as profile_findings,
)
from procurement_risk.views.profile import (
    impact as profile_impact,
)
from procurement_risk.views.profile import (
    organisation as profile_organisation,
)
from procurement_risk.views.profile import (
    record as profile_record,
)
from procurement_risk.views.profile import (
    since as profile_since,
)
from procurement_risk.views.shared import session, tabs
from procurement_risk.views.shared.session import Opened

TABS: Mapping[str, Callable[[Opened], None]] = {
    N_("Charts"): profile_charts.draw,
    N_("Findings and conditions"): profile_findings.draw,
    N_("What would change it"): profile_change.draw,
    N_("Since last time"): profile_since.draw,
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
    profile_organisation.draw(opened)
    if not opened.is_preview and st.button(_("Everything from this supplier")):
        session.go("supplier", supplier=opened.assessment.supplier.name)
    for tab, draw in zip(tabs.draw(list(names), SHOW), names.values(), strict=True):
        if tab.open:
            with tab:
                draw(opened)
    adopted = opened.framework.adopted_by.rstrip(".")
    st.caption(f"{plain(adopted)}. {_(LIMITS)}" if adopted else _(LIMITS))
