"""What is compared: assessments, what their methods made of them, and the figure that orders them.

    G = 1/2 · worst section + 1/2 · weighted mean of the sections

over the decisive sections' residual scores. It orders and draws; it never decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from fractions import Fraction

from procurement_risk.assessment import Assessment
from procurement_risk.framework import Framework
from procurement_risk.methods import AnyResult
from procurement_risk.methods.sections import SectionScore, band_of, residual_without
from procurement_risk.methods.values import Range
from procurement_risk.methods.weakest_section import Result
from procurement_risk.methods.worst import decisive

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One assessment, the framework it was answered against, and the outcome.

    Attributes:
        foreign: Whether nobody here knows that framework.
    """

    assessment: Assessment
    framework: Framework
    outcome: AnyResult
    foreign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One assessment that can be compared.

    Attributes:
        label: The supplier's name, with the day it was scored as of where a name comes twice.
        residual: Residual score of each decisive section that is scored, by its id, without
            what may not order.
        index: The figure G, at the low ends, in the middle and at the high ends.
        left_out: Ids of the questions that may not order: see ``ordering``.
    """

    label: str
    assessment: Assessment
    result: Result
    residual: Mapping[str, Range[Fraction]]
    index: Range[Fraction]
    left_out: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.assessment.id

    def section(self, name: str) -> SectionScore | None:
        """Return a section as it may be shown: its score and band without what may not order.

        None where it is not scored, or nothing is left of it then.
        """
        scored = self.result.sections.get(name)
        if scored is None or not self.left_out:
            return scored
        framework = self.result.framework
        residual = residual_without(scored, framework.scale_max, self.left_out)
        if residual is None:
            return None
        ends = (residual.low, residual.central, residual.high)
        bands = Range(*(band_of(framework.policy, end) for end in ends))
        return replace(scored, residual=residual, band=bands)

    @property
    def worst(self) -> tuple[str, ...]:
        """The ids of the sections whose central residual score is the worst."""
        most = max(each.central for each in self.residual.values())
        return tuple(name for name, each in self.residual.items() if each.central == most)


def decisive_residual(
    result: Result, left_out: Set[str] = frozenset()
) -> dict[str, Range[Fraction]]:
    """Return the residual score of each decisive section that is scored, in reading order.

    Without the questions ``left_out``; a section that then has nothing is not there.
    """
    if not left_out:
        return {section.id: scored.residual for section, scored in decisive(result)}
    scale_max = result.framework.scale_max
    found = {s.id: residual_without(scored, scale_max, left_out) for s, scored in decisive(result)}
    return {name: residual for name, residual in found.items() if residual is not None}


def index_of(
    residual: Mapping[str, Range[Fraction]], weights: Mapping[str, Fraction]
) -> Range[Fraction]:
    """Return G at the low ends, in the middle and at the high ends."""
    return Range(
        *(
            one_index({name: getattr(each, end) for name, each in residual.items()}, weights)
            for end in ("low", "central", "high")
        )
    )


def one_index(
    scores: Mapping[str, Fraction], weights: Mapping[str, Fraction], worst: Fraction = HALF
) -> Fraction:
    """Return G of the section scores: half the worst, half the weighted mean.

    Args:
        scores: By section.
        weights: By section.
        worst: How much the worst section counts, where that is not half.
    """
    total = sum((weights[name] for name in scores), Fraction(0))
    mean = sum((weights[name] * score for name, score in scores.items()), Fraction(0)) / total
    return worst * max(scores.values()) + (1 - worst) * mean


def dominates(one: Candidate, other: Candidate, *, surely: bool) -> bool:
    """Whether ``one`` is no worse than ``other`` in any section and better in at least one.

    ``surely``: however the open answers come out, rather than in the middle of the ranges.
    """
    pairs = [
        (mine.high, other.residual[name].low)
        if surely
        else (mine.central, other.residual[name].central)
        for name, mine in one.residual.items()
    ]
    return all(mine <= theirs for mine, theirs in pairs) and any(
        mine < theirs for mine, theirs in pairs
    )
