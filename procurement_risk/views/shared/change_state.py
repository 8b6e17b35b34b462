"""Changing where an assessment stands: one way for the header and the Decision page."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment import WorkflowState
from procurement_risk.assessment.words import workflow_state
from procurement_risk.assessment.workflow import next_states
from procurement_risk.language import _
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened


def ask(opened: Opened) -> None:
    """Ask in a dialog which state it goes into, and why."""
    st.dialog(_("Change the state"))(draw_form)(opened)


def draw_form(opened: Opened) -> None:
    """Draw the states it may go into from where it stands, and put it in the one chosen."""
    now = _("It stands at: **{state}**.").format(state=workflow_state(opened.assessment.state))
    st.markdown(now)
    states = [
        each for each in next_states(opened.assessment) if session.may_write(opened, "state", each)
    ]
    with st.form("state", border=False, enter_to_submit=False):
        chosen = st.radio(
            _("Where it stands from now on"),
            states,
            index=None,
            format_func=session.worded(states, workflow_state),
        )
        reason = st.text_input(_("Why, for the history"), max_chars=2_000)
        pressed = st.form_submit_button(_("Change it"), type="primary")
    if not pressed:
        return
    if chosen is None:
        st.error(_("Choose where it stands."))
        return
    save(opened.id, chosen, (reason or "").strip())


def save(assessment_id: str, state: WorkflowState, reason: str = "") -> None:
    """Put an assessment in a state, and start the page again; or say why that cannot be."""
    held = session.store_of(assessment_id)
    revision = held.parts(assessment_id)["state"].revision
    session.carry_out(
        lambda: held.save(assessment_id, "state", state, revision, session.actor(), reason),
        _("Now: {state}.").format(state=workflow_state(state)),
    )
