"""Setting an assessment aside with its reason, and bringing it back: one way for every page."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _
from procurement_risk.language.text import plain
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
        _do(lambda: store.archive(assessment_id, session.actor(), (reason or "").strip()), said)


def draw_back(assessment_id: str, key: str) -> None:
    """Draw the button that brings one back; ``key`` tells two of these on one page apart."""
    if st.button(_("Bring it back"), key=f"{key}-back-{assessment_id}"):
        _do(lambda: session.store().restore(assessment_id, session.actor()), _("Back."))


def _do(change: Callable[[], None], said: str) -> None:
    try:
        change()
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    session.flash(said)
    st.rerun()
