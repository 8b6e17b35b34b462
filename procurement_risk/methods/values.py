"""What one answer counts for: claimed, inherent and residual, each at low, centre and high.

Risk values are whole points, but the centre of an open question falls on quarters of a point
(half-way, or three quarters of the way up). Everything here is therefore counted in whole
*quarters* of a point, so that no rounding ever decides a band.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.framework import GRADES, Framework, Question

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Range(Generic[T]):
    """The same figure with everything open at its best, in the middle and at its worst."""

    low: T
    central: T
    high: T


class Quarters(NamedTuple):
    """Low, central and high value of one question, in quarters of a risk point."""

    low: int
    central: int
    high: int


@dataclass(frozen=True, slots=True)
class QuestionValue:
    """What one question that may count contributes to its section.

    Attributes:
        question: The question.
        mandatory: Whether it certainly applies; otherwise its condition is still unknown.
        is_open: Whether nobody has answered it, or it was answered "unknown" or "withheld".
        claimed: Every claim believed.
        inherent: After the evidence floors of the low, central and high tier.
        residual: After mitigations.
    """

    question: Question
    mandatory: bool
    is_open: bool
    claimed: Quarters
    inherent: Quarters
    residual: Quarters


def open_quarters(question: Question, answer: Answer | None) -> Quarters:
    """Return what an open question may count for; central is for charts and the central tier.

    Unanswered: half-way from the best option to the worst. Unknown: three quarters of the
    way, or the worst on a question with a red flag. Withheld: the worst.
    """
    best, worst = question.options[0].risk, question.options[-1].risk
    state = answer.state if answer else "unanswered"
    if state == "withheld" or (state == "unknown" and question.red_flag is not None):
        central = 4 * worst
    elif state == "unknown":
        central = 4 * best + 3 * (worst - best)
    else:
        central = 4 * best + 2 * (worst - best)
    return Quarters(4 * best, central, 4 * worst)


def evidence_grade(answer: Answer, as_of: str) -> int:
    """Return the grade 0 to 4; evidence that ran out before ``as_of`` counts as 0."""
    if answer.valid_until and answer.valid_until < as_of:
        return 0
    return GRADES.index(answer.evidence)


def acting_status(mitigation: Mitigation, as_of: str) -> str:
    """Return the status that counts: an agreed mitigation past its due date is only proposed."""
    if mitigation.status == "agreed" and mitigation.due < as_of:
        return "proposed"
    return mitigation.status


def value_question(
    framework: Framework,
    question: Question,
    answer: Answer | None,
    mitigation: Mitigation | None,
    tiers: Range[int],
    as_of: str,
    *,
    mandatory: bool,
) -> QuestionValue:
    """Return the figures of one single-choice question that is in the pack and not hidden."""
    option = question.option(answer.option) if answer else None
    if answer is None or option is None:
        claimed = inherent = open_quarters(question, answer)
    else:
        v = 4 * option.risk
        claimed = Quarters(v, v, v)
        inherent = _evidenced(framework, question, v, evidence_grade(answer, as_of), tiers)
    residual = inherent
    if mitigation is not None:
        status = acting_status(mitigation, as_of)
        target = question.option(mitigation.target)
        if target is not None and status != "proposed":
            helps = framework.policy.agreed_mitigation_helps
            residual = Quarters(*(_residual(e, 4 * target.risk, status, helps) for e in inherent))
    return QuestionValue(question, mandatory, option is None, claimed, inherent, residual)


def _evidenced(
    framework: Framework, question: Question, v: int, grade: int, tiers: Range[int]
) -> Quarters:
    worst = question.options[-1].risk
    floors = (
        framework.tier(number).floors[grade]
        for number in (tiers.low, tiers.central, tiers.high)
    )
    return Quarters(*(max(v, 4 * min(floor, worst)) for floor in floors))


def _residual(e: int, target: int, status: str, helps: int) -> int:
    if status == "verified":
        return min(e, target)
    return min(e, max(target, e - 4 * helps))
