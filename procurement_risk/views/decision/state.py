"""Where the assessment stands, and the one action that takes it on."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment.words import workflow_state
from procurement_risk.assessment.workflow import next_states
from procurement_risk.language import _
from procurement_risk.views.shared import change_state
from procurement_risk.views.shared.session import Opened, may_write


def draw(opened: Opened) -> None:
    """Draw the state, the way into life once it was decided, and the ways elsewhere."""
    now = opened.assessment.state
    st.header(_("Where it stands"), anchor=False)
    st.markdown(f"**{workflow_state(now)}**")
    moves = [each for each in next_states(opened.assessment) if may_write(opened, "state", each)]
    goes_on = now == "decided" and "live" in moves
    label = _("It is in use: put it in life")
    if goes_on and st.button(label, type="primary", key="state:live"):
        change_state.save(opened.id, "live")
    if now == "draft" and "in_review" in moves and st.button(_("Submit it for review")):
        change_state.save(opened.id, "in_review")
    if moves and st.button(_("Change the state"), disabled=opened.archived):
        change_state.ask(opened)
