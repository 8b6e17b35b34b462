"""Which section decides: the decisive one with the worst band."""

from __future__ import annotations

from fractions import Fraction

from procurement_risk.framework import BandId, Section
from procurement_risk.methods.sections import SectionScore, band_rank
from procurement_risk.methods.weakest_section import Result


def worst_band(result: Result, end: str) -> BandId:
    """Return the worst band of the decisive sections at ``low``, ``central`` or ``high``.

    Empty where no decisive section is scored.
    """
    policy = result.framework.policy
    bands: list[BandId] = [getattr(scored.band, end) for __, scored in decisive(result)]
    return max(bands, key=lambda band: band_rank(policy, band), default="")


def decisive(result: Result) -> list[tuple[Section, SectionScore]]:
    """Return the decisive sections that are scored, in reading order."""
    pairs = ((s, result.sections[s.id]) for s in result.framework.sections if s.role == "decisive")
    return [(section, scored) for section, scored in pairs if scored is not None]


def worst_section(result: Result) -> tuple[Section, SectionScore] | None:
    """Return the decisive section with the worst band, then the highest central residual.

    The first one in reading order where several are equal; None where none is scored.
    """
    policy = result.framework.policy

    def badness(pair: tuple[Section, SectionScore]) -> tuple[int, Fraction]:
        return band_rank(policy, pair[1].band.central), pair[1].residual.central

    return max(decisive(result), key=badness, default=None)
