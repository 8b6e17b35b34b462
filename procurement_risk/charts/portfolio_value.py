"""Committed value against residual risk: what is dear, and what is risky, in one picture.

The value axis is logarithmic; what commits nothing or has no known value stands left of it.
Where there are many, purchases are counted by value and band.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import (
    SMALL,
    Palette,
    band_colour,
    blank,
    literal,
    palette,
)
from procurement_risk.framework import words
from procurement_risk.framework.words import band_label
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.methods.sections import band_rank
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.totals import by_value, decision_of

ABOUT = "portfolio"
MOST_MARKS = 200
MOST_NUMBERS = 40
HEIGHT = 500
LEAST = 3.0  # the axis begins at £1,000; less stands at its edge
NOTHING, UNKNOWN = 2.3, 1.6  # where what has no place on a logarithmic axis stands

# A shape says what is recommended, so that it reads without colour.
SHAPES: Mapping[str, str] = {
    "proceed": "circle",
    "conditions": "square",
    "escalate": "triangle-up",
    "do_not_proceed": "x",
    "not_ready": "circle-open",
}
CLASSES = (
    (UNKNOWN, N_("value not known")),
    (NOTHING, N_("nothing committed")),
    (3.5, N_("under £10,000")),
    (4.5, N_("£10,000 to £100,000")),
    (5.5, N_("£100,000 to £1m")),
    (6.5, N_("£1m to £10m")),
    (7.5, N_("£10m and over")),
)


def title(items: Sequence[PortfolioItem]) -> str:
    """Return how many purchases of high risk commit a million or more."""
    placed = _placed(items)
    if not placed:
        return _("No purchase has a scored section")
    dear = [item for item in placed if (item.committed or 0) >= 1_000_000 and _is_high(item)]
    return ngettext(
        "{n} purchase of £1m or more has its worst section in one of the worse bands",
        "{n} purchases of £1m or more have their worst section in one of the worse bands",
        len(dear),
    ).format(n=grouped(len(dear)))


def alt(items: Sequence[PortfolioItem]) -> str:
    """Return value and worst section of each purchase, or counts where there are many."""
    if len(items) > MOST_MARKS:
        parts = [
            f"{_(name)}, {band}: {grouped(number)}"
            for (name, band), number in _tally(items).items()
        ]
    else:
        parts = [
            f"{item.purchase.title}: {portfolio_words.value_words(item)}, "
            f"{portfolio_words.worst_words(item)}"
            for item in sorted(_placed(items), key=by_value)
        ]
    return _("Committed value against the worst decisive section. {purchases}.").format(
        purchases="; ".join(parts) or _("nothing to show")
    )


def table(items: Sequence[PortfolioItem]) -> pd.DataFrame:
    """Return each purchase with its value and worst section, or counts where there are many."""
    if len(items) > MOST_MARKS:
        rows = [[_(name), band, grouped(number)] for (name, band), number in _tally(items).items()]
        return pd.DataFrame(rows, columns=[_("Value"), _("Band"), _("Purchases")])
    rows = [
        [
            f"{number}",
            item.purchase.title,
            portfolio_words.value_words(item),
            portfolio_words.worst_words(item),
            portfolio_words.decision_words(item),
        ]
        for number, item in numbered(items)
    ]
    columns = [
        _("No."),
        _("Purchase"),
        _("Value"),
        _("Worst section, residual"),
        _("Recommendation"),
    ]
    return pd.DataFrame(rows, columns=columns)


def figure(items: Sequence[PortfolioItem], dark: bool = False) -> go.Figure:
    """Return the picture. Each mark carries the ids of its purchases, for whoever clicks it."""
    colours = palette(dark)
    drawn = blank(dark)
    placed = _placed(items)
    _add_bands(drawn, placed, colours)
    if len(items) > MOST_MARKS:
        _add_counts(drawn, items, colours)
    else:
        for decision in SHAPES:
            mine = [each for each in numbered(items) if decision_of(each[1]) == decision]
            if mine:
                _add_marks(drawn, mine, decision, len(placed) <= MOST_NUMBERS, colours)
                _add_to_legend(drawn, decision, colours)
    last = max([7.0, *(_x(item) for item in placed)])
    ticks = [float(power) for power in range(3, int(last) + 2)]
    drawn.update_layout(
        height=HEIGHT,
        margin={"t": 8, "b": 140, "l": 44, "r": 12},
        legend={"y": 0, "yref": "container", "yanchor": "bottom"},
        clickmode="event+select",
        hovermode="closest",
        xaxis={
            "range": [1.2, last + 0.5],
            "tickvals": [UNKNOWN, NOTHING, *ticks],
            "ticktext": ["?", "£0", *map(_short, ticks)],
            "showgrid": True,
        },
        yaxis={
            "range": [-3, 106],
            "showgrid": False,
            "title": {"text": _("Worst section, residual %"), "font": {"size": SMALL}},
        },
    )
    return drawn


def _short(power: float) -> str:
    number = int(10**power)
    if number >= 10**6:
        return _("£{n}m").format(n=grouped(number // 10**6))
    return _("£{n}k").format(n=number // 1000)


def _placed(items: Sequence[PortfolioItem]) -> list[PortfolioItem]:
    return [item for item in items if item.worst_figure() is not None]


def _x(item: PortfolioItem) -> float:
    if item.committed is None:
        return UNKNOWN
    return max(log10(item.committed), LEAST) if item.committed else NOTHING


def _y(item: PortfolioItem) -> float:
    figure = item.worst_figure()
    return float(figure.central) if figure else 0.0


def _band(item: PortfolioItem) -> str:
    figure = item.worst_figure()
    return figure.band_central if figure else ""


def _is_high(item: PortfolioItem) -> bool:
    policy = item.framework.policy
    return 2 * band_rank(policy, _band(item)) >= len(policy.bands)


def _add_marks(
    drawn: go.Figure,
    items: Sequence[tuple[int, PortfolioItem]],
    decision: str,
    with_numbers: bool,
    colours: Palette,
) -> None:
    drawn.add_scatter(
        x=[_x(item) for _number, item in items],
        y=[_y(item) for _number, item in items],
        mode="markers+text" if with_numbers else "markers",
        text=[f"{number}" for number, _item in items] if with_numbers else None,
        textposition="middle right",
        textfont={"size": SMALL, "color": colours.text},
        customdata=[[item.id] for _number, item in items],
        hoverinfo="none",
        showlegend=False,
        marker={
            "symbol": SHAPES[decision],
            "size": 13,
            "color": [band_colour(i.framework.policy, _band(i), colours) for _n, i in items],
            "line": {"width": 1.5, "color": colours.text},
        },
        cliponaxis=False,
    )


def _add_to_legend(drawn: go.Figure, decision: str, colours: Palette) -> None:
    """Say what a shape means, in no band's colour."""
    drawn.add_scatter(
        x=[None],
        y=[None],
        mode="markers",
        marker={"symbol": SHAPES[decision], "size": 13, "color": colours.text},
        name=words.decision(decision),
    )


