"""A candidate's section scores for many ways at once in which its open answers may come out.

A row of ``chosen`` is one way: the place of the option that each open question takes, at E4. Where
two people answered alone and differ it is an option of one of the two, on its evidence. The
scores are those of scoring again with these answers, central; answers that others rest on are put
through the rules of the method themselves, all others only change a sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.assessment.conditions import Conditions, order_conditions
from procurement_risk.assessment.two_answers import options_left, taken
from procurement_risk.comparison.candidates import Candidate
from procurement_risk.comparison.ways import NO, YES, Ways, Whole, applying, tiers
from procurement_risk.framework import Question
from procurement_risk.methods.tier import RuleQuestions, rule_questions
from procurement_risk.methods.values import (
    Quarters,
    Range,
    floors_by_grade,
    scale_of,
    value_question,
)

Chosen = Whole
Scores = npt.NDArray[np.float64]
Floors = tuple[Quarters, ...]

NOT_SCORED = np.nan
ANY_WAY_OPEN = 100.0  # central score of a section in which nothing certainly applies


@dataclass(frozen=True, slots=True)
class _Sums:
    """Weighted quarters and weights, a row for each way."""

    quarters: Whole
    weights: Whole

    @classmethod
    def of(cls, rows: int) -> _Sums:
        """Return sums of nothing."""
        return cls(np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64))

    def add(self, weights: Whole, quarters: Whole) -> None:
        """Add one question."""
        np.add(self.quarters, weights * quarters, out=self.quarters)
        np.add(self.weights, weights, out=self.weights)

    def per_cent(self, scale_max: int, nothing: Scores) -> Scores:
        """Return the mean, per cent; ``nothing`` where there is no weight."""
        # One division of whole numbers: what is equal as a fraction is equal here too.
        weights = np.where(self.weights > 0, self.weights, 1)
        found: Scores = 100 * self.quarters / (4 * scale_max * weights)
        return np.where(self.weights > 0, found, nothing)


@dataclass(frozen=True, eq=False)
class OpenAnswers:
    """What a candidate has left open, and what its sections come to once that is answered.

    Attributes:
        candidate: Whose answers they are.
        sections: The ids of the sections that order.
    """

    candidate: Candidate
    sections: tuple[str, ...]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The open facts and questions that certainly apply, in reading order."""
        result = self.candidate.result
        named = (result.framework.by_id[name] for name in result.open)
        return tuple(q for q in named if q.type == "single" and result.applies[q.id] is True)

    @cached_property
    def counting(self) -> tuple[int, ...]:
        """The places of those that can move a section score that orders."""
        asked = {question.id for question in self._asked}
        return tuple(
            place
            for place, question in enumerate(self.questions)
            if self._is_rested_on(question) or question.id in asked
        )

    def at(self, end: str, drawn: Chosen) -> Scores:
        """Return one row of scores: every open answer at its ``best`` or its ``worst``.

        Where others rest on an answer, its best is what is best for a section in any of the ways
        ``drawn``, so that no draw lies outside.
        """
        rows = drawn.copy()
        for place, question in enumerate(self.questions):
            if not self._is_rested_on(question):
                rows[:, place] = self.option(place, end)
        scores = self.scores(rows if rows.shape[1] else rows[:1])
        scored = ~np.isnan(scores)
        if end == "best":
            found = np.where(scored, scores, np.inf).min(axis=0)
        else:
            found = np.where(scored, scores, -np.inf).max(axis=0)
        return np.where(scored.any(axis=0), found, NOT_SCORED)[np.newaxis]

    def ends(self, place: int) -> tuple[int, ...]:
        """Return the best and the worst option of the question at ``place``; of a fact all."""
        if self.questions[place].is_fact:
            return self.possible[place]
        return self.option(place, "best"), self.option(place, "worst")

    def option(self, place: int, end: str) -> int:
        """Return the place of the ``best`` or ``worst`` option of the question at ``place``."""
        options = self.questions[place].options
        first = min if end == "best" else max
        return first(self.possible[place], key=lambda each: options[each].risk or 0)

    @cached_property
    def possible(self) -> tuple[tuple[int, ...], ...]:
        """The places of the options that each open question may take."""
        answers = self.candidate.result.answer_set.answers
        found = []
        for question in self.questions:
            every = [option.id for option in question.options]
            left = options_left(answers.get(question.id), every)
            found.append(tuple(map(every.index, left)))
        return tuple(found)

    def scores(self, chosen: Chosen) -> Scores:
        """Return a row of section scores, per cent, for each row of ``chosen``.

        ``NOT_SCORED`` where nothing in the section can apply.
        """
        found = np.full((len(chosen), len(self.sections)), NOT_SCORED)
        for column, section in enumerate(self.sections):
            found[:, column] = self._section(section, chosen)
        return found

    def with_option(self, scores: Scores, chosen: Chosen, place: int, option: int) -> Scores:
        """Return the ``scores`` of ``chosen`` with one option everywhere at ``place``.

        Nothing may rest on the question there: then it moves its own section alone.
        """
        fixed, found = chosen.copy(), scores.copy()
        fixed[:, place] = option
        column = self.sections.index(self.questions[place].section)
        found[:, column] = self._section(self.sections[column], fixed)
        return found

    # --- Which questions apply then -------------------------------------------------------

    def _applying(self, chosen: Chosen) -> tuple[Mapping[str, Whole], Whole]:
        """Return which questions apply in each row, and the tier, worked out once for the same."""
        rested_on = [p for p, q in enumerate(self.questions) if self._is_rested_on(q)]
        rows = chosen[:, rested_on]
        key = len(rows), sha256(rows.tobytes()).digest()
        if key not in self._known:
            result = self.candidate.result
            asked = [self.questions[place] for place in rested_on]
            ways = Ways(questions=asked, answers=result.answer_set.answers, chosen=rows)
            applies = applying(self._conditions, ways)
            policy = result.framework.policy
            self._known[key] = applies, tiers(policy, self._tier_questions, applies, ways)
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[int, bytes], tuple[Mapping[str, Whole], Whole]]:
        """What ``_applying`` found, by the digest of what it rests on."""
        return {}

    def rests_on(self, place: int) -> bool:
        """Whether other questions, or the tier, rest on the open question at ``place``."""
        return self._is_rested_on(self.questions[place])

    def _is_rested_on(self, question: Question) -> bool:
        return question.id in self._conditions.options or question.id in self._in_tier_rule

    @cached_property
    def _conditions(self) -> Conditions:
        return order_conditions(self.candidate.result.framework)

    @cached_property
    def _tier_questions(self) -> RuleQuestions:
        return rule_questions(self.candidate.result.framework)

    @cached_property
    def _in_tier_rule(self) -> Set[str]:
        named = self._tier_questions
        questions = (*named.facts, *(scale.question for scale in named.scales))
        return {question.id for question in questions}

    # --- What a section comes to ----------------------------------------------------------

    @cached_property
    def _asked(self) -> Sequence[Question]:
        """The questions that may count in a section that orders."""
        result, left_out = self.candidate.result, self.candidate.left_out
        return tuple(
            question
            for question in result.framework.questions()
            if question.section in self.sections
            and question.type == "single"
            and question.id not in left_out
            and result.in_pack(question.id)
        )

    def _section(self, section: str, chosen: Chosen) -> Scores:
        applies, tier = self._applying(chosen)
        framework = self.candidate.result.framework
        core = framework.pack(framework.policy.core_pack)
        whole, alone = _Sums.of(len(chosen)), _Sums.of(len(chosen))
        may_apply = np.zeros(len(chosen), dtype=np.bool_)
        for question in self._asked:
            if question.section != section:
                continue
            states = applies[question.id]
            may_apply |= states != NO
            weights = np.where(states == YES, question.weight, 0)
            quarters = self._quarters(question, chosen, tier)
            for sums in (whole, alone) if core and core.asks(question.id) else (whole,):
                sums.add(weights, quarters)
        nothing = np.where(may_apply, ANY_WAY_OPEN, NOT_SCORED)
        found = whole.per_cent(framework.scale_max, nothing)
        return np.maximum(found, alone.per_cent(framework.scale_max, found))

    def _quarters(self, question: Question, chosen: Chosen, tier: Whole) -> Chosen:
        """Return what the question counts for in each row, central and after mitigations."""
        if question.id not in self._tables:
            numbers = range(1, len(self.candidate.result.framework.policy.tiers) + 1)
            tables = [self._table(question, number) for number in numbers]
            self._tables[question.id] = np.array(tables)
        place = self._places.get(question.id)
        found: Chosen = self._tables[question.id][
            tier - 1, 0 if place is None else chosen[:, place]
        ]
        return found

    @cached_property
    def _tables(self) -> dict[str, Chosen]:
        """What questions count for by tier and option, by their id: see ``_table``."""
        return {}

    def _table(self, question: Question, tier: int) -> Chosen:
        """Return what each option counts for at E4, or the one answer that stands."""
        policy = self.candidate.result.framework.policy
        floors = floors_by_grade(policy, Range(tier, tier, tier))
        given = self.candidate.result.answer_set.answers.get(question.id)
        answers = [given]
        if question.id in self._places:
            answers = [taken(given, option.id) for option in question.options]
        return np.array([self._value(question, each, floors) for each in answers])

    def _value(self, question: Question, answer: Answer | None, floors: Floors) -> int:
        answer_set = self.candidate.result.answer_set
        value = value_question(
            scale_of(question),
            answer,
            self._mitigations.get(question.id),
            floors,
            answer_set.as_of,
            agreed_helps=self.candidate.result.framework.policy.agreed_mitigation_helps,
            mandatory=True,
        )
        return value.residual.central

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {question.id: place for place, question in enumerate(self.questions)}

    @cached_property
    def _mitigations(self) -> Mapping[str, Mitigation]:
        return {each.question: each for each in self.candidate.result.answer_set.mitigations}
