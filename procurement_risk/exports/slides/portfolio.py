"""The slides of the portfolio: its leadership page, and the charts of its purchases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd

from procurement_risk import charts, charts as registry
from procurement_risk.charts import section_shares, value_bands
from procurement_risk.exports.slides.deck import ROOM, Slide, deck_of
from procurement_risk.exports.slides.writing import write
from procurement_risk.framework.words import band_label
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import shortened
from procurement_risk.portfolio.bands import frameworks_of
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.profile.looks import Look, band_look
from procurement_risk.report import PortfolioFigures, marked, portfolio_page
from procurement_risk.report.page import Line, Plot, Series, Table

Items = Sequence[PortfolioItem]


def pptx(figures: PortfolioFigures) -> bytes:
    """Return the slides of a portfolio."""
    items = [item for found in figures.decisions.values() for item in found]
    page = marked(lambda: portfolio_page(figures, room=ROOM))
    return write(deck_of(page, _charts(items) if items else ()))


def _charts(items: Items) -> Iterator[Slide]:
    """Yield each chart that the page does not have, in the form for so many purchases."""
    right = registry.form("value", len(items))
    other = {name for pair in registry.FORMS.values() for name in pair}
    without = {"portfolio_decisions", *other} - {"section_shares", right}
    native = {"section_shares": sections, "value_bands": values}
    yield from slides_of("portfolio", items, native, without)


def sections(items: Items) -> Plot | None:
    """Return how many purchases are in each band, by section; None where none is scored."""
    found = section_shares.table(items)
    if found.empty:
        return None
    name, *labels = found.columns
    looks = _looks(items)
    return Plot(
        title=_("Residual risk by section, number of purchases in each band"),
        rows=tuple(found[name]),
        series=tuple(
            Series(
                name=label,
                values=tuple(Fraction(int(number)) for number in found[label]),
                looks=(looks[label],) * len(found) if label in looks else (),
            )
            for label in labels
        ),
        alt=section_shares.alt(items),
        stacked=True,
        most=None,
        decimals=0,
    )


def values(items: Items) -> Plot | None:
    """Return how many purchases of each class of value are in each band; None without any."""
    found = {(each.band, each.value): len(each.items) for each in value_bands.cells(items)}
    if not found:
        return None
    looks = _looks(items)
    bands = dict.fromkeys(band for band, __ in found)
    classes = [name for name in value_bands.CLASSES if any(name == value for __, value in found)]
    return Plot(
        title=_("Purchases by committed value and band of the worst section, number of purchases"),
        rows=tuple(_(value_bands.CLASSES[name]) for name in classes),
        series=tuple(
            Series(
                name=band,
                values=tuple(Fraction(found.get((band, name), 0)) for name in classes),
                looks=(looks[band],) * len(classes) if band in looks else (),
            )
            for band in bands
        ),
        alt=value_bands.alt(items),
        stacked=True,
        most=None,
        decimals=0,
    )


def _looks(items: Items) -> dict[str, Look]:
    """Return how each band looks, by its label."""
    return {
        band_label(framework, band.id): band_look(framework.policy, band.id)
        for framework in frameworks_of(items)
        for band in framework.policy.bands
    }


# Every chart of the registry as a slide: drawn by PowerPoint where it can, else as a table.

_Native = Callable[[Any], Plot | None]
_ROWS = 12  # of a table in place of a chart


def slides_of(
    kind: str, subject: object, native: Mapping[str, _Native], without: Collection[str] = ()
) -> Iterator[Slide]:
    """Yield a slide for each chart that draws such a subject.

    Args:
        kind: What it is, see ``charts.SUBJECTS``.
        subject: What is drawn.
        native: By the name of a chart, how PowerPoint draws it.
        without: Charts that the page draws already.
    """
    for name, chart in charts.about(kind).items():
        if name in without:
            continue
        plot = native[name](subject) if name in native else None
        title = chart.title(subject)
        if plot is not None:
            yield Slide(title=title, plot=plot)
        else:
            yield _table(title, chart.table(subject))


def _table(title: str, found: pd.DataFrame) -> Slide:
    rows = [[shortened(_cell(cell), ROOM.name) for cell in row] for row in found.values.tolist()]
    columns = [str(column) for column in found.columns]
    shown = rows[:_ROWS]
    if not shown:
        return Slide(title=title, lines=(Line(_("There is nothing to show.")),))
    left = len(rows) - len(shown)
    more = counted(left, "{n} more in the app", "{n} more in the app") if left else ""
    table = Table(
        title=title,
        columns=tuple(columns),
        rows=tuple(map(tuple, shown)),
        widths=(1,) * len(columns),
    )
    return Slide(title=title, table=table, lines=(Line(more),) if more else ())


def _cell(cell: object) -> str:
    return grouped(cell) if isinstance(cell, int) else str(cell)
