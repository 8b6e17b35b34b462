"""What points can still come to, over every way of answering what is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod

from procurement_risk.assessment import Answer
from procurement_risk.assessment.conditions import (
    Applies,
    applicability,
)
from procurement_risk.assessment.two_answers import unsettled
from procurement_risk.framework import Framework, Option, Question
from procurement_risk.methods.impact_points import (
    Bounds,
    Plan,
    level_of,
    most_points,
    needed_points,
    points_of,
    reduced,
)
from procurement_risk.methods.method import is_open
from procurement_risk.methods.red_flags import possible_options

MOST_WAYS = 16


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the answers can still lead to, over every way of answering what is open."""

    raw: Bounds
    mitigation: Bounds
    current: Bounds
    level: Bounds | None

    def around(self, other: Outlook) -> Outlook:
        """Return the outlook that holds both."""
        level = self.level.around(other.level) if self.level and other.level else None
        return Outlook(
            self.raw.around(other.raw),
            self.mitigation.around(other.mitigation),
            self.current.around(other.current),
            level,
        )


def outlook_of(framework: Framework, plan: Plan, answers: Mapping[str, Answer]) -> Outlook:
    """Return what the answers can still lead to.

    Questions that whole sections rest on, such as the phase, are tried with each of their
    options: sections that exclude each other would otherwise be counted together. Within one such
    way every question is taken by itself, so the bounds hold, and are tight where no condition
    ties one open question to another.
    """
    open_switches = [q for q in plan.switches if is_open(answers.get(q.id))]
    while prod(len(q.options) for q in open_switches) > MOST_WAYS:
        open_switches.pop()
    ways = (
        {q.id: choosing(option) for q, option in zip(open_switches, chosen, strict=True)}
        for chosen in product(*(_left(q, answers.get(q.id)) for q in open_switches))
    )
    outlooks = (_one_way(framework, plan, {**answers, **tried}) for tried in ways)
    return reduce(Outlook.around, outlooks)


def _left(question: Question, answer: Answer | None) -> list[Option]:
    """Return the options that an open question may still come out as."""
    ids = possible_options(question, answer)
    return [option for option in question.options if option.id in ids]


def choosing(option: Option) -> Answer:
    """Return the answer that an option is chosen."""
    return Answer(options=(option.id,))


def _one_way(framework: Framework, plan: Plan, answers: Mapping[str, Answer]) -> Outlook:
    policy = framework.impact_policy
    applies = applicability(plan.conditions, answers)
    raw = mitigation = Bounds(0, 0)
    for question in plan.scored:
        bounds = _bounds(question, answers.get(question.id), applies[question.id])
        if question.scores == "raw":
            raw += bounds
        else:
            mitigation += bounds
    needed = needed_points(policy, plan.max_mitigation)
    current = Bounds(
        reduced(policy, raw.low) if mitigation.high >= needed else raw.low,
        reduced(policy, raw.high) if mitigation.low >= needed else raw.high,
    )
    low = level_of(policy, current.low, plan.max_raw)
    high = level_of(policy, current.high, plan.max_raw)
    level = None if low is None or high is None else Bounds(low, high)
    return Outlook(raw, mitigation, current, level)


def _bounds(question: Question, answer: Answer | None, applies: Applies) -> Bounds:
    if applies is False:
        return Bounds(0, 0)
    if both := unsettled(answer):
        ways = [_bounds(question, each, applies=True) for each in both]
        bounds = reduce(Bounds.around, ways)
    elif answer is not None and answer.state == "not_applicable":
        bounds = Bounds(0, 0)
    elif is_open(answer):
        bounds = Bounds(min(o.points for o in question.options), most_points(question))
    else:
        points = points_of(question, answer)
        bounds = Bounds(points, points)
    return bounds if applies else Bounds(0, bounds.high)
