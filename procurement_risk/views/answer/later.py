"""What comes due at a later gate, folded away, and the one action that moves to the next."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework import Gate
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.profile import gates
from procurement_risk.views.shared import session


def draw(opened: session.Opened) -> None:
    """Draw what is due later by gate, and the move to the next gate; nothing without gates."""
    here = gates.gate_of(opened.framework, opened.assessment.answer_set)
    if here is None:
        return
    after = gates.next_gate(opened.framework, opened.assessment.answer_set)
    waiting = gates.later(opened.outcome)
    number = sum(len(questions) for __, questions in waiting)
    words = _("Gate: {gate}")
    label = words.format(gate=plain(here.label))
    if number:
        label += " · " + counted(number, "{n} question comes later", "{n} questions come later")
    with st.expander(label):
        if after is None:
            st.markdown(_("This is the last gate: everything is due."))
        elif not (opened.is_preview or opened.archived):
            _offer(opened, after)
        for gate, questions in waiting:
            lines = [f"- **{q.id}** {plain(q.ask)}" for q in questions]
            st.markdown("\n".join([f"**{plain(gate.label)}**", "", *lines]))


def _offer(opened: session.Opened, after: Gate) -> None:
    due = gates.due_words(len(gates.becoming_due(opened.outcome, after.id)))
    st.markdown(_("{due}; every answer stays.").format(due=due))
    if st.button(_("Move to {gate}").format(gate=plain(after.label)), key="next-gate"):
        revision = opened.revisions.get("gate", 0)
        reason = gates.move_reason(opened.outcome, after)
        if session.save("gate", after.id, revision, reason):
            session.flash(f"{reason}.")
            st.rerun()
