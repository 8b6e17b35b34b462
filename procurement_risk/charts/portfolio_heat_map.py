"""Purchases by section: the band of each, or, where there are many, how many are in each band.

A cell says its figure and its band, by the letters in the key; it is filled the denser the worse,
so that it reads in black and white too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import (
    SMALL,
    Palette,
    blank,
    cell_fill,
    literal,
    palette,
    wrapped,
)
from procurement_risk.framework import Framework
from procurement_risk.framework.words import band_label, short_title
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped, shown
from procurement_risk.language.phrases import listed
from procurement_risk.language.text import shorten
from procurement_risk.methods.sections import band_rank
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.items import PortfolioItem, SectionFigure
from procurement_risk.portfolio.totals import by_value

ABOUT = "portfolio"
MOST_ROWS = 40
ROW_PIXELS = 62
COUNT_PIXELS = 44
MARK_PIXELS = 30  # no more than a cell is high
CELL_TOP, CELL_BOTTOM = 0.4, 0.98


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in one cell.

    Attributes:
        upper: Its first line.
        lower: Its second line, or empty.
        badness: How bad it is, from 0 to 1; None where nothing is scored.
        mark: What tells ``behind`` which purchases it stands for.
    """

    upper: str
    lower: str
    badness: Fraction | None
    mark: tuple[str, ...]


def title(items: Sequence[PortfolioItem]) -> str:
    """Return in which section the most purchases are in the worst bands, or that none is."""
    scored = [item for item in items if item.sections]
    if not scored:
        return _("No section is scored")
    high = dict.fromkeys(_columns(items), 0)
    worse = {
        framework: {
            band.id
            for n, band in enumerate(framework.policy.bands)
            if 2 * n >= len(framework.policy.bands) - 1
        }
        for framework in _frameworks(items)
    }
    titles = _titles(items)
    for item in scored:
        for each in item.sections:
            high[titles[item.framework][each.section]] += each.band_low in worse[item.framework]
    most = max(high.values())
    names = [name for name, number in high.items() if number == most]
    if not most:
        return _("No section of any purchase is in one of the worse bands")
    return ngettext(
        "Most often in the worse bands: {sections}, in {n} of {all} purchase",
        "Most often in the worse bands: {sections}, in {n} of {all} purchases",
        len(scored),
    ).format(sections=listed(names[:3]), n=grouped(most), all=grouped(len(scored)))


def alt(items: Sequence[PortfolioItem]) -> str:
    """Return what each purchase's worst section is, or the counts where there are many."""
    if len(items) > MOST_ROWS:
        parts = [
            f"{name}: "
            + ", ".join(f"{label} {grouped(number)}" for label, number in counts.items() if number)
            for name, counts in _counts(items).items()
        ]
        return _("How many purchases are in each band, by section. {sections}.").format(
            sections="; ".join(parts)
        )
    parts = [
        f"{item.purchase.title}: {portfolio_words.worst_words(item)}" for item in _rows(items)
    ]
    return _("The band of each purchase in each section. The worst of each: {worst}.").format(
        worst="; ".join(parts) or _("nothing to show")
    )


def table(items: Sequence[PortfolioItem]) -> pd.DataFrame:
    """Return every cell in words: figures of each purchase, or counts where there are many."""
    if len(items) > MOST_ROWS:
        counts = _counts(items)
        labels = list(dict.fromkeys(label for each in counts.values() for label in each))
        rows = [
            [name, *(grouped(each.get(label, 0)) for label in labels)]
            for name, each in counts.items()
        ]
        return pd.DataFrame(rows, columns=[_("Section"), *labels])
    columns = _columns(items)
    rows = []
    for item in _rows(items):
        words = {
            portfolio_words.section_title(item, each): portfolio_words.figure_words(item, each)
            for each in item.sections
        }
        rows.append([item.purchase.title, *(words.get(c, _("not scored")) for c in columns)])
    return pd.DataFrame(rows, columns=[_("Purchase"), *columns])


