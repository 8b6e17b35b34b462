"""Setting an assessment aside with its reason, and bringing it back: one way for every page."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.views.shared import session

LONGEST = 2_000


def draw(assessment_id: str, key: str) -> None:
    """Draw the field for the reason, and the button that sets the assessment aside.

    Args:
        assessment_id: Which.
        key: Tells two of these on one page apart.
    """
    st.markdown(_("Out of every list, kept whole, not to be changed until it is brought back."))
    name = f"{key}-aside-{assessment_id}"
    reason = st.text_input(_("Why it is set aside"), max_chars=LONGEST, key=name)
    if st.button(_("Set it aside"), key=f"{name}-go"):
        store, said = session.store(), _("Set aside. It stands below the list of assessments.")
        why = (reason or "").strip()
        session.carry_out(lambda: store.archive(assessment_id, session.actor(), why), said)


def draw_back(assessment_id: str, key: str) -> None:
    """Draw the button that brings one back; ``key`` tells two of these on one page apart."""
    if st.button(_("Bring it back"), key=f"{key}-back-{assessment_id}"):
        store = session.store()
        session.carry_out(lambda: store.restore(assessment_id, session.actor()), _("Back."))
