"""A section's score and its range, and how much of the section is answered.

score = 100 · Σ(weight · value) ÷ (scale_max · Σ weight), over the questions that count. Where the
policy names a core pack, the same over the core questions alone, and the worse of the two counts:
more questions can then make a section worse or firmer, never better.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from procurement_risk.assessment import AnswerSet
from procurement_risk.framework import GRADES, Policy
from procurement_risk.methods.values import Quarters, QuestionValue, Range, evidence_grade

Weighted = tuple[int, Quarters]
OPEN = "open"


@dataclass(frozen=True, slots=True)
class SectionScore:
    """One section's figures, per cent, 0 (no risk found) to 100 (worst).

    Attributes:
        claimed: Every claim believed.
        inherent: As found, after the evidence floors.
        residual: After mitigations; the band is read from this.
        band: Band ids, after stops and flags.
        complete: Weight answered as a share (0 to 1) of the weight that applies or may.
        has_mandatory: Whether at least one question certainly applies.
        values: What each question that counts or may count contributed, in reading order.
        core: Ids of those that are scored alone as well; the worse of both scores is the figure.
    """

    claimed: Range[Fraction]
    inherent: Range[Fraction]
    residual: Range[Fraction]
    band: Range[str]
    complete: Fraction
    has_mandatory: bool
    values: tuple[QuestionValue, ...]
    core: frozenset[str] = frozenset()


def score_range(
    mandatory: Sequence[Weighted], optional: Sequence[Weighted], scale_max: int
) -> Range[Fraction]:
    """Return the section's score, per cent, over every way the open questions may come out.

    The high end adds a question that may yet apply only where that raises the score, the low
    end only where that lowers it; the centre takes the certain ones alone.
    """
    if not mandatory:
        return Range(Fraction(0), Fraction(100), Fraction(100))
    weights = [w for w, _ in mandatory]
    weight = sum(weights)
    low, central, high = (
        sum(map(mul, weights, values)) for values in zip(*(q for _, q in mandatory), strict=True)
    )
    if low == high and not optional:
        score = _percent(low, weight, scale_max)
        return Range(score, score, score)
    low_weight = high_weight = weight
    for w, q in sorted(optional, key=lambda item: item[1].high, reverse=True):
        if q.high * high_weight <= high:
            break
        high, high_weight = high + w * q.high, high_weight + w
    for w, q in sorted(optional, key=lambda item: item[1].low):
        if q.low * low_weight >= low:
            break
        low, low_weight = low + w * q.low, low_weight + w
    return Range(
        _percent(low, low_weight, scale_max),
        _percent(central, weight, scale_max),
        _percent(high, high_weight, scale_max),
    )


def _percent(quarters: int, weight: int, scale_max: int) -> Fraction:
    return Fraction(100 * quarters, 4 * scale_max * weight)


def completeness(values: Sequence[QuestionValue]) -> Fraction:
    """Return the weight answered as a share of the weight that applies or may, 0 to 1."""
    total = sum(value.question.weight for value in values)
    answered = sum(value.question.weight for value in values if not value.is_open)
    return Fraction(answered, total) if total else Fraction(0)


def evidence_weights(section: SectionScore, answer_set: AnswerSet) -> dict[str, int]:
    """Return the section's weight by evidence grade, E0 first, and what is ``open`` last."""
    weights = dict.fromkeys((*GRADES, OPEN), 0)
    for value in section.values:
        answer = answer_set.answers.get(value.question.id)
        if value.is_open or answer is None:
            grade = OPEN
        else:
            grade = GRADES[evidence_grade(answer, answer_set.as_of)]
        weights[grade] += value.question.weight
    return weights


def band_of(policy: Policy, score: Fraction) -> str:
    """Return the id of the band ``score`` (per cent) falls in; on a cut, the worse one."""
    return policy.bands[_rank_of(policy, score)].id


def band_rank(policy: Policy, band_id: str) -> int:
    """Return the place of a band, 0 the best."""
    return next(rank for rank, band in enumerate(policy.bands) if band.id == band_id)


def _rank_of(policy: Policy, score: Fraction) -> int:
    reached = 0
    for rank, band in enumerate(policy.bands):
        if score.numerator >= band.start * score.denominator:
            reached = rank
    return reached


def score_section(
    policy: Policy,
    scale_max: int,
    values: Sequence[QuestionValue],
    *,
    acts: Range[bool],
    core: Set[str] = frozenset(),
) -> SectionScore | None:
    """Return the figures of one section, or None where nothing in it can apply.

    Args:
        policy: The bands, and the one that a stop or flag raises to.
        scale_max: The worst risk value.
        values: Of the questions that apply or may.
        acts: At which ends a stop or flag of the section raises its band.
        core: Ids of the questions that are scored alone as well.
    """
    if not values:
        return None
    claims = [value.claimed for value in values]
    found = [value.inherent for value in values]
    left = [value.residual for value in values]
    in_core = frozenset(v.question.id for v in values if v.question.id in core)
    # Often nothing is floored or mitigated, and a figure is the one before.
    claimed = _figure(values, claims, scale_max, in_core)
    inherent = claimed if found == claims else _figure(values, found, scale_max, in_core)
    residual = inherent if left == found else _figure(values, left, scale_max, in_core)
    return SectionScore(
        claimed=claimed,
        inherent=inherent,
        residual=residual,
        band=_bands(policy, residual, acts),
        complete=completeness(values),
        has_mandatory=any(value.mandatory for value in values),
        values=tuple(values),
        core=in_core,
    )


def residual_without(
    scored: SectionScore, scale_max: int, left_out: Set[str]
) -> Range[Fraction] | None:
    """Return the section's residual score without the questions ``left_out``, or None."""
    values = [value for value in scored.values if value.question.id not in left_out]
    if not values:
        return None
    return _figure(values, [value.residual for value in values], scale_max, scored.core)


def _figure(
    values: Sequence[QuestionValue],
    quarters: Sequence[Quarters],
    scale_max: int,
    core: Set[str],
) -> Range[Fraction]:
    """Return the worse of the scores over all questions and over the core alone, at each end."""
    mandatory: list[Weighted] = []
    optional: list[Weighted] = []
    core_mandatory: list[Weighted] = []
    core_optional: list[Weighted] = []
    for value, each in zip(values, quarters, strict=True):
        weighted = (value.question.weight, each)
        (mandatory if value.mandatory else optional).append(weighted)
        if value.question.id in core:
            (core_mandatory if value.mandatory else core_optional).append(weighted)
    whole = score_range(mandatory, optional, scale_max)
    if core_mandatory:
        return _worse(whole, score_range(core_mandatory, core_optional, scale_max))
    if core_optional:
        # Only questions that may not apply: one that does counts alone at worst.
        alone = Fraction(100 * max(each.high for _, each in core_optional), 4 * scale_max)
        return Range(whole.low, whole.central, max(whole.high, alone))
    return whole


def _worse(one: Range[Fraction], other: Range[Fraction]) -> Range[Fraction]:
    return Range(
        max(one.low, other.low), max(one.central, other.central), max(one.high, other.high)
    )


def _bands(policy: Policy, score: Range[Fraction], acts: Range[bool]) -> Range[str]:
    least = band_rank(policy, policy.flag_band)

    def at(percent: Fraction, *, raised: bool) -> str:
        rank = _rank_of(policy, percent)
        return policy.bands[max(rank, least) if raised else rank].id

    return Range(
        at(score.low, raised=acts.low),
        at(score.central, raised=acts.central),
        at(score.high, raised=acts.high),
    )
