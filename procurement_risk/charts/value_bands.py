"""Many purchases by committed value and band: a cell says how many, and how many pounds.

The stronger a cell is filled, the more purchases are in it; ``portfolio_value`` draws each
purchase by itself where there are few.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import (
    Gathered,
    blank,
    literal,
    row_heading,
    tabulated,
    wrapped,
)
from procurement_risk.charts.palettes import EMPTY, Palette, palette
from procurement_risk.framework.words import band_label
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import about_pounds, counted, short_pounds
from procurement_risk.portfolio.bands import bands_of
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.totals import money

ABOUT = "portfolio"
ROW_PIXELS = 74
CELL_TOP, CELL_BOTTOM = 0.36, 0.98
STEPS = (0.6, 0.3, 0.1)  # of the fullest cell: from there on a cell is filled more strongly
UNKNOWN, NOTHING = "unknown", "nothing"
CLASSES = {
    UNKNOWN: N_("value not known"),
    NOTHING: N_("nothing committed"),
    "10k": N_("under £10,000"),
    "100k": N_("£10,000 to £100,000"),
    "1m": N_("£100,000 to £1m"),
    "10m": N_("£1m to £10m"),
    "more": N_("£10m and over"),
}
HEADS = {
    UNKNOWN: N_("not known"),
    NOTHING: N_("£0"),
    "10k": N_("under £10k"),
    "100k": N_("£10k to £100k"),
    "1m": N_("£100k to £1m"),
    "10m": N_("£1m to £10m"),
    "more": N_("£10m and over"),
}
"""The same as short as a phone needs them, over the columns."""
ENDS = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}


class Cell(NamedTuple):
    """The purchases of one class of value in one band."""

    band: str
    value: str
    items: tuple[PortfolioItem, ...]


def class_of(item: PortfolioItem) -> str:
    """Return the class of a purchase's committed value, by its name in ``CLASSES``."""
    if item.committed is None:
        return UNKNOWN
    if item.committed == 0:
        return NOTHING
    return next((name for name, end in ENDS.items() if item.committed < end), "more")


def title(items: Sequence[PortfolioItem]) -> str:
    """Return how many purchases, and how many pounds, are in the worst band of all."""
    bands = bands_of(items)
    if not any(item.worst_figure() for item in items):
        return _("No purchase has a scored section")
    worst = next(iter(bands))
    found = [item for item in items if _band(item) == worst]
    words = _("{n} of {all} purchases are {band} in their worst section: {pounds} committed")
    return words.format(
        n=grouped(len(found)),
        all=grouped(len(items)),
        band=worst,
        pounds=about_pounds(money(found).committed),
    )


def alt(items: Sequence[PortfolioItem]) -> str:
    """Return every cell that is not empty."""
    parts = [f"{each.band}, {_(CLASSES[each.value])}: {_words(each)}" for each in cells(items)]
    return _("Purchases by the band of their worst section and their value. {cells}.").format(
        cells="; ".join(parts) or _("nothing to show")
    )


def table(items: Sequence[PortfolioItem]) -> pd.DataFrame:
    """Return every cell that is not empty: how many purchases, and the pounds they commit."""
    return tabulated(
        cells(items),
        (_("Worst section"), lambda each: each.band),
        (_("Committed value"), lambda each: _(CLASSES[each.value])),
        (_("Purchases"), lambda each: len(each.items)),
        (_("Committed, £"), _pounds),
    )


@once
def cells(items: Sequence[PortfolioItem]) -> list[Cell]:
    """Return the cells with a purchase in them, the worst band first, the least value first."""
    found: dict[tuple[str, str], list[PortfolioItem]] = {}
    for item in items:
        if item.worst_figure():
            found.setdefault((_band(item), class_of(item)), []).append(item)
    return [
        Cell(band, value, tuple(found[band, value]))
        for band in bands_of(items)
        for value in CLASSES
        if (band, value) in found
    ]


