"""Committed value against residual risk: what is dear, and what is risky, in one picture.

The value axis is logarithmic; what commits nothing or has no known value stands left of it. A
shape says what is recommended; a filled mark is decided, a hollow one is not. ``value_bands``
counts purchases where there are many.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import ON_TOP, SMALL, Gathered, blank, literal, tabulated
from procurement_risk.charts.palettes import Palette, badness, palette
from procurement_risk.framework import words
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped, shown
from procurement_risk.language.text import shorten
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.totals import by_value, decision_of
from procurement_risk.profile.looks import decision_look

ABOUT = "portfolio"
MOST = 200
MOST_NAMES = 8
HEIGHT = 520
LEAST = 3.0  # the axis begins at £1,000; less stands at its edge
NOTHING, UNKNOWN = 2.3, 1.6  # where what has no place on a logarithmic axis stands
LETTER, MARK, LINE = 0.062, 0.06, 4.8  # what a letter, half a mark and a line take of the axes

RAISED = "raised"
"""Escalated by a flag, though its worst section is in one of the better bands."""
KINDS = ("do_not_proceed", "escalate", RAISED, "conditions", "proceed", "not_ready")
FLAG = "triangle-right"


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
    """Return value and worst section of each purchase."""
    parts = [
        f"{item.purchase.title}: {portfolio_words.value_words(item)}, "
        f"{portfolio_words.worst_words(item)}"
        for item in _placed(items)
    ]
    return _("Committed value against the worst decisive section. {purchases}.").format(
        purchases="; ".join(parts) or _("nothing to show")
    )


def table(items: Sequence[PortfolioItem]) -> pd.DataFrame:
    """Return each purchase with its value in pounds, its worst section and what is recommended."""
    placed = [(item, figure) for item in _placed(items) if (figure := item.worst_figure())]
    return tabulated(
        placed,
        (_("Purchase"), lambda row: row[0].purchase.title),
        (_("Committed, £"), lambda row: portfolio_words.pounds_cell(row[0])),
        (_("Worst section"), lambda row: portfolio_words.section_title(*row)),
        (_("Residual, %"), lambda row: shown(row[1].central)),
        (_("Band"), lambda row: portfolio_words.band_words(*row)),
        (_("Recommendation"), lambda row: kind_words(kind_of(row[0]))),
        (_("Decided"), lambda row: _("yes") if row[0].decided else _("no")),
    )


def kind_of(item: PortfolioItem) -> str:
    """Return what is recommended, with what a flag raised apart."""
    decision = decision_of(item)
    is_raised = decision == "escalate" and item.flags and not _is_high(item)
    return RAISED if is_raised else decision


def kind_words(kind: str) -> str:
    """Return the words for ``kind_of``."""
    if kind == RAISED:
        return _("{decision}, raised by a flag").format(decision=words.decision("escalate"))
    return portfolio_words.decision_label(kind)


def figure(items: Sequence[PortfolioItem], dark: bool = False) -> go.Figure:
    """Return the picture. Each mark carries the id of its purchase, for whoever clicks it."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    placed = _placed(items)
    _add_bands(around, placed, colours)
    for kind in KINDS:
        mine = [item for item in placed if kind_of(item) == kind]
        if mine:
            _add_marks(drawn, mine, kind, colours)
    last = max([7.0, *map(_x, placed)])
    _add_names(around, placed, last)
    ticks = [float(power) for power in range(3, int(last) + 2)]
    drawn.update_layout(
        **around.layout(),
        height=HEIGHT,
        margin={"t": 84, "b": 62, "l": 44, "r": 12},
        legend=ON_TOP,
        clickmode="event+select",
        hovermode="closest",
        xaxis={
            "range": [1.2, last + 0.5],
            "tickvals": [UNKNOWN, NOTHING, *ticks],
            "ticktext": ["?", "£0", *map(_short, ticks)],
            "showgrid": True,
            "title": {
                "text": _("Committed value. Filled: decided. Hollow: not decided yet."),
                "font": {"size": SMALL},
            },
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
    """Return the purchases that have a mark, the dearest first."""
    return sorted((item for item in items if item.worst_figure()), key=by_value)


def _x(item: PortfolioItem) -> float:
    if item.committed is None:
        return UNKNOWN
    return max(log10(item.committed), LEAST) if item.committed else NOTHING


def _y(item: PortfolioItem) -> float:
    figure = item.worst_figure()
    return float(figure.central) if figure else 0.0


def _is_high(item: PortfolioItem) -> bool:
    figure = item.worst_figure()
    return figure is not None and 2 * badness(item.framework.policy, figure.band_central) > 1


def _add_marks(
    drawn: go.Figure, items: Sequence[PortfolioItem], kind: str, colours: Palette
) -> None:
    look = decision_look("escalate" if kind == RAISED else kind)
    shape = FLAG if kind == RAISED else look.shape
    ink = look.mark.dark if colours.is_dark else look.mark.light
    drawn.add_scatter(
        x=[_x(item) for item in items],
        y=[_y(item) for item in items],
        mode="markers",
        customdata=[[item.id] for item in items],
        hovertext=[_hover(item) for item in items],
        hoverinfo="text",
        name=kind_words(kind),
        marker={
            "symbol": shape,
            "size": 13,
            "color": [ink if item.decided else colours.paper for item in items],
            "line": {"width": 2, "color": ink},
        },
        cliponaxis=False,
    )


def _hover(item: PortfolioItem) -> str:
    lines = (
        item.purchase.title,
        portfolio_words.value_words(item),
        portfolio_words.worst_words(item),
    )
    return "<br>".join(map(literal, lines))


def _add_names(around: Gathered, placed: Sequence[PortfolioItem], last: float) -> None:
    """Name the worst, as many as stand clear of each other and of the other marks."""
    taken = [(_y(item), _x(item) - MARK, _x(item) + MARK) for item in placed]
    named = 0
    for item in sorted(placed, key=lambda each: (-_y(each), by_value(each))):
        name = shorten(item.purchase.title, 28)
        width, is_left = LETTER * len(name), _x(item) > (last + 1.2) / 2
        start = _x(item) - width - 2 * MARK if is_left else _x(item) + 2 * MARK
        is_clear = all(
            abs(_y(item) - y) > LINE or start > right or start + width < left
            for y, left, right in taken
        )
        if not is_clear or named == MOST_NAMES:
            continue
        named += 1
        taken.append((_y(item), start, start + width))
        side, shift = ("right", -10) if is_left else ("left", 10)
        around.add_text(_x(item), _y(item), literal(name), xanchor=side, xshift=shift)


def _add_bands(around: Gathered, placed: Sequence[PortfolioItem], colours: Palette) -> None:
    """Name the bands at their cuts, where every purchase has the same ones."""
    cuts = {tuple((b.start, b.label) for b in item.framework.policy.bands) for item in placed}
    if len(cuts) != 1:
        return
    for start, label in cuts.pop():
        if start:
            level = start, start
            around.add_line((0, 1), level, colours.line, dash="dot", xref="paper", layer="below")
        name, at_left = literal(label), {"xref": "paper", "xanchor": "left"}
        around.add_text(0, start, name, SMALL, colour=colours.muted, yanchor="bottom", **at_left)


def behind(items: Sequence[PortfolioItem], mark: Sequence[str]) -> list[PortfolioItem]:
    """Return the purchase behind a mark, which carries its id."""
    return [item for item in items if [item.id] == list(mark)]
