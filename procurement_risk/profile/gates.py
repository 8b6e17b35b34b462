"""What is due at which gate, and what moving to a later one adds.

A move changes the part ``gate`` alone: every answer stays, and what comes due is asked.
"""

from __future__ import annotations

from dataclasses import replace

from procurement_risk.assessment import AnswerSet, RecordedDecision
from procurement_risk.framework import Framework, Gate, Question
from procurement_risk.framework.words import decision as decision_words
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.methods import AnyResult


def gate_of(framework: Framework, answer_set: AnswerSet) -> Gate | None:
    """Return the gate that the answers are made for; None where the framework has none."""
    return framework.gate(answer_set.gate)


def next_gate(framework: Framework, answer_set: AnswerSet) -> Gate | None:
    """Return the gate after the one that the answers are made for, or None after the last."""
    here = gate_of(framework, answer_set)
    if here is None:
        return None
    later = framework.gates[framework.gates.index(here) + 1 :]
    return later[0] if later else None


COMPARED = "evaluation"
"""The gate at which suppliers are compared, in a framework that has it."""


def gate_of_another(framework: Framework, gate_id: str) -> Gate | None:
    """Return the gate at which another supplier begins, beside one that stands at ``gate_id``.

    That is where suppliers are compared, or earlier where the first one is. A framework without
    such a gate has it begin at the first. None where there are no gates.
    """
    here, compared = framework.gate(gate_id), framework.gate(COMPARED)
    if here is None:
        return None
    return min(here, compared or framework.gates[0], key=framework.gates.index)


def another_begins(framework: Framework, gate_id: str) -> str:
    """Return at which gate another supplier begins, and why, as a sentence; empty without one."""
    gate = gate_of_another(framework, gate_id)
    if gate is None:
        return ""
    words = _("It begins at {gate}, where nothing is agreed yet; what comes later is asked then.")
    if gate.id == COMPARED:
        words = _("It begins at {gate}, where suppliers are compared; the rest is asked later.")
    return words.format(gate=gate.label)


def later(result: AnyResult) -> list[tuple[Gate, tuple[Question, ...]]]:
    """Return what comes due at each later gate: what the pack asks, and applies or may.

    Gates at which nothing comes due are left out.
    """
    framework = result.framework
    waiting = [framework.by_id[name] for name in result.not_due if result.is_asked(name)]
    by_gate = [
        (gate, tuple(q for q in waiting if q.first_gate == gate.id)) for gate in framework.gates
    ]
    return [(gate, questions) for gate, questions in by_gate if questions]


def becoming_due(result: AnyResult, gate_id: str) -> tuple[Question, ...]:
    """Return the questions that come due by moving to the gate ``gate_id``, in reading order."""
    framework = result.framework
    waiting = (framework.by_id[name] for name in result.not_due if result.is_asked(name))
    return tuple(each for each in waiting if framework.is_due(each, gate_id))


def moved(answer_set: AnswerSet, gate_id: str) -> AnswerSet:
    """Return the same answers made for the gate ``gate_id``."""
    return replace(answer_set, gate=gate_id)


def decided(framework: Framework, decision: RecordedDecision) -> str:
    """Return what was decided, with the gate it was decided for: ``Proceed, for Award``."""
    said, gate = decision_words(decision.decision), framework.gate(decision.gate)
    if not decision.gate or gate is None:
        return said
    return _("{decision}, for {gate}").format(decision=said, gate=gate.label)


def due_words(number: int) -> str:
    """Return ``14 questions become due``."""
    return counted(number, "{n} question becomes due", "{n} questions become due")


def move_reason(result: AnyResult, gate: Gate) -> str:
    """Return what the history says of a move: ``Moved to Award: 14 questions become due``."""
    words = _("Moved to {gate}: {due}")
    return words.format(gate=gate.label, due=due_words(len(becoming_due(result, gate.id))))