def figure(items: Sequence[PortfolioItem], dark: bool = False) -> go.Figure:
    """Return the picture: a row a band; a cell carries its band and its class of value."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    found = cells(items)
    bands = list(dict.fromkeys(each.band for each in found))
    columns = [value for value in CLASSES if any(each.value == value for each in found)]
    most = max((len(each.items) for each in found), default=1)
    for row, band in enumerate(bands):
        mine = [item for each in found if each.band == band for item in each.items]
        number = counted(len(mine), "{n} purchase", "{n} purchases")
        words = f"{number}, {about_pounds(money(mine).committed)}"
        row_heading(around, row + 0.2, band, words, x=-0.5)
        for column, value in enumerate(columns):
            cell = next((e for e in found if (e.band, e.value) == (band, value)), None)
            _add_cell(around, row, column, cell, most, colours)
    _add_marks(drawn, found, bands, columns)
    drawn.update_layout(
        **around.layout(),
        height=124 + ROW_PIXELS * max(len(bands), 1),
        margin={"t": 8, "b": 8},
        clickmode="event+select",
        hovermode="closest",
        xaxis={
            "range": [-0.5, max(len(columns), 1) - 0.5],
            "tickvals": list(range(len(columns))),
            "ticktext": [wrapped(_(HEADS[value]), 6) for value in columns],
            "tickangle": 0,
            "side": "top",
            "showgrid": False,
            "automargin": True,
        },
        yaxis={"range": [max(len(bands), 1), 0], "visible": False},
    )
    return drawn


def _add_cell(
    around: Gathered, row: int, column: int, cell: Cell | None, most: int, colours: Palette
) -> None:
    number = len(cell.items) if cell else 0
    step = sum(number < share * most for share in STEPS)
    edge = {"color": colours.line, "width": 1, "dash": "solid" if cell else "dot"}
    width, height = (column - 0.48, column + 0.48), (row + CELL_TOP, row + CELL_BOTTOM)
    fill = colours.ramp[step] if cell else EMPTY
    around.add_box(width, height, fill, line=edge, layer="below")
    if cell:
        words = "<br>".join(filter(None, [f"<b>{grouped(number)}</b>", literal(_short(cell))]))
        middle = row + (CELL_TOP + CELL_BOTTOM) / 2
        around.add_text(column, middle, words, colour=colours.on_ramp[step])


def _add_marks(
    drawn: go.Figure, found: Sequence[Cell], bands: Sequence[str], columns: Sequence[str]
) -> None:
    """Lay an unseen bar over each cell: rectangles cannot be picked, bars can."""
    drawn.add_bar(
        x=[columns.index(each.value) for each in found],
        y=[CELL_BOTTOM - CELL_TOP for _each in found],
        base=[bands.index(each.band) + CELL_TOP for each in found],
        width=0.96,
        customdata=[[each.band, each.value, len(each.items), _pounds(each)] for each in found],
        marker={"opacity": 0},
        hoverinfo="none",
        showlegend=False,
    )


def behind(items: Sequence[PortfolioItem], mark: Sequence[str]) -> list[PortfolioItem]:
    """Return the purchases behind a cell that carries ``mark``: a band and a class come first."""
    return [
        item
        for item in items
        if item.worst_figure() and [_band(item), class_of(item)] == [*mark[:2]]
    ]


def _band(item: PortfolioItem) -> str:
    figure = item.worst_figure()
    return band_label(item.framework, figure.band_central) if figure else ""


def _pounds(cell: Cell) -> int | str:
    return "" if cell.value == UNKNOWN else money(cell.items).committed


def _short(cell: Cell) -> str:
    """Return the pounds of a cell, short enough for a phone."""
    return "" if cell.value in (UNKNOWN, NOTHING) else short_pounds(money(cell.items).committed)


def _words(cell: Cell) -> str:
    number = counted(len(cell.items), "{n} purchase", "{n} purchases")
    return ", ".join(filter(None, (number, _short(cell))))
