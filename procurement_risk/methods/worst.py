"""Which section decides: the decisive one with the worst band."""

from __future__ import annotations

from fractions import Fraction

from procurement_risk.framework import BandId, Section
from procurement_risk.methods.method import AnyResult
from procurement_risk.methods.sections import SectionScore, band_rank


def worst_band(result: AnyResult, end: str) -> BandId:
    """Return the worst band of the decisive sections at ``low``, ``central`` or ``high``.

    Empty where no decisive section is scored.
    """
    bands: list[BandId] = [getattr(scored.band, end) for __, scored in decisive(result)]
    return max(bands, key=lambda band: band_rank(result.framework.policy, band), default="")


def decisive(result: AnyResult) -> list[tuple[Section, SectionScore]]:
    """Return the decisive sections that are scored, in reading order."""
    pairs = ((s, result.sections[s.id]) for s in result.framework.sections if s.role == "decisive")
    return [(section, scored) for section, scored in pairs if scored is not None]


def worst_section(result: AnyResult) -> tuple[Section, SectionScore] | None:
    """Return the decisive section with the worst band, then the highest central residual.

    The first one in reading order where several are equal; None where none is scored.
    """

    def badness(pair: tuple[Section, SectionScore]) -> tuple[int, Fraction]:
        rank = band_rank(result.framework.policy, pair[1].band.central)
        return rank, pair[1].residual.central

    return max(decisive(result), key=badness, default=None)
