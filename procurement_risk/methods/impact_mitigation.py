"""The method ``impact-mitigation``: points for impact, less a reduction for mitigation.

    answers ─ asked so far ─┬─ raw ────────────┐
                            └─ mitigation ─────┴─ current ─ level
    answers ─ applicability ─ lowest and highest of each, over every way of answering what is open

As Canada's Algorithmic Impact Assessment computes it, with the same blind spots: an open question
counts as nothing, and mitigation counts all or nothing. The second line shows what that hides.

Source:
    canada-ca/aia-eia-js at b900dc7, ``src/store.ts``, ``calculateFinalScore``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod
from typing import Any
from weakref import WeakKeyDictionary

from procurement_risk.assessment import Answer, AnswerSet
from procurement_risk.assessment.conditions import (
    Applies,
    Conditions,
    applicability,
    asked_so_far,
    order_conditions,
)
from procurement_risk.assessment.two_answers import unsettled
from procurement_risk.framework import Framework, ImpactPolicy, Option, Question, Scores, named_in
from procurement_risk.methods.method import AnyResult, Method, is_open
from procurement_risk.methods.red_flags import possible_options

SCORES: tuple[Scores, ...] = ("raw", "mitigation")
MOST_WAYS = 16
MOST_TRIED = 8


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


@dataclass(frozen=True, slots=True)
class Tally:
    """Points of one kind in one section.

    Attributes:
        points: From the answers to what is asked so far.
        most: The most there could be, over every scored question.
        answered: Scored questions that are asked so far and answered.
        asked: Scored questions that are asked so far.
    """

    points: int
    most: int
    answered: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactResult(AnyResult):
    """Everything the method says about one set of answers.

    Attributes:
        asked: For every question whether it is asked while what is open stays so.
        raw: Impact points, 0 to ``max_raw``.
        max_raw: The most there could be, over every scored question, hidden ones included.
        mitigation: Mitigation points, 0 to ``max_mitigation``.
        max_mitigation: The most there could be, in all phases together.
        current: ``raw`` after the reduction, if mitigation earns it.
        level: Number of the level, from 1; None where nothing is scored.
        needed: The least mitigation points that earn the reduction.
        without: What ``current`` and ``level`` would be on the other side of ``needed``.
        outlook: What the answers can still lead to.
        points: Points by section id and kind; only those with scored questions.
    """

    asked: Mapping[str, bool]
    raw: int
    max_raw: int
    mitigation: int
    max_mitigation: int
    current: int
    level: int | None
    needed: int
    without: tuple[int, int | None]
    outlook: Outlook
    points: Mapping[str, Mapping[Scores, Tally]]

    def figures(self) -> dict[str, int | str | None]:
        """Return the points, with the most there could be, and the level."""
        names = ("raw", "max_raw", "mitigation", "max_mitigation", "current", "level")
        return {name: getattr(self, name) for name in names}

    def is_asked(self, question_id: str) -> bool:
        """Return whether a question applies while what is open stays so; until then it waits."""
        return self.asked[question_id]

    @property
    def is_reduced(self) -> bool:
        """Whether mitigation earns the reduction."""
        return self.mitigation >= self.needed

    @property
    def is_settled(self) -> bool:
        """Whether no way of answering what is open could change the level."""
        level = self.outlook.level
        return level is not None and level.low == level.high == self.level


@dataclass(frozen=True, slots=True)
class _Plan:
    """What depends on the framework alone, worked out once."""

    conditions: Conditions
    scored: tuple[Question, ...]
    switches: tuple[Question, ...]
    max_raw: int
    max_mitigation: int


_plans: WeakKeyDictionary[Framework, _Plan] = WeakKeyDictionary()


def _plan(framework: Framework) -> _Plan:
    if framework not in _plans:
        scored = tuple(q for q in framework.questions() if q.scores)
        gates = {name for section in framework.sections for name in named_in(section.when)}
        _plans[framework] = _Plan(
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


def score(framework: Framework, answer_set: AnswerSet) -> ImpactResult:
    """Return what the method makes of ``answer_set``, which has been checked before."""
    plan, policy = _plan(framework), framework.impact_policy
    answers = answer_set.answers
    asked = asked_so_far(plan.conditions, answers)
    applies = applicability(plan.conditions, answers)
    points = _points(framework, asked, answers)
    raw, mitigation = (
        sum(tallies[kind].points for tallies in points.values() if kind in tallies)
        for kind in SCORES
    )
    needed = needed_points(policy, plan.max_mitigation)
    other = reduced(policy, raw)
    current = raw
    if mitigation >= needed:
        current, other = other, current
    return ImpactResult(
        framework=framework,
        answer_set=answer_set,
        applies=applies,
        asked=asked,
        raw=raw,
        max_raw=plan.max_raw,
        mitigation=mitigation,
        max_mitigation=plan.max_mitigation,
        current=current,
        level=level_of(policy, current, plan.max_raw),
        needed=needed,
        without=(other, level_of(policy, other, plan.max_raw)),
        outlook=_outlook(framework, plan, answers),
        points=points,
        open=tuple(_open(framework, applies, answers)),
    )


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


def _points(
    framework: Framework, asked: Mapping[str, bool], answers: Mapping[str, Answer]
) -> dict[str, dict[Scores, Tally]]:
    found: dict[str, dict[Scores, Tally]] = {}
    for section in framework.sections:
        for kind in SCORES:
            scored = [q for q in section.questions if q.scores == kind]
            now = [q for q in scored if asked[q.id]]
            if scored:
                found.setdefault(section.id, {})[kind] = Tally(
                    points=sum(points_of(q, answers.get(q.id)) for q in now),
                    most=sum(map(most_points, scored)),
                    answered=sum(not is_open(answers.get(q.id)) for q in now),
                    asked=len(now),
                )
    return found


def _open(
    framework: Framework, applies: Mapping[str, Applies], answers: Mapping[str, Answer]
) -> Iterator[str]:
    for name, question in framework.by_id.items():
        matters = question.scores is not None or name in framework.rested_on
        if matters and applies[name] is not False and is_open(answers.get(name)):
            yield name


# --- What is still possible -----------------------------------------------------------------


def _outlook(framework: Framework, plan: _Plan, answers: Mapping[str, Answer]) -> Outlook:
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
        {q.id: _choosing(option) for q, option in zip(open_switches, chosen, strict=True)}
        for chosen in product(*(_left(q, answers.get(q.id)) for q in open_switches))
    )
    outlooks = (_outlook_one_way(framework, plan, {**answers, **tried}) for tried in ways)
    return reduce(Outlook.around, outlooks)


def _left(question: Question, answer: Answer | None) -> list[Option]:
    """Return the options that an open question may still come out as."""
    ids = possible_options(question, answer)
    return [option for option in question.options if option.id in ids]


def _choosing(option: Option) -> Answer:
    return Answer(options=(option.id,))


def _outlook_one_way(framework: Framework, plan: _Plan, answers: Mapping[str, Answer]) -> Outlook:
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


def ask_next(result: ImpactResult) -> tuple[tuple[Question, Bounds], ...]:
    """Return the open questions that matter most, each with the levels it could still lead to.

    Tried are those that whole sections rest on, then those whose options differ most in points,
    ``MOST_TRIED`` in all; a question that leaves fewer levels possible, whatever the answer,
    comes first.
    """
    framework, answers = result.framework, result.answer_set.answers
    by_id, plan = framework.by_id, _plan(framework)
    candidates = [by_id[name] for name in result.open if by_id[name].options]
    gates = {question.id for question in plan.switches}
    candidates.sort(key=lambda q: (q.id not in gates, -_spread(q), q.id))
    found = []
    for question in candidates[:MOST_TRIED]:
        outlooks = [
            _outlook(framework, plan, {**answers, question.id: _choosing(option)}).level
            for option in question.options[:MOST_TRIED]
        ]
        known = [each for each in outlooks if each is not None]
        if known:
            width = max(each.high - each.low for each in known)
            whole = reduce(Bounds.around, known)
            found.append((width, -_spread(question), question.id, question, whole))
    found.sort(key=lambda each: each[:3])
    return tuple((question, whole) for _, _, _, question, whole in found)


def _spread(question: Question) -> int:
    """Return how far the points of a question's answers lie apart; 0 where it gives none."""
    if question.scores is None:
        return 0
    return most_points(question) - min(option.points for option in question.options)


def output(result: ImpactResult) -> dict[str, Any]:
    """Return the result as the ``score`` command writes it."""
    return {"framework": result.framework.id, **result.figures()}


METHOD = Method(
    score=score, output=output, recommends=False, graded=False, tried=("single", "multiple")
)
