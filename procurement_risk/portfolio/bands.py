"""Sections and bands of purchases that were answered against several questionnaires."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from procurement_risk.framework import Framework
from procurement_risk.framework.words import short_title
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once


@once
def frameworks_of(items: Sequence[PortfolioItem]) -> list[Framework]:
    """Return the frameworks that score sections, the one that most use first."""
    counts: dict[Framework, int] = {}
    for item in items:
        counts[item.framework] = counts.get(item.framework, 0) + 1
    scored = (framework for framework in counts if framework.scored_sections)
    return sorted(scored, key=lambda each: (-counts[each], each.id, each.version))


@once
def section_titles(items: Sequence[PortfolioItem]) -> list[str]:
    """Return the short titles of sections, in the order of the questionnaire most use."""
    used: dict[str, int] = {}
    for framework in frameworks_of(items):
        for section in framework.scored_sections:
            used.setdefault(short_title(section), len(used))
    return list(used)


@once
def bands_of(items: Sequence[PortfolioItem]) -> dict[str, Fraction]:
    """Return how bad each band is from 0 to 1, by its label, the worst first."""
    bands: dict[str, Fraction] = {}
    for framework in frameworks_of(items):
        last = max(len(framework.policy.bands) - 1, 1)
        for n, band in enumerate(framework.policy.bands):
            bands.setdefault(band.label, Fraction(n, last))
    return dict(sorted(bands.items(), key=lambda pair: -pair[1]))


def letters_of(framework: Framework) -> dict[str, str]:
    """Return for each band's label the shortest beginning that no other band has."""
    labels = [band.label for band in framework.policy.bands]

    def beginning(label: str) -> str:
        for length in range(1, len(label)):
            if sum(other.startswith(label[:length]) for other in labels) == 1:
                return label[:length]
        return label

    return {label: beginning(label) for label in labels}


def key_of(items: Sequence[PortfolioItem]) -> str:
    """Return what the letters mean: ``C Critical, H High``, the worst first."""
    return ", ".join(f"{letter} {label}" for label, letter in all_letters(items).items())


@once
def all_letters(items: Sequence[PortfolioItem]) -> dict[str, str]:
    """Return the letters of every band by its label, the worst first."""
    letters: dict[str, str] = {}
    for framework in frameworks_of(items):
        letters |= letters_of(framework)
    return {label: letters[label] for label in bands_of(items)}
