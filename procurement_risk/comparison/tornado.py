"""What could narrow or widen the lead: each weight, and each answer of the two in front.

The lead is how far the best of the others lies behind the leader in G. It is below nought where
another one would be in front.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from procurement_risk.assessment import Answer
from procurement_risk.comparison.candidates import Candidate, decisive_residual, one_index
from procurement_risk.framework import Option, Question
from procurement_risk.methods.weakest_section import score

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
    first, *others = (one_index(each, weights) for each in scores)
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
    """Yield how far each answer of the two in front moves the lead, over all its options at E4."""
    for place, candidate in enumerate(candidates[:2]):
        for section in weights:
            scored = candidate.result.sections[section]
            for value in scored.values if scored else ():
                if value.question.id in candidate.left_out:
                    continue
                yield _answer_swing(candidate, scores, weights, place, value.question)


def _answer_swing(
    candidate: Candidate,
    scores: Sequence[Mapping[str, Fraction]],
    weights: Mapping[str, Fraction],
    place: int,
    question: Question,
) -> Swing:
    answer_set = candidate.result.answer_set
    leads: list[tuple[Fraction, Option]] = []
    stops = False
    for option in question.options:
        changed = Answer(options=(option.id,), evidence="E4")
        answers = {**answer_set.answers, question.id: changed}
        again = score(candidate.result.framework, replace(answer_set, answers=answers))
        stops = stops or bool(again.red_flags.stops_fired)
        residual = decisive_residual(again, candidate.left_out)
        central = {name: residual[name].central for name in residual if name in weights}
        if central:
            leads.append(
                (_lead([*scores[:place], central, *scores[place + 1 :]], weights), option)
            )
    now = _lead(scores, weights)
    low, least = min(leads, key=lambda pair: pair[0], default=(now, None))
    high, most = max(leads, key=lambda pair: pair[0], default=(now, None))
    return Swing(
        section=question.section,
        question=question,
        whose=candidate.label,
        low=min(low, now),
        high=max(high, now),
        least=least,
        most=most,
        stops=stops,
        is_open=question.id in candidate.result.open,
    )
