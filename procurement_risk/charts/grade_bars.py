"""Bars of the whole, cut by evidence grade: what the two charts of evidence share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import plotly.graph_objects as go

from procurement_risk.charts.family import INSIDE, ON_TOP, SMALL, Gathered, hatched
from procurement_risk.charts.palettes import EMPTY, Palette
from procurement_risk.framework.words import grade_label
from procurement_risk.language import _
from procurement_risk.profile.evidence import OPEN, STRONGEST_FIRST

ROOM = 9  # per cent beside a bar, for the name of an end that is too narrow for it
WIDE_ENOUGH = 9  # per cent of the width that a grade's name needs, on a phone


def add(
    drawn: go.Figure,
    around: Gathered,
    rows: Sequence[tuple[float, Mapping[str, Fraction]]],
    colours: Palette,
) -> None:
    """Draw a bar for each of ``rows``: where its middle is, and its shares by grade, per cent.

    It gives the picture what is ``around`` the bars, too.
    """
    for place, grade in enumerate(STRONGEST_FIRST):
        _add_grade(drawn, rows, grade, place, colours)
    for y, shares in rows:
        _name_ends(around, y, shares)
    drawn.update_layout(
        **around.layout(),
        barmode="stack",
        bargap=0,
        legend={**ON_TOP, "orientation": "v", "traceorder": "normal"},
        xaxis={"range": [-ROOM, 100 + ROOM], "visible": False},
    )


def label(grade: str) -> str:
    """Return what a grade is called, or what is open."""
    return _("Open, no answer yet") if grade == OPEN else grade_label(grade)


def short(grade: str) -> str:
    """Return the grade's letter and number, or ``open``."""
    return _("open") if grade == OPEN else grade


def _add_grade(
    drawn: go.Figure,
    rows: Sequence[tuple[float, Mapping[str, Fraction]]],
    grade: str,
    place: int,
    colours: Palette,
) -> None:
    is_open = grade == OPEN
    shares = [found[grade] for _y, found in rows]
    marker = {
        "color": EMPTY if is_open else colours.ramp[place],
        "line": {"color": colours.line, "width": 1},
        "pattern": hatched(is_open, colours),
    }
    drawn.add_bar(
        y=[y for y, _found in rows],
        x=[float(share) for share in shares],
        width=0.44,
        orientation="h",
        name=label(grade),
        marker=marker,
        text=["" if is_open or share < WIDE_ENOUGH else grade for share in shares],
        textfont={"size": SMALL, "color": colours.text if is_open else colours.on_ramp[place]},
        **INSIDE,
    )


def _name_ends(around: Gathered, y: float, shares: Mapping[str, Fraction]) -> None:
    """Name the first and the last piece beside the bar where they are too narrow for it."""
    there = [grade for grade in STRONGEST_FIRST if shares[grade]]
    for grade, x, anchor, shift in ((there[0], 0, "right", -4), (there[-1], 100, "left", 4)):
        if shares[grade] < WIDE_ENOUGH:
            around.add_text(x, y, short(grade), xanchor=anchor, xshift=shift)
