"""The questions on which suppliers differ, those that set them furthest apart first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement_risk.assessment import Answer
from procurement_risk.comparison.candidates import HALF, Candidate
from procurement_risk.comparison.ordering import may_not_rank
from procurement_risk.framework import Question
from procurement_risk.methods.values import QuestionValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One question that candidates answer differently, or whose answers count differently.

    Attributes:
        question: The question, or fact.
        effect: How many points of G it can set two candidates apart: the widest gap between
            their shares of the section's score, times what the section counts for in G. A section
            that is the worst of one of them counts half for that alone. 0 outside the decisive
            sections.
        answers: What each candidate answered, in the order of the comparison.
        values: What each answer counts for; None where the question is not scored.
    """

    question: Question
    effect: Fraction
    answers: tuple[Answer | None, ...]
    values: tuple[QuestionValue | None, ...]

    @property
    def is_not_for_ranking(self) -> bool:
        """Whether it sets candidates apart by a question that may not rank bidders."""
        return self.effect > 0 and may_not_rank(self.question)


def find_differences(
    candidates: Sequence[Candidate], weights: Mapping[str, Fraction]
) -> tuple[Difference, ...]:
    """Return every question that sets candidates apart, the widest effect first, then by id."""
    if len(candidates) < 2:
        return ()
    framework = candidates[0].result.framework
    valued = [_values(candidate) for candidate in candidates]
    found = []
    for question in framework.by_id.values():
        answers = tuple(c.result.answer_set.answers.get(question.id) for c in candidates)
        values = tuple(each.get(question.id) for each in valued)
        if not _is_asked(candidates, question) or not _differ(answers, values):
            continue
        effect = Fraction(0)
        if question.section in weights:
            shares = [_share(c, v) for c, v in zip(candidates, values, strict=True)]
            is_worst = any(question.section in candidate.worst for candidate in candidates)
            counts = HALF * weights[question.section] + (HALF if is_worst else 0)
            effect = (max(shares) - min(shares)) * counts
        found.append(Difference(question=question, effect=effect, answers=answers, values=values))
    found.sort(key=lambda each: -each.effect)
    return tuple(found)


def _values(candidate: Candidate) -> dict[str, QuestionValue]:
    return {
        value.question.id: value
        for scored in candidate.result.sections.values()
        if scored is not None
        for value in scored.values
    }


def _is_asked(candidates: Sequence[Candidate], question: Question) -> bool:
    """Whether the pack asks it, and it applies to somebody or may."""
    asked = question.is_fact or candidates[0].result.in_pack(question.id)
    return asked and any(c.result.applies[question.id] is not False for c in candidates)


def _differ(answers: Sequence[Answer | None], values: Sequence[QuestionValue | None]) -> bool:
    said = {(a.state, a.options, a.text) if a else ("unanswered", (), "") for a in answers}
    counted = {v and (v.mandatory, v.residual) for v in values}
    return len(said) > 1 or len(counted) > 1


def _share(candidate: Candidate, value: QuestionValue | None) -> Fraction:
    """Return how many points of its section's central score the question makes up."""
    if value is None or not value.mandatory or value.question.id in candidate.left_out:
        return Fraction(0)
    framework = candidate.result.framework
    scored = candidate.result.sections[value.question.section]
    assert scored is not None
    counting = (v.question for v in scored.values if v.mandatory)
    weight = sum(q.weight for q in counting if q.id not in candidate.left_out)
    points = value.question.weight * value.residual.central
    return Fraction(100 * points, 4 * framework.scale_max * weight)
