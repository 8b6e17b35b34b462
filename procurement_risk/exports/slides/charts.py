"""Every chart of the registry as a slide: drawn by PowerPoint where it can, else as a table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from procurement_risk import charts
from procurement_risk.exports.slides.deck import ROOM, Slide
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import shortened
from procurement_risk.report.page import Line, Plot, Table

Native = Callable[[Any], Plot | None]
ROWS = 12  # of a table in place of a chart


def slides_of(
    kind: str, subject: object, native: Mapping[str, Native], without: Collection[str] = ()
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
    shown = rows[:ROWS]
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
