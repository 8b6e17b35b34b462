"""Rows of bars from zero, a bar a month: what exposure over time and what lies ahead share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from procurement_risk.charts.family import SIZE, SMALL, Gathered, blank, literal
from procurement_risk.charts.palettes import palette
from procurement_risk.language.phrases import short_month

ROW, HEADING = 118, 30  # pixels
LEAST_BARS = 6  # so many would fit where there are fewer


class Row(NamedTuple):
    """One row: what it is called, its figures, and how a figure is said."""

    name: str
    figures: Sequence[int]
    words: Callable[[int], str]


def drawn(
    rows: Sequence[Row], ticks: Sequence[str], strong: int, told: str, *, dark: bool
) -> go.Figure:
    """Return the picture.

    Args:
        rows: The rows, each with a figure for each tick.
        ticks: What stands under the bars, as Plotly takes it.
        strong: The place of the bar that stands out, or -1.
        told: ``ends`` has the first, the highest and the last of a row say its figure, ``all``
            every bar that is not nought.
        dark: Whether for a dark background.
    """
    figure, around, bottom = blank(dark), Gathered(), ROW * len(rows)
    for place, row in enumerate(rows):
        _add_row(figure, around, row, place * ROW, strong, told, dark=dark)
    figure.update_layout(
        **around.layout(),
        height=bottom + 64,
        margin={"t": 4, "b": 60},
        bargap=0.25,
        showlegend=False,
        barmode="overlay",
        xaxis={
            "range": [-0.6, max(len(ticks), LEAST_BARS) - 0.2],
            "tickvals": list(range(len(ticks))),
            "ticktext": list(ticks),
            "tickangle": 0,
            "showgrid": False,
        },
        yaxis={"range": [bottom, 0], "visible": False},
    )
    return figure


def month_tick(day: str, place: int) -> str:
    """Return what stands under a month's bar: its year too under the first and each January."""
    name, year = short_month(day)
    return f"{literal(name)}<br>{year}" if not place or day[5:7] == "01" else literal(name)


def _add_row(
    figure: go.Figure,
    around: Gathered,
    row: Row,
    top: int,
    strong: int,
    told: str,
    *,
    dark: bool,
) -> None:
    colours, figures = palette(dark), row.figures
    most = max(figures, default=0)
    floor, room = top + ROW - 6, ROW - HEADING - 24
    ends = {0, len(figures) - 1, figures.index(most) if figures else 0}
    said = ends if told == "ends" else {place for place, n in enumerate(figures) if n}
    name = f"<b>{literal(row.name)}</b>"
    around.add_text(0, top + HEADING / 2, name, SIZE, xref="paper", xanchor="left")
    places = range(len(figures))
    fills = [colours.accent if place == strong else colours.ramp[2] for place in places]
    figure.add_bar(
        x=list(places),
        y=[-room * number / most if most else 0 for number in figures],
        base=floor,
        customdata=[[number] for number in figures],
        hoverinfo="none",
        marker={"color": fills, "line": {"color": colours.text, "width": 1}},
        text=[row.words(n) if place in said else "" for place, n in enumerate(figures)],
        textposition="outside",
        textangle=0,
        constraintext="none",
        textfont={"size": SMALL, "color": colours.text},
        cliponaxis=False,
    )
    around.add_line((0, 1), (floor, floor), colours.line, xref="paper")
