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

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from procurement_risk.assessment import Answer, AnswerSet
from procurement_risk.assessment.conditions import (
    Applies,
    applicability,
    asked_so_far,
)
from procurement_risk.framework import Framework, Level, Question, Scores
from procurement_risk.methods.impact_outlook import Outlook, choosing, outlook_of
from procurement_risk.methods.impact_points import (
    SCORES,
    Bounds,
    level_of,
    most_points,
    needed_points,
    plan_of,
    points_of,
    reduced,
)
from procurement_risk.methods.method import AnyResult, Method, is_open

MOST_TRIED = 8


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

    @property
    def stakes(self) -> Sequence[Level]:
        """The framework's levels."""
        return self.framework.impact_policy.levels

    @property
    def highest_stake(self) -> int | None:
        """The number of the highest level still possible; None where any is."""
        level = self.outlook.level
        return None if level is None else level.high

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


def score(framework: Framework, answer_set: AnswerSet) -> ImpactResult:
    """Return what the method makes of ``answer_set``, which has been checked before."""
    plan, policy = plan_of(framework), framework.impact_policy
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
        outlook=outlook_of(framework, plan, answers),
        points=points,
        open=tuple(_open(framework, applies, answers)),
    )


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


# --- What to ask next -----------------------------------------------------------------------


def ask_next(result: ImpactResult) -> tuple[tuple[Question, Bounds], ...]:
    """Return the open questions that matter most, each with the levels it could still lead to.

    Tried are those that whole sections rest on, then those whose options differ most in points,
    ``MOST_TRIED`` in all; a question that leaves fewer levels possible, whatever the answer,
    comes first.
    """
    framework, answers = result.framework, result.answer_set.answers
    by_id, plan = framework.by_id, plan_of(framework)
    candidates = [by_id[name] for name in result.open if by_id[name].options]
    gates = {question.id for question in plan.switches}
    candidates.sort(key=lambda q: (q.id not in gates, -_spread(q), q.id))
    found = []
    for question in candidates[:MOST_TRIED]:
        outlooks = [
            outlook_of(framework, plan, {**answers, question.id: choosing(option)}).level
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