def figure(items: Sequence[PortfolioItem], dark: bool = False) -> go.Figure:
    """Return the picture: a row a purchase, or a row a band where there are many."""
    colours = palette(dark)
    columns = _columns(items)
    drawn = blank(dark)
    if len(items) > MOST_ROWS:
        names, cells = _counted_cells(items, columns)
        height = COUNT_PIXELS
    else:
        names = [item.purchase.title for item in _rows(items)]
        cells = [_cells(item, columns) for item in _rows(items)]
        height = ROW_PIXELS
    for row, (name, line) in enumerate(zip(names, cells, strict=True)):
        drawn.add_annotation(
            x=-0.5,
            y=row + 0.2,
            text=literal(shorten(name, 48)),
            font={"size": SMALL},
            showarrow=False,
            xanchor="left",
            xshift=-4,
        )
        for column, cell in enumerate(line):
            _add_cell(drawn, row, column, cell, colours)
    _add_marks(drawn, cells)
    drawn.update_layout(
        height=110 + height * max(len(names), 1) + 30,
        margin={"t": 8, "b": 8},
        xaxis={
            "range": [-0.5, max(len(columns), 1) - 0.5],
            "tickvals": list(range(len(columns))),
            "ticktext": [wrapped(name) for name in columns],
            "side": "top",
            "autotickangles": [0, 90],
            "showgrid": False,
            "automargin": True,
        },
        yaxis={"range": [max(len(names), 1), 0], "visible": False},
    )
    return drawn


def key(items: Sequence[PortfolioItem]) -> str:
    """Return what the letters in the cells mean: ``C Critical, H High``, the worst first."""
    letters = {label: letter for each in _frameworks(items) for label, letter in _letters(each)}
    return ", ".join(f"{letters[label]} {label}" for label in _bands(items))


def _add_cell(drawn: go.Figure, row: int, column: int, cell: _Cell, colours: Palette) -> None:
    filled = cell.badness is not None
    drawn.add_shape(
        type="rect",
        x0=column - 0.46,
        x1=column + 0.46,
        y0=row + CELL_TOP,
        y1=row + CELL_BOTTOM,
        fillcolor=cell_fill(cell.badness, colours),
        line={"color": colours.line, "width": 1, "dash": "solid" if filled else "dot"},
        layer="below",
    )
    lines = [literal(each) for each in (cell.upper, cell.lower) if each]
    drawn.add_annotation(
        x=column,
        y=row + (CELL_TOP + CELL_BOTTOM) / 2,
        text="<br>".join(lines),
        font={"size": SMALL},
        showarrow=False,
    )


def _add_marks(drawn: go.Figure, cells: Sequence[Sequence[_Cell]]) -> None:
    """Lay an unseen mark over each cell: rectangles cannot be picked, marks can."""
    places = [
        (column, row + (CELL_TOP + CELL_BOTTOM) / 2, list(cell.mark))
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
    ]
    drawn.add_scatter(
        x=[x for x, _y, _mark in places],
        y=[y for _x, y, _mark in places],
        customdata=[mark for _x, _y, mark in places],
        mode="markers",
        marker={"symbol": "square", "size": MARK_PIXELS, "opacity": 0},
        hoverinfo="none",
        showlegend=False,
    )


def behind(items: Sequence[PortfolioItem], mark: Sequence[str]) -> list[PortfolioItem]:
    """Return the purchases behind a cell that carries ``mark``: an id, or a section and a band."""
    if len(mark) == 1:
        return [item for item in items if item.id == mark[0]]
    if len(mark) != 2:
        return []
    section, label = mark
    return [item for item in items if _label_in(item, section) == label]


def _label_in(item: PortfolioItem, title: str) -> str:
    """Return in which row of the counts a purchase stands, in the column ``title``."""
    for each in item.sections:
        if portfolio_words.section_title(item, each) == title:
            settled = each.band_low == each.band_high
            return band_label(item.framework, each.band_low) if settled else _("not settled")
    return _("not scored")


def _rows(items: Sequence[PortfolioItem]) -> list[PortfolioItem]:
    return sorted(items, key=by_value)


