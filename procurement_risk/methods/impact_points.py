"""Points for impact and for mitigation: of an answer, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from procurement_risk.assessment import Answer
from procurement_risk.assessment.conditions import (
    Conditions,
    order_conditions,
)
from procurement_risk.framework import Framework, ImpactPolicy, Question, Scores, named_in

SCORES: tuple[Scores, ...] = ("raw", "mitigation")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that something can still come to."""

    low: int
    high: int

    def __add__(self, other: Bounds) -> Bounds:
        """Return the bounds of both together."""
        return Bounds(self.low + other.low, self.high + other.high)

    def around(self, other: Bounds) -> Bounds:
        """Return the bounds that hold both."""
        return Bounds(min(self.low, other.low), max(self.high, other.high))


@dataclass(frozen=True, slots=True)
class Plan:
    """What depends on the framework alone, worked out once."""

    conditions: Conditions
    scored: tuple[Question, ...]
    switches: tuple[Question, ...]
    max_raw: int
    max_mitigation: int


_plans: WeakKeyDictionary[Framework, Plan] = WeakKeyDictionary()


def plan_of(framework: Framework) -> Plan:
    """Return what the method works out of a framework once."""
    if framework not in _plans:
        scored = tuple(q for q in framework.questions() if q.scores)
        gates = {name for section in framework.sections for name in named_in(section.when)}
        _plans[framework] = Plan(
            conditions=order_conditions(framework),
            scored=scored,
            switches=tuple(
                q for q in framework.by_id.values() if q.id in gates and q.type == "single"
            ),
            max_raw=sum(most_points(q) for q in scored if q.scores == "raw"),
            max_mitigation=sum(most_points(q) for q in scored if q.scores == "mitigation"),
        )
    return _plans[framework]


def most_points(question: Question) -> int:
    """Return the most points ``question`` can give: its largest option, or all of several."""
    points = [option.points for option in question.options]
    return sum(points) if question.type == "multiple" else max(points)


def points_of(question: Question, answer: Answer | None) -> int:
    """Return the points of the chosen options; 0 where none is chosen."""
    if answer is None or answer.state != "answered":
        return 0
    return sum(option.points for option in question.options if option.id in answer.options)


def needed_points(policy: ImpactPolicy, max_mitigation: int) -> int:
    """Return the least whole points of mitigation that earn the reduction."""
    return -(-policy.mitigation_from * max_mitigation // (100 * policy.phases))


def reduced(policy: ImpactPolicy, raw: int) -> int:
    """Return ``raw`` after the reduction, rounded half up as the published tool does."""
    return (2 * raw * (100 - policy.mitigation_takes_off) + 100) // 200


def level_of(policy: ImpactPolicy, current: int, max_raw: int) -> int | None:
    """Return the number of the level that holds ``current``, its upper edge included.

    None where nothing is scored: no answer could then be better or worse than another.
    """
    if not max_raw:
        return None
    for level in policy.levels:
        if level.up_to is None or 100 * current <= level.up_to * max_raw:
            return level.number
    return policy.levels[-1].number
