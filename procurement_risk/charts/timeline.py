"""What is due within a year, day by day: a lane a kind, a mark a day, names where there is room.

``timeline_months`` counts by month where there are many.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.bar_rows import month_tick
from procurement_risk.charts.family import SIZE, Gathered, blank, literal, tabulated
from procurement_risk.charts.palettes import Palette, palette
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import shorten
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.ahead import KINDS, Ahead, Dated, Kind, ahead

ABOUT = "dated"
MOST = 40
HEADING, LINE = 30, 26  # pixels
LINES = 6  # at most, in one lane; in the last one marks have no names
LETTER, MARK = 8, 14  # days that they take on a phone
YEAR = 372  # days, and a little
NAMES: dict[Kind, str] = {
    "decision": N_("Decisions due"),
    "condition": N_("Conditions due"),
    "break": N_("Break dates"),
    "end": N_("Contracts end or renew"),
}
SHAPES: dict[Kind, str] = {
    "decision": "diamond",
    "condition": "square",
    "break": "triangle-down",
    "end": "x",
}


def title(about: Dated) -> str:
    """Return how much is due within a year, and what comes next."""
    found = ahead(about)
    if not found:
        return _("Nothing with a known day is due within a year")
    return _("{days} within a year, the next on {day}").format(
        days=counted(len(found), "{n} thing is due", "{n} things are due"),
        day=day(found[0].day),
    )


def alt(about: Dated) -> str:
    """Return how many days there are of each kind, and the first of each."""
    found = ahead(about)
    parts = []
    for kind in KINDS:
        mine = [each for each in found if each.kind == kind]
        if mine:
            first = f"{mine[0].item.purchase.title}, {day(mine[0].day)}"
            parts.append(f"{_(NAMES[kind])} {grouped(len(mine))}, {first}")
    return _("Days ahead, by kind, each with its first. {days}.").format(
        days="; ".join(parts) or _("nothing to show")
    )


def table(about: Dated) -> pd.DataFrame:
    """Return every day, the next first."""
    return tabulated(
        ahead(about),
        (_("Day"), lambda each: each.day),
        (_("What"), lambda each: _(NAMES[each.kind])),
        (_("Purchase"), lambda each: each.item.purchase.title),
        (_("Buyer"), lambda each: each.item.purchase.buyer),
        (_("Question"), lambda each: each.question),
        (_("Committed, £"), lambda each: portfolio_words.pounds_cell(each.item)),
    )


def figure(about: Dated, dark: bool = False) -> go.Figure:
    """Return the picture; a mark carries the id of its purchase."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    found = ahead(about)
    top = 0
    for kind in KINDS:
        mine = [each for each in found if each.kind == kind]
        if mine:
            top = _add_lane(drawn, around, mine, about.day, top, colours)
    ticks = _month_starts(about.day)
    drawn.update_layout(
        **around.layout(),
        height=max(top, LINE) + 56,
        margin={"t": 4, "b": 52},
        hovermode="closest",
        showlegend=False,
        xaxis={
            "range": [-6, YEAR],
            "tickvals": [_days(about.day, each) for each in ticks],
            "ticktext": [month_tick(each, place) for place, each in enumerate(ticks)],
            "tickangle": 0,
            "showgrid": True,
        },
        yaxis={"range": [max(top, LINE), 0], "visible": False},
    )
    return drawn


def _add_lane(
    drawn: go.Figure,
    around: Gathered,
    found: Sequence[Ahead],
    today: str,
    top: int,
    colours: Palette,
) -> int:
    """Draw one kind from ``top`` on, and return where it ends."""
    kind = found[0].kind
    name = f"<b>{literal(_(NAMES[kind]))}</b>  {grouped(len(found))}"
    around.add_text(0, top + HEADING / 2, name, SIZE, xref="paper", xanchor="left")
    ends = [-99] * LINES
    places = []
    for each in found:
        x = _days(today, each.day)
        name = shorten(each.item.purchase.title, 26)
        is_left = x > YEAR / 2
        start = x - LETTER * len(name) if is_left else x
        line = next((n for n, end in enumerate(ends[:-1]) if end < start), LINES - 1)
        has_room = line < LINES - 1
        y = top + HEADING + LINE * line + LINE / 2
        places.append((x, y))
        ends[line] = x + MARK
        if has_room:
            ends[line] = x + MARK if is_left else x + LETTER * len(name) + MARK
            side, shift = ("right", -9) if is_left else ("left", 9)
            around.add_text(x, y, literal(name), xanchor=side, xshift=shift)
    drawn.add_scatter(
        x=[x for x, _y in places],
        y=[y for _x, y in places],
        mode="markers",
        customdata=[[each.item.id, each.day] for each in found],
        hovertext=[f"{literal(each.item.purchase.title)}<br>{day(each.day)}" for each in found],
        hoverinfo="text",
        marker={
            "symbol": SHAPES[kind],
            "size": 12,
            "color": colours.accent,
            "line": {"width": 1, "color": colours.text},
        },
        cliponaxis=False,
    )
    lines = 1 + max(round((y - top - HEADING - LINE / 2) / LINE) for _x, y in places)
    end = top + HEADING + LINE * lines + 6
    # The line of today stands beside the marks, not through the heading over them.
    around.add_line((0, 0), (top + HEADING, end), colours.text, layer="below")
    return end


def _days(today: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(today)).days


def _month_starts(today: str) -> list[str]:
    """Return the first days of the months that begin within a year of ``today``."""
    found: list[str] = []
    at = date.fromisoformat(today).replace(day=1)
    while len(found) < 12:
        at = (at + timedelta(days=32)).replace(day=1)
        found.append(at.isoformat())
    return found
