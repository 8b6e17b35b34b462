"""Exposure month by month: purchases, committed pounds, and how many have a stop that fired.

Three rows of bars from zero, one above the other; the first, the highest and the last of each row
say their figure, and every figure stands in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import SIZE, SMALL, Palette, blank, literal, palette
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import about_pounds, day, month, short_month
from procurement_risk.portfolio.months import Exposure

ABOUT = "months"
ROW, HEADING = 118, 30  # pixels
LEAST_BARS = 6  # so many would fit where there are fewer


class Measure(NamedTuple):
    """One row of bars: what it is called, and its figure in numbers and in words."""

    name: str
    of: Callable[[Exposure], int]
    words: Callable[[int], str]


MEASURES = (
    Measure(N_("Purchases"), lambda each: each.purchases, grouped),
    Measure(N_("Committed, £"), lambda each: each.committed, about_pounds),
    Measure(N_("With a stop that has fired"), lambda each: each.stopped, grouped),
)


def title(months: Sequence[Exposure]) -> str:
    """Return what purchases, pounds and stops were first, and are now."""
    if not months:
        return _("Nothing is on file yet")
    first, last = months[0], months[-1]
    if first is last:
        words = _("Now {purchases} purchases, {pounds} committed, {stopped} with a stop")
    elif first.purchases == last.purchases and first.committed == last.committed:
        words = _(
            "{purchases} purchases and {pounds}, as before; {before} to {stopped} with a stop"
        )
    else:
        words = _("{pounds} committed now, {was} at the end of {month}; {stopped} with a stop")
    return words.format(
        purchases=grouped(last.purchases),
        pounds=about_pounds(last.committed),
        was=about_pounds(first.committed),
        month=month(first.day),
        before=grouped(first.stopped),
        stopped=grouped(last.stopped),
    )


def alt(months: Sequence[Exposure]) -> str:
    """Return the figures of the first month and of now."""
    parts = [
        _("{when}: {purchases} purchases, {pounds} committed, {stopped} with a stop").format(
            when=_when(each),
            purchases=grouped(each.purchases),
            pounds=about_pounds(each.committed),
            stopped=grouped(each.stopped),
        )
        for each in dict.fromkeys((*months[:1], *months[-1:]))
    ]
    return _("Purchases, committed pounds and stops at the end of each month. {figures}.").format(
        figures="; ".join(parts) or _("nothing to show")
    )


def table(months: Sequence[Exposure]) -> pd.DataFrame:
    """Return every figure of every month, as whole numbers."""
    rows = [
        [
            _when(each),
            each.purchases,
            each.committed,
            each.without_value,
            each.stopped,
            each.stopped_pounds,
            each.unknown,
        ]
        for each in months
    ]
    columns = [
        _("At the end of"),
        _("Purchases"),
        _("Committed, £"),
        _("Purchases without a known value"),
        _("With a stop that has fired"),
        _("Committed with a stop, £"),
        _("Assessments not known any more"),
    ]
    return pd.DataFrame(rows, columns=columns)


def figure(months: Sequence[Exposure], dark: bool = False) -> go.Figure:
    """Return the picture: a row of bars for each measure."""
    colours, drawn = palette(dark), blank(dark)
    bottom = ROW * len(MEASURES)
    for row, measure in enumerate(MEASURES):
        _add_row(drawn, months, measure, row * ROW, colours)
    drawn.update_layout(
        height=bottom + 64,
        margin={"t": 4, "b": 60},
        bargap=0.25,
        showlegend=False,
        barmode="overlay",
        xaxis={
            "range": [-0.6, max(len(months), LEAST_BARS) - 0.2],
            "tickvals": list(range(len(months))),
            "ticktext": [_short(each, place) for place, each in enumerate(months)],
            "tickangle": 0,
            "showgrid": False,
        },
        yaxis={"range": [bottom, 0], "visible": False},
    )
    return drawn


def _add_row(
    drawn: go.Figure, months: Sequence[Exposure], measure: Measure, top: int, colours: Palette
) -> None:
    figures = [measure.of(each) for each in months]
    most = max(figures, default=0)
    floor, room = top + ROW - 6, ROW - HEADING - 24
    told = {0, len(figures) - 1, figures.index(most) if figures else 0}
    drawn.add_annotation(
        x=0,
        xref="paper",
        y=top + HEADING / 2,
        text=f"<b>{literal(_(measure.name))}</b>",
        font={"size": SIZE},
        showarrow=False,
        xanchor="left",
    )
    drawn.add_bar(
        x=list(range(len(figures))),
        y=[-room * number / most if most else 0 for number in figures],
        base=floor,
        customdata=[[number] for number in figures],
        marker={
            "color": [colours.accent if each.is_now else colours.ramp[2] for each in months],
            "line": {"color": colours.text, "width": 1},
        },
        text=[measure.words(n) if place in told else "" for place, n in enumerate(figures)],
        textposition="outside",
        textangle=0,
        constraintext="none",
        textfont={"size": SMALL, "color": colours.text},
        cliponaxis=False,
    )
    line = {"color": colours.line, "width": 1}
    drawn.add_shape(type="line", xref="paper", x0=0, x1=1, y0=floor, y1=floor, line=line)


def _when(each: Exposure) -> str:
    return _("today, {day}").format(day=day(each.day)) if each.is_now else month(each.day)


def _short(each: Exposure, place: int) -> str:
    """Return what stands under a bar; the year under the first one and each January."""
    if each.is_now:
        return literal(_("now"))
    name, year = short_month(each.day)
    return f"{literal(name)}<br>{year}" if not place or each.day[5:7] == "01" else literal(name)
