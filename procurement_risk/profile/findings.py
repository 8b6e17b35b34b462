"""Answers that need action, gravest first, with the contract clauses that treat them.

``words`` says what makes an answer one; the question and the answer are the questionnaire's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.framework import Clause, Question
from procurement_risk.methods import AnyResult
from procurement_risk.methods.values import acting_status

FindingKind = Literal["stop", "flag", "high", "evidence"]
KINDS: tuple[FindingKind, ...] = ("stop", "flag", "high", "evidence")


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer that needs action.

    Attributes:
        kind: ``stop`` or ``flag``: a red flag fired. ``high``: the answer counts for three
            quarters of the scale or more. ``evidence``: the answer counts for more than was
            claimed, because too little supports it.
        question: The question.
        answer: What was answered.
        claimed: Risk value as claimed, whole points.
        counts_for: Risk value at the low end after the evidence floor, whole points.
        mitigation: The mitigation recorded, if any.
        treated: Whether a mitigation that still counts is agreed or verified.
        clauses: Headings to put to the contract team.
    """

    kind: FindingKind
    question: Question
    answer: Answer
    claimed: int
    counts_for: int
    mitigation: Mitigation | None
    treated: bool
    clauses: tuple[Clause, ...]


def find(result: AnyResult) -> tuple[Finding, ...]:
    """Return every finding: stops, flags, high answers, then thin evidence; heaviest first."""
    framework, answer_set = result.framework, result.answer_set
    mitigations = {m.question: m for m in answer_set.mitigations}
    flags = result.red_flags
    stopped = {*flags.stops_fired, *flags.acting}
    values = {
        value.question.id: value
        for section in result.sections.values()
        if section is not None
        for value in section.values
    }
    found = []
    for question in framework.questions():
        answer = answer_set.answers.get(question.id)
        option = question.option(answer.option) if answer else None
        if answer is None or option is None or not result.counts(question.id):
            continue
        value = values.get(question.id)
        counts_for = value.inherent.low // 4 if value else option.risk
        kind: FindingKind
        if question.id in stopped:
            kind = "stop"
        elif question.id in flags.flags_fired:
            kind = "flag"
        elif value is not None and 4 * counts_for >= 3 * framework.scale_max:
            kind = "high"
        elif value is not None and counts_for > option.risk:
            kind = "evidence"
        else:
            continue
        mitigation = mitigations.get(question.id)
        treated = (
            mitigation is not None and acting_status(mitigation, answer_set.as_of) != "proposed"
        )
        clauses = tuple(c for c in map(framework.clause, question.clauses) if c is not None)
        found.append(
            Finding(kind, question, answer, option.risk, counts_for, mitigation, treated, clauses)
        )
    found.sort(
        key=lambda f: (KINDS.index(f.kind), -f.counts_for * f.question.weight, f.question.id)
    )
    return tuple(found)