def numbered(items: Sequence[PortfolioItem]) -> list[tuple[int, PortfolioItem]]:
    """Return the purchases that have a mark, the dearest first, with the numbers beside them."""
    return list(enumerate(sorted(_placed(items), key=by_value), start=1))


def _add_bands(drawn: go.Figure, placed: Sequence[PortfolioItem], colours: Palette) -> None:
    """Name the bands at their cuts, where every purchase has the same ones."""
    cuts = {tuple((b.start, b.label) for b in item.framework.policy.bands) for item in placed}
    if len(cuts) != 1:
        return
    for start, label in cuts.pop():
        if start:
            drawn.add_shape(
                type="line",
                xref="paper",
                x0=0,
                x1=1,
                y0=start,
                y1=start,
                line={"color": colours.line, "width": 1, "dash": "dot"},
                layer="below",
            )
        drawn.add_annotation(
            xref="paper",
            x=0,
            xanchor="left",
            y=start,
            yanchor="bottom",
            text=literal(label),
            font={"size": SMALL, "color": colours.muted},
            showarrow=False,
        )


# --- Many ---------------------------------------------------------------------------------


def _class_of(item: PortfolioItem) -> tuple[float, str]:
    if item.committed is None:
        return CLASSES[0]
    if item.committed == 0:
        return CLASSES[1]
    digits = len(str(item.committed))  # five of them are £10,000 and over
    return CLASSES[min(max(digits - 2, 2), len(CLASSES) - 1)]


def _tally(items: Sequence[PortfolioItem]) -> dict[tuple[str, str], int]:
    """Return how many purchases there are by class of value and band, the dearest first."""
    found: dict[tuple[float, int, str, str], int] = {}
    for item in _placed(items):
        place, name = _class_of(item)
        rank = band_rank(item.framework.policy, _band(item))
        where = (-place, -rank, name, band_label(item.framework, _band(item)))
        found[where] = found.get(where, 0) + 1
    return {
        (name, band): found[place, rank, name, band] for place, rank, name, band in sorted(found)
    }


def _add_counts(drawn: go.Figure, items: Sequence[PortfolioItem], colours: Palette) -> None:
    """Draw one mark for each class of value and band, as large as the purchases are many."""
    gathered: dict[tuple[float, str], list[PortfolioItem]] = {}
    for item in _placed(items):
        gathered.setdefault((_class_of(item)[0], _band(item)), []).append(item)
    marks: list[dict[str, Any]] = []
    for (place, band), mine in gathered.items():
        policy = mine[0].framework.policy
        rank = band_rank(policy, band)
        ends = [*(each.start for each in policy.bands), 100]
        marks.append(
            {
                "x": place,
                "y": (ends[rank] + ends[rank + 1]) / 2,
                "size": 16 + 34 * (len(mine) / len(items)) ** 0.5,
                "text": grouped(len(mine)),
                "color": band_colour(policy, band, colours),
                "ids": ["class", str(place), band],
            }
        )
    drawn.add_scatter(
        x=[mark["x"] for mark in marks],
        y=[mark["y"] for mark in marks],
        mode="markers+text",
        text=[mark["text"] for mark in marks],
        textposition="middle right",
        textfont={"size": SMALL, "color": colours.text},
        customdata=[mark["ids"] for mark in marks],
        hoverinfo="none",
        showlegend=False,
        marker={
            "size": [mark["size"] for mark in marks],
            "color": [mark["color"] for mark in marks],
            "line": {"width": 1, "color": colours.text},
            "opacity": 0.85,
        },
    )


def behind(items: Sequence[PortfolioItem], mark: Sequence[str]) -> list[PortfolioItem]:
    """Return the purchases behind a mark that carries ``mark``: an id, or a class and a band."""
    if len(mark) == 1:
        return [item for item in items if item.id == mark[0]]
    if len(mark) != 3 or mark[0] != "class":
        return []
    return [
        item
        for item in _placed(items)
        if str(_class_of(item)[0]) == mark[1] and _band(item) == mark[2]
    ]
