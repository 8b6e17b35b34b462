"""What comes due at a later gate, folded away, and the one action that moves to the next."""

from __future__ import annotations

from functools import partial
from typing import cast

import streamlit as st

from procurement_risk.framework import Gate, Question
from procurement_risk.language import _, current
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.profile import gates
from procurement_risk.views.shared import as_before, session


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
    offered = None if opened.is_preview or opened.archived else after
    due = len(gates.becoming_due(opened.outcome, offered.id)) if offered else 0
    as_before.draw_named(
        "later",
        cast(as_before.Box, partial(st.expander, label)),
        partial(_draw_inside, opened, after, offered, due, waiting),
        (current(), opened.id, label, after, offered, due, waiting),
    )


def _draw_inside(
    opened: session.Opened,
    after: Gate | None,
    offered: Gate | None,
    due: int,
    waiting: list[tuple[Gate, tuple[Question, ...]]],
) -> None:
    if after is None:
        st.markdown(_("This is the last gate: everything is due."))
    elif offered is not None:
        _offer(opened, offered, due)
    for gate, questions in waiting:
        lines = [f"- **{q.id}** {plain(q.ask)}" for q in questions]
        st.markdown("\n".join([f"**{plain(gate.label)}**", "", *lines]))


def _offer(opened: session.Opened, after: Gate, due: int) -> None:
    st.markdown(_("{due}; every answer stays.").format(due=gates.due_words(due)))
    if st.button(_("Move to {gate}").format(gate=plain(after.label)), key="next-gate"):
        revision = opened.revisions.get("gate", 0)
        reason = gates.move_reason(opened.outcome, after)
        if session.save("gate", after.id, revision, reason):
            session.flash(f"{reason}.")
            st.rerun()
