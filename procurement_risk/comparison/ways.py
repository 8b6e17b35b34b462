"""Which questions apply, and at which tier, for many ways at once in which answers may come out.

A row of ``chosen`` is one way. A question rests on few others, so of all rows only the different
ways in which those come out are put through the rules of the method.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from procurement_risk.assessment import Answer
from procurement_risk.assessment.conditions import Applies, Conditions, holds
from procurement_risk.framework import Condition, Policy, Question, named_in
from procurement_risk.methods.tier import RuleQuestions, fact_answers, points_of, step, tier_number
from procurement_risk.methods.values import Quarters, Scale

Whole = npt.NDArray[np.int64]

STATES: tuple[Applies, ...] = (False, True, None)
NO, YES = 0, 1
MOST_CODES = 2**40


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What is drawn, and what stands.

    Attributes:
        questions: The open questions that are drawn, in the order of their columns.
        answers: Every other answer, as it stands.
        chosen: The place of the option that each takes, a row for each way.
    """

    questions: Sequence[Question]
    answers: Mapping[str, Answer]
    chosen: Whole

    def column(self, name: str) -> Whole | None:
        """Return the places of the options that a question takes; None where it is not drawn."""
        for place, question in enumerate(self.questions):
            if question.id == name:
                return self.chosen[:, place]
        return None

    def answer(self, name: str, row: int) -> Answer | None:
        """Return the answer to a question in one way, at E4 where it is drawn."""
        for place, question in enumerate(self.questions):
            if question.id == name:
                option = question.options[int(self.chosen[row, place])]
                return Answer(options=(option.id,), evidence="E4")
        return self.answers.get(name)


def applying(conditions: Conditions, ways: Ways) -> dict[str, Whole]:
    """Return for every question whether it applies, a place in ``STATES`` for each way."""
    rows = len(ways.chosen)
    found = {name: np.full(rows, YES) for name in conditions.ids}
    drawn = {question.id for question in ways.questions}
    for name, answer in ways.answers.items():
        if answer.state == "not_applicable" and name not in drawn:
            found[name] = np.full(rows, NO)
    declared = {name for name, states in found.items() if rows and states[0] == NO}
    for name, condition in conditions.ordered:
        if name not in declared:
            found[name] = _holding(conditions, condition, found, ways)
    return found


def _holding(
    conditions: Conditions, condition: Condition, applies: Mapping[str, Whole], ways: Ways
) -> Whole:
    named = tuple(named_in(condition))
    columns = [applies[name] for name in named]
    columns += [column for name in named if (column := ways.column(name)) is not None]
    firsts, way_of = different(columns, len(ways.chosen))
    states = []
    for row in firsts:
        answers = {name: ways.answer(name, row) for name in named}
        value = holds(
            condition,
            {name: STATES[applies[name][row]] for name in named},
            {n: a.options for n, a in answers.items() if a and a.state == "answered"},
            conditions.options,
        )
        states.append(STATES.index(value))
    return np.array(states, dtype=np.int64)[way_of]


def tiers(policy: Policy, named: RuleQuestions, applies: Mapping[str, Whole], ways: Ways) -> Whole:
    """Return the central tier number for each way: see ``methods.tier.tier_range``."""
    coded = {scale.question.id: _points(scale, applies, ways) for scale in named.scales}
    drawn = {question.id for question in ways.questions}
    standing = tuple(fact for fact in named.facts if fact.id not in drawn)
    totals = [_total(policy, coded, facts, ways) for facts in fact_answers(standing, ways.answers)]
    reached, place = np.unique(np.maximum.reduce(totals), return_inverse=True)
    numbers = [tier_number(policy, int(total)) for total in reached]
    return np.array(numbers, dtype=np.int64)[place.ravel()]


@dataclass(frozen=True, slots=True)
class _Points:
    """The risk points of one question: the different ones, and which each way has."""

    different: tuple[Quarters, ...]
    way_of: Whole


def _points(scale: Scale, applies: Mapping[str, Whole], ways: Ways) -> _Points:
    name = scale.question.id
    column = ways.column(name)
    columns = [applies[name]] + ([] if column is None else [column])
    firsts, way_of = different(columns, len(ways.chosen))
    points = (
        points_of(scale, ways.answer(name, row), STATES[applies[name][row]]) for row in firsts
    )
    return _Points(tuple(points), way_of)


def _total(
    policy: Policy, coded: Mapping[str, _Points], facts: Mapping[str, str], ways: Ways
) -> Whole:
    rule = policy.tier_rule
    bases = []
    for base in rule.base:
        named = coded[base.question]
        central = np.array([each.central for each in named.different], dtype=np.int64)
        bases.append(central[named.way_of] - base.subtract)
    total: Whole = np.maximum.reduce(bases)
    drawn = {q.id: q for q in ways.questions}
    for adjustment in rule.adjustments:
        names = tuple(named_in(adjustment.when))
        columns = [coded[name].way_of for name in names if name in coded]
        facts_drawn = [name for name in names if name not in coded and name in drawn]
        columns += [c for name in facts_drawn if (c := ways.column(name)) is not None]
        firsts, way_of = different(columns, len(ways.chosen))
        steps = []
        for row in firsts:
            points = {
                name: coded[name].different[coded[name].way_of[row]]
                for name in names
                if name in coded
            }
            chosen = {name: _option(ways, name, row) for name in facts_drawn}
            steps.append(step(adjustment, points, {**facts, **chosen}).central)
        total = total + np.array(steps, dtype=np.int64)[way_of]
    return total


def _option(ways: Ways, name: str, row: int) -> str:
    answer = ways.answer(name, row)
    return answer.option if answer else ""


def different(columns: Iterable[Whole], rows: int) -> tuple[list[int], Whole]:
    """Return a row for each different way the columns come out, and which of them each row is."""
    code, codes = np.zeros(rows, dtype=np.int64), 1
    for column in columns:
        size = int(column.max(initial=0)) + 1
        if codes * size > MOST_CODES:
            code = np.unique(code, return_inverse=True)[1].ravel()
            codes = int(code.max(initial=0)) + 1
        code, codes = code * size + column, codes * size
    if code.max(initial=0) == 0:
        return ([0] if rows else []), code
    __, firsts, way_of = np.unique(code, return_index=True, return_inverse=True)
    return firsts.tolist(), way_of.ravel()
