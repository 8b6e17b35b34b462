"""Many purchases by section: a bar of the whole a section, cut by band, the worst section first.

A piece says its band by a letter and how many purchases are in it; ``portfolio_heat_map`` draws
each purchase by itself where there are few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import (
    INSIDE,
    ON_TOP,
    SMALL,
    Gathered,
    blank,
    hatched,
    row_heading,
)
from procurement_risk.charts.palettes import Palette, cell_fill, cell_ink, palette
from procurement_risk.framework.words import band_label
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.bands import all_letters, bands_of, frameworks_of, section_titles
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once

ABOUT = "portfolio"
ROW_PIXELS = 58
WIDE_ENOUGH = 0.075  # the share of the width that a letter and a number need, on a phone
WORSE = Fraction(1, 2)


def title(items: Sequence[PortfolioItem]) -> str:
    """Return in which section the most purchases are in the worse bands."""
    counts = _counts(items)
    if not counts:
        return _("No section is scored")
    name, found = next(iter(counts.items()))
    number = _worse(items, found)
    if not number:
        return _("No section of any purchase is in one of the worse bands")
    return _("{section} is most often in the worse bands: {n} of {all} purchases").format(
        section=name, n=grouped(number), all=grouped(sum(found.values()))
    )


def alt(items: Sequence[PortfolioItem]) -> str:
    """Return the counts of each section."""
    parts = [
        f"{name}: "
        + ", ".join(f"{label} {grouped(number)}" for label, number in counts.items() if number)
        for name, counts in _counts(items).items()
    ]
    return _("How many purchases are in each band, by section. {sections}.").format(
        sections="; ".join(parts) or _("nothing to show")
    )


def table(items: Sequence[PortfolioItem]) -> pd.DataFrame:
    """Return how many purchases are in each band of each section."""
    counts = _counts(items)
    rows = [[name, *found.values()] for name, found in counts.items()]
    return pd.DataFrame(rows, columns=[_("Section"), *_labels(items)])


def figure(items: Sequence[PortfolioItem], dark: bool = False) -> go.Figure:
    """Return the picture; a piece carries its section and band, for whoever clicks it."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    counts = _counts(items)
    for row, (name, found) in enumerate(counts.items()):
        words = _("{n} of {all} in the worse bands").format(
            n=grouped(_worse(items, found)), all=grouped(sum(found.values()))
        )
        row_heading(around, row + 0.2, name, words)
    for label in _labels(items):
        if any(found[label] for found in counts.values()):
            _add_band(drawn, items, counts, label, colours)
    drawn.update_layout(
        **around.layout(),
        height=90 + ROW_PIXELS * max(len(counts), 1),
        barmode="stack",
        bargap=0,
        margin={"t": 78, "b": 8},
        clickmode="event+select",
        hovermode="closest",
        legend={**ON_TOP, "traceorder": "normal"},
        xaxis={"range": [0, 1], "visible": False},
        yaxis={"range": [max(len(counts), 1), 0], "visible": False},
    )
    return drawn


def _add_band(
    drawn: go.Figure,
    items: Sequence[PortfolioItem],
    counts: Mapping[str, Mapping[str, int]],
    label: str,
    colours: Palette,
) -> None:
    badness, letter = bands_of(items).get(label), all_letters(items).get(label, "")
    marker = {
        "color": cell_fill(badness, colours),
        "line": {"color": colours.text, "width": 1},
        "pattern": hatched(label == _("not settled"), colours),
    }
    numbers = [found[label] for found in counts.values()]
    shares = [
        number / sum(found.values())
        for number, found in zip(numbers, counts.values(), strict=True)
    ]
    words = [f"{letter} {grouped(number)}".strip() for number in numbers]
    drawn.add_bar(
        x=shares,
        y=[row + 0.66 for row in range(len(counts))],
        width=0.46,
        orientation="h",
        name=f"{letter} {label}".strip(),
        customdata=[[name, label] for name in counts],
        hoverinfo="none",
        marker=marker,
        text=[w if s >= WIDE_ENOUGH else "" for w, s in zip(words, shares, strict=True)],
        **INSIDE,
        textfont={"size": SMALL, "color": cell_ink(badness, colours)},
        unselected={"textfont": {"color": cell_ink(badness, colours)}},
    )


def behind(items: Sequence[PortfolioItem], mark: Sequence[str]) -> list[PortfolioItem]:
    """Return the purchases behind a piece that carries ``mark``: a section and a band."""
    if len(mark) != 2:
        return []
    section, label = mark
    return [item for item in items if _label_in(item, section) == label]


def _label_in(item: PortfolioItem, title: str) -> str:
    """Return in which piece a purchase stands, in the section ``title``."""
    for each in item.sections:
        if portfolio_words.section_title(item, each) == title:
            settled = each.band_low == each.band_high
            return band_label(item.framework, each.band_low) if settled else _("not settled")
    return _("not scored")


def _labels(items: Sequence[PortfolioItem]) -> list[str]:
    return [*bands_of(items), _("not settled"), _("not scored")]


def _worse(items: Sequence[PortfolioItem], counts: Mapping[str, int]) -> int:
    return sum(counts[label] for label, badness in bands_of(items).items() if badness >= WORSE)


@once
def _counts(items: Sequence[PortfolioItem]) -> dict[str, dict[str, int]]:
    """Return for each section how many purchases are in each band, the worst section first."""
    found = {name: dict.fromkeys(_labels(items), 0) for name in section_titles(items)}
    labels_of = {
        framework: {band.id: band.label for band in framework.policy.bands}
        for framework in frameworks_of(items)
    }
    for item in items:
        if item.framework not in labels_of:
            continue
        for each in item.sections:
            settled = each.band_low == each.band_high
            label = labels_of[item.framework][each.band_low] if settled else _("not settled")
            found[portfolio_words.section_title(item, each)][label] += 1
    for counts in found.values():
        counts[_("not scored")] = len(items) - sum(counts.values())
    order = sorted(found, key=lambda name: (-_worse(items, found[name]), name))
    return {name: found[name] for name in order}
