"""A candidate's section scores for many ways at once in which its open answers may come out.

A row of ``chosen`` is one way: the place of the option that each open question takes, at E4. The
scores are those of scoring again with these answers, central; answers that others rest on are put
through the rules of the method themselves, all others only change a sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.assessment.conditions import (
    Applies,
    Conditions,
    applicability,
    order_conditions,
)
from procurement_risk.comparison.candidates import Candidate
from procurement_risk.framework import Question
from procurement_risk.methods.tier import RuleQuestions, rule_questions, tier_range
from procurement_risk.methods.values import (
    Quarters,
    Range,
    floors_by_grade,
    scale_of,
    value_question,
)

Chosen = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
Floors = tuple[Quarters, ...]

NOT_SCORED = np.nan
ANY_WAY_OPEN = 100.0  # central score of a section in which nothing certainly applies


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
        scores = self.scores(np.unique(rows, axis=0) if rows.shape[1] else rows[:1])
        scored = ~np.isnan(scores)
        if end == "best":
            found = np.where(scored, scores, np.inf).min(axis=0)
        else:
            found = np.where(scored, scores, -np.inf).max(axis=0)
        return np.where(scored.any(axis=0), found, NOT_SCORED)[np.newaxis]

    def ends(self, place: int) -> tuple[int, ...]:
        """Return the best and the worst option of the question at ``place``; of a fact all."""
        question = self.questions[place]
        if question.is_fact:
            return tuple(range(len(question.options)))
        return self.option(place, "best"), self.option(place, "worst")

    def option(self, place: int, end: str) -> int:
        """Return the place of the ``best`` or ``worst`` option of the question at ``place``."""
        risks = [option.risk or 0 for option in self.questions[place].options]
        return risks.index(min(risks) if end == "best" else max(risks))

    def scores(self, chosen: Chosen) -> Scores:
        """Return a row of section scores, per cent, for each row of ``chosen``.

        ``NOT_SCORED`` where nothing in the section can apply.
        """
        found = np.full((len(chosen), len(self.sections)), NOT_SCORED)
        for rows, tier, applies in self._cases(chosen):
            for column, section in enumerate(self.sections):
                found[rows, column] = self._section(section, chosen[rows], tier, applies)
        return found

    # --- Which questions apply then -------------------------------------------------------

    def _cases(self, chosen: Chosen) -> Iterator[tuple[Chosen, int, Mapping[str, Applies]]]:
        """Yield the rows in which the same questions apply at the same tier, with both."""
        rested_on = [p for p, q in enumerate(self.questions) if self._is_rested_on(q)]
        ways, way_of = np.unique(chosen[:, rested_on], axis=0, return_inverse=True)
        cases: dict[tuple[object, ...], tuple[list[int], int, Mapping[str, Applies]]] = {}
        for number, way in enumerate(map(tuple, ways.tolist())):
            if way not in self._ways:
                self._ways[way] = self._way(dict(zip(rested_on, way, strict=True)))
            tier, applies = self._ways[way]
            key = (tier, *applies.values())
            cases.setdefault(key, ([], tier, applies))[0].append(number)
        case_of = np.zeros(len(ways), dtype=np.int64)
        for place, case in enumerate(cases.values()):
            case_of[case[0]] = place
        cased = case_of[way_of.ravel()]
        for place, (_numbers, tier, applies) in enumerate(cases.values()):
            yield np.flatnonzero(cased == place), tier, applies

    @cached_property
    def _ways(self) -> dict[tuple[int, ...], tuple[int, Mapping[str, Applies]]]:
        """The tier and what applies then, by the options of what others rest on."""
        return {}

    def _way(self, options: Mapping[int, int]) -> tuple[int, Mapping[str, Applies]]:
        result = self.candidate.result
        answers: dict[str, Answer] = dict(result.answer_set.answers)
        for place, option in options.items():
            question = self.questions[place]
            answers[question.id] = Answer(options=(question.options[option].id,), evidence="E4")
        applies = applicability(self._conditions, answers)
        policy = result.framework.policy
        tier = tier_range(policy, self._tier_questions, answers, applies).central
        return tier, {question.id: applies[question.id] for question in self._asked}

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

    def _section(
        self, section: str, chosen: Chosen, tier: int, applies: Mapping[str, Applies]
    ) -> Scores | float:
        asked = [q for q in self._asked if q.section == section and applies[q.id] is not False]
        certain = [q for q in asked if applies[q.id]]
        if not certain:
            return ANY_WAY_OPEN if asked else NOT_SCORED
        framework = self.candidate.result.framework
        core = framework.pack(framework.policy.core_pack)
        values = [(q, self._quarters(q, chosen, tier)) for q in certain]
        alone = [(q, each) for q, each in values if core is not None and core.asks(q.id)]
        whole = self._percent(values)
        return np.maximum(whole, self._percent(alone)) if alone else whole

    def _percent(self, values: Sequence[tuple[Question, Chosen | int]]) -> Scores | float:
        total = sum(question.weight * quarters for question, quarters in values)
        weight = sum(question.weight for question, __ in values)
        # One division of whole numbers: what is equal as a fraction is equal here too.
        return 100 * total / (4 * self.candidate.result.framework.scale_max * weight)

    def _quarters(self, question: Question, chosen: Chosen, tier: int) -> Chosen | int:
        """Return what the question counts for in each row, central and after mitigations."""
        table = self._tables.get((question.id, tier))
        if table is None:
            table = self._tables[question.id, tier] = self._table(question, tier)
        place = self._places.get(question.id)
        return int(table[0]) if place is None else table[chosen[:, place]]

    @cached_property
    def _tables(self) -> dict[tuple[str, int], Chosen]:
        """What questions count for, by their id and the tier: see ``_table``."""
        return {}

    def _table(self, question: Question, tier: int) -> Chosen:
        """Return what each option counts for at E4, or the one answer that stands."""
        policy = self.candidate.result.framework.policy
        floors = floors_by_grade(policy, Range(tier, tier, tier))
        answers: list[Answer | None] = [
            Answer(options=(option.id,), evidence="E4") for option in question.options
        ]
        if question.id not in self._places:
            answers = [self.candidate.result.answer_set.answers.get(question.id)]
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
