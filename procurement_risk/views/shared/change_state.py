"""Changing where an assessment stands: one way for the header, the list and the Decision page."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment import WorkflowState
from procurement_risk.assessment.words import workflow_state
from procurement_risk.assessment.workflow import next_states
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened, key: str) -> None:
    """Draw the choice of another state, and do what is chosen.

    Args:
        opened: The assessment.
        key: Tells two of these on one page apart.
    """
    states = next_states(opened.assessment)
    chosen = st.menu_button(
        _("Change the state"),
        states,
        format_func=session.worded(states, workflow_state),
        key=session.in_language(f"state:{key}:{opened.id}"),
        disabled=opened.archived,
    )
    if chosen:
        save(opened.id, chosen)


def save(assessment_id: str, state: WorkflowState, reason: str = "") -> None:
    """Put an assessment in a state, and start the page again; or say why that cannot be."""
    held = session.store_of(assessment_id)
    revision = held.parts(assessment_id)["state"].revision
    try:
        held.save(assessment_id, "state", state, revision, session.actor(), reason)
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    session.flash(_("Now: {state}.").format(state=workflow_state(state)))
    st.rerun()
