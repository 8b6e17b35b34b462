"""What one answer counts for: claimed, inherent and residual, each at low, centre and high.

Risk values are whole points, but the centre of an open question falls on quarters of a point
(half-way, or three quarters of the way up). Everything here is therefore counted in whole
*quarters* of a point, so that no rounding ever decides a band.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.assessment.overdue import is_overdue
from procurement_risk.assessment.two_answers import unsettled
from procurement_risk.framework import GRADES, Policy, Question

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Range(Generic[T]):
    """The same figure with everything open at its best, in the middle and at its worst."""

    low: T
    central: T
    high: T

    def each(self, of: Callable[[T], U]) -> Range[U]:
        """Return what ``of`` makes of each of the three."""
        return Range(of(self.low), of(self.central), of(self.high))


class Quarters(NamedTuple):
    """Low, central and high value of one question, in quarters of a risk point."""

    low: int
    central: int
    high: int


class QuestionValue(NamedTuple):
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


@dataclass(frozen=True, slots=True)
class Scale:
    """The risk values a question can take, in quarters of a point, by option id."""

    question: Question
    quarters: Mapping[str, int]
    best: int
    worst: int


def scale_of(question: Question) -> Scale:
    """Return the scale of a single-choice question, worked out once per framework."""
    quarters = {option.id: 4 * option.risk for option in question.options}
    return Scale(question, quarters, min(quarters.values()), max(quarters.values()))


def open_quarters(scale: Scale, answer: Answer | None) -> Quarters:
    """Return what an open question may count for; central is for charts and the central tier.

    Unanswered: half-way from the best option to the worst. Unknown: three quarters of the
    way, or the worst on a question with a red flag. Withheld: the worst. Two answers that
    differ: from the better of them to the worse.
    """
    if both := unsettled(answer):
        return _over([_stated(scale, each) for each in both])
    best, worst = scale.best, scale.worst
    state = answer.state if answer else "unanswered"
    if state == "withheld" or (state == "unknown" and scale.question.red_flag is not None):
        central = worst
    elif state == "unknown":
        central = best + 3 * (worst - best) // 4
    else:
        central = best + (worst - best) // 2
    return Quarters(best, central, worst)


def _stated(scale: Scale, answer: Answer) -> Quarters:
    """Return what one of two answers counts for, believed."""
    v = scale.quarters.get(answer.option)
    return open_quarters(scale, answer) if v is None else Quarters(v, v, v)


def _over(several: Sequence[Quarters]) -> Quarters:
    """Return the figure that covers several, with the middle of their centres, rounded down."""
    lows, centrals, highs = zip(*several, strict=True)
    return Quarters(min(lows), sum(centrals) // len(centrals), max(highs))


def evidence_grade(answer: Answer, as_of: str) -> int:
    """Return the grade 0 to 4; evidence that ran out before ``as_of`` counts as 0."""
    if answer.valid_until and answer.valid_until < as_of:
        return 0
    return GRADES.index(answer.evidence)


def acting_status(mitigation: Mitigation, as_of: str) -> str:
    """Return the status that counts: an agreed mitigation past its due date is only proposed."""
    if is_overdue(mitigation, as_of) or (mitigation.status == "agreed" and not mitigation.due):
        return "proposed"
    return mitigation.status


def floors_by_grade(policy: Policy, tiers: Range[int]) -> tuple[Quarters, ...]:
    """Return the least that an answer counts for, by grade, at the low, central and high tier."""
    ends = (policy.tiers[number - 1].floors for number in (tiers.low, tiers.central, tiers.high))
    return tuple(Quarters(*(4 * floor for floor in floors)) for floors in zip(*ends, strict=True))


def value_question(
    scale: Scale,
    answer: Answer | None,
    mitigation: Mitigation | None,
    floors: tuple[Quarters, ...],
    as_of: str,
    *,
    agreed_helps: int,
    mandatory: bool,
) -> QuestionValue:
    """Return the figures of one single-choice question that is in the pack and not hidden.

    Args:
        scale: The question's risk values.
        answer: Its answer, if any.
        mitigation: Its mitigation, if any.
        floors: From ``floors_by_grade``.
        as_of: The day on which evidence and due dates are looked at.
        agreed_helps: Points that an agreed mitigation may take off.
        mandatory: Whether the question certainly applies.
    """
    v = scale.quarters.get(answer.option) if answer else None
    both = [each for each in unsettled(answer) if each.state != "not_applicable"]
    if both:
        claimed = _over([_stated(scale, each) for each in both])
        inherent = _over([_found(scale, each, floors, as_of) for each in both])
    else:
        claimed = open_quarters(scale, answer) if v is None else Quarters(v, v, v)
        inherent = _found(scale, answer, floors, as_of)
    residual = inherent
    if mitigation is not None:
        status = acting_status(mitigation, as_of)
        if status != "proposed":
            target = scale.quarters[mitigation.target]
            helps = agreed_helps if status == "agreed" else None
            residual = Quarters(*(_residual(e, target, helps) for e in inherent))
    return QuestionValue(scale.question, mandatory, v is None, claimed, inherent, residual)


def _found(
    scale: Scale, answer: Answer | None, floors: tuple[Quarters, ...], as_of: str
) -> Quarters:
    """Return what an answer counts for by its evidence; an open one has no floor."""
    v = scale.quarters.get(answer.option) if answer else None
    if answer is None or v is None:
        return open_quarters(scale, answer)
    return _evidenced(v, scale.worst, floors[evidence_grade(answer, as_of)])


def _evidenced(v: int, worst: int, floor: Quarters) -> Quarters:
    low, central, high = floor
    return Quarters(max(v, min(low, worst)), max(v, min(central, worst)), max(v, min(high, worst)))


def _residual(e: int, target: int, agreed_helps: int | None) -> int:
    """Return what is left of ``e``; ``agreed_helps`` is None for a verified mitigation."""
    if agreed_helps is None:
        return min(e, target)
    return min(e, max(target, e - 4 * agreed_helps))
