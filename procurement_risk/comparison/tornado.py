"""What could narrow or widen the lead: weights, answers of the two in front, open answers.

The lead is how far the best of the others lies behind the leader in G. It is below nought where
another one would be in front.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from procurement_risk.assessment import Answer
from procurement_risk.assessment.conditions import order_conditions
from procurement_risk.assessment.two_answers import options_left, taken
from procurement_risk.comparison.candidates import Candidate, decisive_residual, one_index
from procurement_risk.framework import Option, Question
from procurement_risk.methods.red_flags import RedFlags, flag_state
from procurement_risk.methods.sections import residual_without
from procurement_risk.methods.tier import rule_questions
from procurement_risk.methods.values import (
    QuestionValue,
    floors_by_grade,
    scale_of,
    value_question,
)
from procurement_risk.methods.weakest_section import Result, score

SWINGS = (Fraction(1, 2), Fraction(3, 2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """How far one weight, or one answer of one candidate, can move the lead.

    Attributes:
        section: The section whose weight is moved, or that the question stands in.
        question: The question whose answer is changed; None for a weight.
        whose: The candidate whose answer is changed; empty for a weight.
        low: The least lead.
        high: The greatest lead.
        least: The option that gives ``low``; None for a weight.
        most: The option that gives ``high``; None for a weight.
        at_half: The lead with half the weight; None for a question.
        stops: Whether one of the options would fire a stop that has not fired.
        is_open: Whether the question has no answer yet.
    """

    section: str
    question: Question | None = None
    whose: str = ""
    low: Fraction
    high: Fraction
    least: Option | None = None
    most: Option | None = None
    at_half: Fraction | None = None
    stops: bool = False
    is_open: bool = False

    @property
    def width(self) -> Fraction:
        """How far the lead moves in all."""
        return self.high - self.low

    @property
    def turns_order(self) -> bool:
        """Whether another candidate would draw level or take the lead."""
        return self.low <= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """Everything that moves the lead, the widest swing first."""

    leader: str
    runner_up: str
    lead: Fraction
    swings: tuple[Swing, ...]


def tornado_of(candidates: Sequence[Candidate], weights: Mapping[str, Fraction]) -> Tornado:
    """Return what moves the lead of the first of ``candidates``, which stand in order of G."""
    central = [{name: each.central for name, each in c.residual.items()} for c in candidates]
    all_swings = (*_weight_swings(central, weights), *_answer_swings(candidates, central, weights))
    swings = [swing for swing in all_swings if swing.width]
    swings.sort(key=lambda s: (-s.width, s.question.id if s.question else s.section, s.whose))
    return Tornado(
        leader=candidates[0].label,
        runner_up=candidates[1].label,
        lead=_lead(central, weights),
        swings=tuple(swings),
    )


def _lead(scores: Sequence[Mapping[str, Fraction]], weights: Mapping[str, Fraction]) -> Fraction:
    return _lead_of([one_index(each, weights) for each in scores])


def _lead_of(indexes: Sequence[Fraction]) -> Fraction:
    first, *others = indexes
    return min(others) - first


def moved(weights: Mapping[str, Fraction], section: str, factor: Fraction) -> dict[str, Fraction]:
    """Return the weights with one multiplied by ``factor`` and the others rescaled to one."""
    wanted = min(weights[section] * factor, Fraction(1))
    rest = (1 - wanted) / (1 - weights[section])
    return {name: wanted if name == section else weight * rest for name, weight in weights.items()}


def _weight_swings(
    scores: Sequence[Mapping[str, Fraction]], weights: Mapping[str, Fraction]
) -> Iterator[Swing]:
    for section, weight in weights.items():
        if weight < 1:
            less, more = (_lead(scores, moved(weights, section, factor)) for factor in SWINGS)
            leads = (less, _lead(scores, weights), more)
            yield Swing(section=section, low=min(leads), high=max(leads), at_half=less)


def _answer_swings(
    candidates: Sequence[Candidate],
    scores: Sequence[Mapping[str, Fraction]],
    weights: Mapping[str, Fraction],
) -> Iterator[Swing]:
    """Yield how far answers move the lead, over all their options at E4.

    Each answer of the two in front, and every open one of the others: any of them may lead yet.
    """
    framework = candidates[0].result.framework
    named = rule_questions(framework)
    tier = {each.id for each in (*named.facts, *(scale.question for scale in named.scales))}
    rested_on = tier | set(order_conditions(framework).options)
    indexes = [one_index(each, weights) for each in scores]
    for place, candidate in enumerate(candidates):
        still_open = frozenset(candidate.result.open)
        swing = _AnswerSwing(candidate, scores[place], weights, place, indexes)
        for section in weights:
            scored = candidate.result.sections[section]
            for value in scored.values if scored else ():
                if value.question.id in candidate.left_out:
                    continue
                if place > 1 and value.question.id not in still_open:
                    continue
                yield swing.of(value, alone=value.question.id not in rested_on)


@dataclass(frozen=True, slots=True)
class _AnswerSwing:
    """Moves answers of one candidate; what the others come to stays.

    Attributes:
        scores: The candidate's central score of each section.
        place: Where it stands among all.
        indexes: The ordering figure of each candidate.
    """

    candidate: Candidate
    scores: Mapping[str, Fraction]
    weights: Mapping[str, Fraction]
    place: int
    indexes: Sequence[Fraction]

    def of(self, value: QuestionValue, *, alone: bool) -> Swing:
        """Return how far one answer moves the lead.

        ``alone``: the answer moves the score of its own section, and nothing else.
        """
        question, result = value.question, self.candidate.result
        leads: list[tuple[Fraction, Option]] = []
        stops = False
        given = result.answer_set.answers.get(question.id)
        left = options_left(given, [option.id for option in question.options])
        for option in (each for each in question.options if each.id in left):
            changed = taken(given, option.id)
            if alone:
                moved_to = _one_section(self.candidate, value, changed)
                central = {**self.scores, question.section: moved_to}
                stops = stops or _fires_a_stop(result, question, changed)
            else:
                again = _scored_again(self.candidate, question, changed)
                stops = stops or bool(again.red_flags.stops_fired)
                residual = decisive_residual(again, self.candidate.left_out)
                central = {
                    name: residual[name].central for name in residual if name in self.weights
                }
            if central:
                leads.append((self._lead(central), option))
        now = _lead_of(self.indexes)
        low, least = min(leads, key=lambda pair: pair[0], default=(now, None))
        high, most = max(leads, key=lambda pair: pair[0], default=(now, None))
        return Swing(
            section=question.section,
            question=question,
            whose=self.candidate.label,
            low=min(low, now),
            high=max(high, now),
            least=least,
            most=most,
            stops=stops,
            is_open=question.id in result.open,
        )

    def _lead(self, central: Mapping[str, Fraction]) -> Fraction:
        indexes = list(self.indexes)
        indexes[self.place] = one_index(central, self.weights)
        return _lead_of(indexes)


def _fires_a_stop(result: Result, question: Question, changed: Answer) -> bool:
    """Whether a stop would have fired with another answer that nothing else rests on."""
    if question.red_flag is None:
        return False
    others = set(result.red_flags.stops_fired) - {question.id}
    mitigation = next(
        (m for m in result.answer_set.mitigations if m.question == question.id), None
    )
    found = RedFlags()
    state = flag_state(question, changed, mitigation, result.applies[question.id])
    found.add(question, state, result.tier)
    return bool(others or found.stops_fired)


def _scored_again(candidate: Candidate, question: Question, changed: Answer) -> Result:
    result = candidate.result
    answers = {**result.answer_set.answers, question.id: changed}
    return score(result.framework, replace(result.answer_set, answers=answers), result)


def _one_section(candidate: Candidate, value: QuestionValue, changed: Answer) -> Fraction:
    """Return the central score of the question's section with another answer to it."""
    result, question = candidate.result, value.question
    policy, scored = result.framework.policy, result.sections[question.section]
    mitigations = {each.question: each for each in result.answer_set.mitigations}
    again = value_question(
        scale_of(question),
        changed,
        mitigations.get(question.id),
        floors_by_grade(policy, result.tier),
        result.answer_set.as_of,
        agreed_helps=policy.agreed_mitigation_helps,
        mandatory=value.mandatory,
    )
    assert scored is not None
    values = tuple(again if each is value else each for each in scored.values)
    moved_to = replace(scored, values=values)
    residual = residual_without(moved_to, result.framework.scale_max, candidate.left_out)
    assert residual is not None
    return residual.central
