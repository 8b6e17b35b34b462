"""The sum behind a section's score, found again from its values: pencil and paper can follow it.

    score = 100 · Σ(weight · value) ÷ (scale_max · Σ weight)

What is shown is so what was reckoned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement_risk.language import N_, _
from procurement_risk.language.numbers import decimal, shown
from procurement_risk.methods.sections import SectionScore
from procurement_risk.methods.values import Quarters, QuestionValue, Range
from procurement_risk.profile import words as profile_words

FIGURES = ("claimed", "inherent", "residual")
ENDS = {"low": N_("at best"), "central": N_("in the middle"), "high": N_("at worst")}


@dataclass(frozen=True, slots=True)
class Sum:
    """One section's figure at one end: the questions that count, and what they come to.

    ``counted`` are the questions with their values in quarters of a point. ``core`` says that
    they are the core questions alone, which came out worse than all together.
    """

    counted: tuple[tuple[QuestionValue, int], ...]
    scale_max: int
    core: bool = False

    @property
    def percent(self) -> Fraction:
        """The score, per cent."""
        total = sum(value.question.weight * quarters for value, quarters in self.counted)
        weight = sum(value.question.weight for value, _ in self.counted)
        return Fraction(100 * total, 4 * self.scale_max * weight)

    def spelled_out(self) -> str:
        """Return ``5×4 + 3×1.5 = 24.5; 100 × 24.5 ÷ (4 × 8) = 76.6``."""
        terms = " + ".join(f"{v.question.weight}×{points(q)}" for v, q in self.counted)
        total = points(sum(v.question.weight * q for v, q in self.counted))
        weight = sum(v.question.weight for v, _ in self.counted)
        weights = f"({self.scale_max} × {weight})"
        return f"{terms} = {total}; 100 × {total} ÷ {weights} = {decimal(self.percent)}"


def points(quarters: int) -> str:
    """Return quarters of a point as an exact decimal: 6 becomes ``1.5``."""
    whole, rest = divmod(quarters, 4)
    return shown(f"{whole:,}" + ("", ".25", ".5", ".75")[rest])


def add_up(scored: SectionScore, figure: str, end: str, scale_max: int) -> Sum | None:
    """Return the sum behind one figure at one end; None where nothing certainly applies.

    A question that may yet apply counts at the high end only while it raises the score, at the
    low end only while it lowers it, and never in the middle. Where the core questions alone come
    out worse, it is theirs.
    """

    def at(value: QuestionValue) -> int:
        quarters: Quarters = getattr(value, figure)
        return int(getattr(quarters, end))

    valued = [(value, at(value)) for value in scored.values]
    whole = _counted(valued, end)
    if not whole:
        return None
    core = [(value, quarters) for value, quarters in valued if value.question.id in scored.core]
    alone = _counted(core, end)
    if not alone and core and end == "high":
        alone = [max(core, key=lambda pair: pair[1])]  # at worst it is the only one that applies
    found = Sum(tuple(whole), scale_max)
    other = Sum(tuple(alone), scale_max, core=True) if alone else found
    return other if other.percent > found.percent else found


def _counted(
    valued: Sequence[tuple[QuestionValue, int]], end: str
) -> list[tuple[QuestionValue, int]]:
    """Return which of the questions count at one end, in their order; none if none is certain."""
    counted = [pair for pair in valued if pair[0].mandatory]
    if not counted:
        return []
    perhaps = [pair for pair in valued if not pair[0].mandatory]
    perhaps.sort(key=lambda pair: pair[1], reverse=end == "high")
    for pair in perhaps if end != "central" else ():
        if not _moves(counted, pair[1], end):
            break
        counted.append(pair)
    places = {value.question.id: place for place, (value, _) in enumerate(valued)}
    counted.sort(key=lambda pair: places[pair[0].question.id])
    return counted


def _moves(counted: Sequence[tuple[QuestionValue, int]], quarters: int, end: str) -> bool:
    total = sum(value.question.weight * q for value, q in counted)
    level = quarters * sum(value.question.weight for value, _ in counted)
    return level > total if end == "high" else level < total


def lines(scored: SectionScore, scale_max: int) -> list[str]:
    """Return every sum of a section as one line of text; one line where all ends agree."""
    if not scored.has_mandatory:
        return [_("Nothing certainly applies, so the range is 0 to 100 and its middle is 100.")]
    found = []
    for figure in FIGURES:
        label = profile_words.figure_label(figure)
        ends: Range[Fraction] = getattr(scored, figure)
        settled = ends.low == ends.central == ends.high
        for end, words in ENDS.items():
            if settled and end != "central":
                continue
            added = add_up(scored, figure, end, scale_max)
            if added is not None:
                at_end = _("{figure} {end}").format(figure=label, end=_(words))
                name = label if settled else at_end
                if added.core:
                    name = _("{figure}, core questions alone").format(figure=name)
                found.append(f"{name}: {added.spelled_out()}")
    return found
