"""A few purchases by section: the figure and the band of each, the worst purchase first.

A cell says its figure and its band, by the letters in the key; it is filled the darker the worse,
so that it reads in black and white too. ``section_shares`` counts them where there are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import Gathered, blank, literal, tabulated, wrapped
from procurement_risk.charts.palettes import Palette, badness, cell_fill, cell_ink, palette
from procurement_risk.framework.words import band_label
from procurement_risk.language import _, ngettext, pgettext
from procurement_risk.language.numbers import grouped, shown
from procurement_risk.language.phrases import listed
from procurement_risk.language.text import shorten
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.bands import letters_of, section_titles
from procurement_risk.portfolio.items import PortfolioItem, SectionFigure
from procurement_risk.portfolio.totals import by_value

ABOUT = "portfolio"
MOST = 40
ROW_PIXELS = 62
CELL_TOP, CELL_BOTTOM = 0.4, 0.98


def title(items: Sequence[PortfolioItem]) -> str:
    """Return in which section the most purchases are in the worst bands, or that none is."""
    scored = [item for item in items if item.sections]
    if not scored:
        return _("No section is scored")
    high = dict.fromkeys(section_titles(items), 0)
    for item in scored:
        for each in item.sections:
            is_worse = _badness(item, each.band_low) >= Fraction(1, 2)
            high[portfolio_words.section_title(item, each)] += is_worse
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
    """Return what each purchase's worst section is."""
    parts = [
        f"{item.purchase.title}: {portfolio_words.worst_words(item)}" for item in _rows(items)
    ]
    return _("The band of each purchase in each section. The worst of each: {worst}.").format(
        worst="; ".join(parts) or _("nothing to show")
    )


def table(items: Sequence[PortfolioItem]) -> pd.DataFrame:
    """Return a row for each section of each purchase, with its figure and its band."""
    return section_rows((item.purchase.title, item) for item in _rows(items))


def figure(items: Sequence[PortfolioItem], dark: bool = False) -> go.Figure:
    """Return the picture: a row a purchase; a cell carries its id, for whoever clicks it."""
    colours, drawn, cells = palette(dark), blank(dark), Gathered()
    rows, columns = _rows(items), section_titles(items)
    for row, item in enumerate(rows):
        name = literal(shorten(item.purchase.title, 48))
        cells.add_text(-0.5, row + 0.2, name, xanchor="left", xshift=-4)
        figures = {portfolio_words.section_title(item, each): each for each in item.sections}
        for column, name in enumerate(columns):
            _add_cell(cells, (row, column), item, figures.get(name), colours)
    _add_marks(drawn, rows, len(columns))
    drawn.update_layout(
        **cells.layout(),
        height=140 + ROW_PIXELS * max(len(rows), 1),
        margin={"t": 8, "b": 8},
        clickmode="event+select",
        xaxis={
            "range": [-0.5, max(len(columns), 1) - 0.5],
            "tickvals": list(range(len(columns))),
            "ticktext": [wrapped(name) for name in columns],
            "side": "top",
            "autotickangles": [0, 90],
            "showgrid": False,
            "automargin": True,
        },
        yaxis={"range": [max(len(rows), 1), 0], "visible": False},
    )
    return drawn


def _add_cell(
    cells: Gathered,
    place: tuple[int, int],
    item: PortfolioItem,
    figure: SectionFigure | None,
    colours: Palette,
) -> None:
    row, column = place
    bad = _badness(item, figure.band_central) if figure else None
    edge = {"color": colours.line, "width": 1, "dash": "solid" if figure else "dot"}
    width, height = (column - 0.46, column + 0.46), (row + CELL_TOP, row + CELL_BOTTOM)
    cells.add_box(width, height, cell_fill(bad, colours), line=edge, layer="below")
    words = "<br>".join(map(literal, _lines(item, figure)))
    middle = row + (CELL_TOP + CELL_BOTTOM) / 2
    cells.add_text(column, middle, words, colour=cell_ink(bad, colours))


def _lines(item: PortfolioItem, figure: SectionFigure | None) -> list[str]:
    """Return what a cell says: its figure, and the letters of its bands."""
    if figure is None:
        return ["–"]
    letters = letters_of(item.framework)
    low, high = (
        letters[band_label(item.framework, band)] for band in (figure.band_low, figure.band_high)
    )
    return [shown(figure.central), low if low == high else f"{low}–{high}"]


def _add_marks(drawn: go.Figure, rows: Sequence[PortfolioItem], columns: int) -> None:
    """Lay an unseen bar over each cell: rectangles cannot be picked, bars can, to their edges."""
    places = [(row, column) for row in range(len(rows)) for column in range(columns)]
    drawn.add_bar(
        x=[column for _row, column in places],
        y=[CELL_BOTTOM - CELL_TOP for _place in places],
        base=[row + CELL_TOP for row, _column in places],
        width=0.92,
        customdata=[[rows[row].id] for row, _column in places],
        marker={"opacity": 0},
        hoverinfo="none",
        showlegend=False,
    )


def behind(items: Sequence[PortfolioItem], mark: Sequence[str]) -> list[PortfolioItem]:
    """Return the purchase behind a cell that carries ``mark``, its id."""
    return [item for item in items if [item.id] == list(mark)]


def _rows(items: Sequence[PortfolioItem]) -> list[PortfolioItem]:
    """Return the purchases, the one with the highest figure in its worst section first."""
    return sorted(items, key=lambda item: (-_worst(item), by_value(item)))


def _worst(item: PortfolioItem) -> Fraction:
    figure = item.worst_figure()
    return Fraction(figure.central) if figure else Fraction(-1)


def _badness(item: PortfolioItem, band: str) -> Fraction:
    return badness(item.framework.policy, band)


# The table behind a picture of many sections: a row for each section of each purchase.


def section_rows(named: Iterable[tuple[str, PortfolioItem]]) -> pd.DataFrame:
    """Return each section's residual risk, per cent, and its band; ``named`` in their order."""
    return tabulated(
        ((name, item, each) for name, item in named for each in item.sections),
        (_("Purchase"), lambda row: row[0]),
        (_("Section"), lambda row: portfolio_words.section_title(*row[1:])),
        (pgettext("end of a range", "Low"), lambda row: shown(row[2].low)),
        (_("Central"), lambda row: shown(row[2].central)),
        (pgettext("end of a range", "High"), lambda row: shown(row[2].high)),
        (_("Band"), lambda row: portfolio_words.band_words(*row[1:])),
    )
