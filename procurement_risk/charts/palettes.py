"""The colours of charts, for a light and a dark background: of bands, of cells, of evidence.

Those of bands are those of ``profile.looks``. A colour never stands alone: the word is always
beside it, or the mark has a shape of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction

from procurement_risk.framework import BandId, Policy
from procurement_risk.methods.sections import band_rank
from procurement_risk.profile.looks import GRAVITIES

PAPER = "#ffffff"
EMPTY = "rgba(0, 0, 0, 0)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours of one variant.

    Attributes:
        paper: What a page of this variant is drawn on.
        marks, cells: From the best band to the worst, and ``on_cells`` for text on them.
        ramp: From strong to weak, and ``on_ramp`` for text on it.
    """

    text: str
    muted: str
    line: str
    shade: str
    accent: str
    envelope: str
    paper: str
    marks: tuple[str, ...]
    cells: tuple[str, ...]
    on_cells: tuple[str, ...]
    ramp: tuple[str, str, str, str, str]
    on_ramp: tuple[str, str, str, str, str]

    @property
    def is_dark(self) -> bool:
        """Whether it is the variant for a dark background."""
        return self.paper != PAPER


LIGHT = Palette(
    text="#1a1a1a",
    muted="#555c63",
    line="#8a9199",
    shade="rgba(90, 100, 110, 0.07)",
    accent="#1f5f99",
    envelope="rgba(31, 95, 153, 0.22)",
    paper=PAPER,
    marks=tuple(look.mark.light for look in GRAVITIES),
    cells=tuple(look.cell.light for look in GRAVITIES),
    on_cells=tuple(look.on_cell.light for look in GRAVITIES),
    ramp=("#0b3c68", "#2f74ad", "#86b6dc", "#dbe9f6", "#e0cfa8"),
    on_ramp=("#ffffff", "#ffffff", "#1a1a1a", "#1a1a1a", "#1a1a1a"),
)
DARK = Palette(
    text="#f2f2f2",
    muted="#b4bac0",
    line="#7d858d",
    shade="rgba(200, 210, 220, 0.09)",
    accent="#7dbcf0",
    envelope="rgba(125, 188, 240, 0.26)",
    paper="#0f1417",
    marks=tuple(look.mark.dark for look in GRAVITIES),
    cells=tuple(look.cell.dark for look in GRAVITIES),
    on_cells=tuple(look.on_cell.dark for look in GRAVITIES),
    ramp=("#e6f3fe", "#86bfee", "#3a7ab4", "#1c4566", "#6b5a3c"),
    on_ramp=("#10161c", "#10161c", "#ffffff", "#ffffff", "#ffffff"),
)


def lighter() -> dict[str, str]:
    """Return every colour for a dark background with the one that stands in its place on white."""
    pairs: dict[str, str] = {}
    for each in fields(Palette):
        dark, light = getattr(DARK, each.name), getattr(LIGHT, each.name)
        both = [(dark, light)] if isinstance(dark, str) else zip(dark, light, strict=True)
        pairs |= dict(both)
    return pairs


def palette(dark: bool) -> Palette:
    """Return the colours for a dark or a light background."""
    return DARK if dark else LIGHT


def band_colour(policy: Policy, band_id: BandId, colours: Palette) -> str:
    """Return the band's colour: the best band takes the first, the worst the last."""
    return colours.marks[_place(badness(policy, band_id))]


def badness(policy: Policy, band_id: BandId) -> Fraction:
    """Return how bad a band is, from 0, the best, to 1, the worst."""
    return Fraction(band_rank(policy, band_id), max(len(policy.bands) - 1, 1))


def _place(badness: Fraction) -> int:
    return round(badness * (len(GRAVITIES) - 1))


def cell_fill(badness: Fraction | None, colours: Palette) -> str:
    """Return what fills a cell, from 0, the best band, to 1, the worst; nothing where None."""
    return EMPTY if badness is None else colours.cells[_place(badness)]


def cell_ink(badness: Fraction | None, colours: Palette) -> str:
    """Return the colour of text in a cell of that badness."""
    return colours.text if badness is None else colours.on_cells[_place(badness)]