def _columns(items: Sequence[PortfolioItem]) -> list[str]:
    """Return the short titles of sections, in the order of the questionnaire most use."""
    used: dict[str, int] = {}
    for framework in _frameworks(items):
        for section in framework.scored_sections:
            used.setdefault(short_title(section), len(used))
    return list(used)


def _frameworks(items: Sequence[PortfolioItem]) -> list[Framework]:
    """Return the frameworks that score sections, the one that most use first."""
    counts: dict[Framework, int] = {}
    for item in items:
        counts[item.framework] = counts.get(item.framework, 0) + 1
    scored = (framework for framework in counts if framework.scored_sections)
    return sorted(scored, key=lambda each: (-counts[each], each.id, each.version))


def _titles(items: Sequence[PortfolioItem]) -> dict[Framework, dict[str, str]]:
    """Return the short titles of each framework's sections, by their ids."""
    return {
        framework: {section.id: short_title(section) for section in framework.sections}
        for framework in _frameworks(items)
    }


def _cells(item: PortfolioItem, columns: Sequence[str]) -> list[_Cell]:
    figures = {portfolio_words.section_title(item, each): each for each in item.sections}
    return [_cell(item, figures.get(name)) for name in columns]


def _cell(item: PortfolioItem, figure: SectionFigure | None) -> _Cell:
    if figure is None:
        return _Cell("–", "", None, (item.id,))
    letters = dict(_letters(item.framework))
    low, high = (
        letters[band_label(item.framework, band)] for band in (figure.band_low, figure.band_high)
    )
    lower = low if low == high else f"{low}–{high}"
    return _Cell(shown(figure.central), lower, _badness(item, figure.band_central), (item.id,))


def _badness(item: PortfolioItem, band: str) -> Fraction:
    policy = item.framework.policy
    return Fraction(band_rank(policy, band), max(len(policy.bands) - 1, 1))


def _letters(framework: Framework) -> list[tuple[str, str]]:
    """Return each band's label with the shortest beginning that no other band has."""
    labels = [band.label for band in framework.policy.bands]

    def beginning(label: str) -> str:
        for length in range(1, len(label)):
            if sum(other.startswith(label[:length]) for other in labels) == 1:
                return label[:length]
        return label

    return [(label, beginning(label)) for label in labels]


# --- Many ---------------------------------------------------------------------------------


def _counts(items: Sequence[PortfolioItem]) -> dict[str, dict[str, int]]:
    """Return for each section how many purchases are in each band, the worst band first."""
    labels = [*_bands(items), _("not settled"), _("not scored")]
    found = {name: dict.fromkeys(labels, 0) for name in _columns(items)}
    labels_of = {
        framework: {band.id: band.label for band in framework.policy.bands}
        for framework in _frameworks(items)
    }
    titles_of = _titles(items)
    for item in items:
        if item.framework not in labels_of:
            continue
        for each in item.sections:
            settled = each.band_low == each.band_high
            label = labels_of[item.framework][each.band_low] if settled else _("not settled")
            found[titles_of[item.framework][each.section]][label] += 1
    for counts in found.values():
        counts[_("not scored")] = len(items) - sum(counts.values())
    return found


def _counted_cells(
    items: Sequence[PortfolioItem], columns: Sequence[str]
) -> tuple[list[str], list[list[_Cell]]]:
    counts, bands = _counts(items), _bands(items)
    labels = list(next(iter(counts.values()), {}))
    cells = [
        [
            _count_cell(counts[column][label], bands.get(label), (column, label))
            for column in columns
        ]
        for label in labels
    ]
    return labels, cells


def _count_cell(number: int, badness: Fraction | None, mark: tuple[str, str]) -> _Cell:
    return _Cell(grouped(number), "", badness if number else None, mark)


def _bands(items: Sequence[PortfolioItem]) -> dict[str, Fraction]:
    """Return how bad each band is, by its label, the worst first."""
    bands: dict[str, Fraction] = {}
    for framework in _frameworks(items):
        last = max(len(framework.policy.bands) - 1, 1)
        for n, band in enumerate(framework.policy.bands):
            bands.setdefault(band.label, Fraction(n, last))
    return dict(sorted(bands.items(), key=lambda pair: -pair[1]))
