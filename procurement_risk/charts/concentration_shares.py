"""How much hangs on each: by committed value, by count, and by value if the pilots scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import SMALL, Palette, blank, literal, palette
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, pounds, share
from procurement_risk.language.text import shorten
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.concentration import Concentration, Group, Measure

ABOUT = "concentration"
MOST_ROWS = 12
BLOCK_PIXELS = 84
LABELS: Mapping[Measure, str] = {
    "committed": N_("By committed value"),
    "count": N_("By number of purchases"),
    "scaled": N_("By value if the pilots scale"),
}
PLACES: Mapping[Measure, float] = {"committed": 0.46, "count": 0.66, "scaled": 0.86}


def title(found: Concentration) -> str:
    """Return what most purchases hang on, and what has the largest share of committed value."""
    shared, largest = portfolio_words.most_shared(found), found.largest("committed")
    parts = []
    if shared is not None:
        purchases = portfolio_words.purchases_of(shared, found)
        parts.append(_("{name} in {purchases}").format(name=shared.name, purchases=purchases))
    if largest is not None:
        words = _("{name} with the largest share of committed value, {share}")
        part = share(found.share(largest, "committed"))
        parts.append(words.format(name=largest.name, share=part))
    words = "; ".join(parts) or _("nothing is shared")
    return f"{_kind(found)}: {words}"


def alt(found: Concentration) -> str:
    """Return the shares of every group that is drawn, as one text."""
    parts = [
        f"{group.name}: {portfolio_words.group_words(found, group)}" for group in _drawn(found)
    ]
    if (left := len(found.groups) - len(parts)) > 0:
        parts.append(counted(left, "{n} more in the table", "{n} more in the table"))
    return _("Shares, by {kind}. {groups}.").format(
        kind=_kind(found), groups="; ".join(parts) or _("nothing to show")
    )


def table(found: Concentration) -> pd.DataFrame:
    """Return every group with its sums and shares."""
    rows = [
        [
            group.name,
            grouped(len(group.items)),
            share(found.share(group, "count")),
            pounds(group.weights["committed"]),
            share(found.share(group, "committed")),
            pounds(group.weights["scaled"]),
            share(found.share(group, "scaled")),
        ]
        for group in found.groups
    ]
    columns = [
        _kind(found),
        _("Purchases"),
        _("Share of purchases"),
        _("Committed"),
        _("Share of committed value"),
        _("If the pilots scale"),
        _("Share if they scale"),
    ]
    return pd.DataFrame(rows, columns=columns)


def figure(found: Concentration, dark: bool = False) -> go.Figure:
    """Return the picture: three bars a group, each with its share, and the group's key."""
    colours = palette(dark)
    drawn = blank(dark)
    groups = _drawn(found)
    for row, group in enumerate(groups):
        drawn.add_annotation(
            x=0,
            y=row + 0.2,
            text=f"<b>{literal(shorten(group.name, 44))}</b>",
            showarrow=False,
            xanchor="left",
            xshift=-4,
        )
    for measure in LABELS:
        _add_bars(drawn, found, groups, measure, colours)
    drawn.update_layout(
        height=110 + BLOCK_PIXELS * max(len(groups), 1),
        barmode="overlay",
        margin={"t": 4, "b": 100},
        clickmode="event+select",
        hovermode="closest",
        legend={"y": 0, "yref": "container", "yanchor": "bottom", "orientation": "v"},
        xaxis={"range": [0, 118], "tickvals": [0, 25, 50, 75, 100], "ticksuffix": " %"},
        yaxis={"range": [max(len(groups), 1), 0], "visible": False},
    )
    return drawn


def _add_bars(
    drawn: go.Figure,
    found: Concentration,
    groups: Sequence[Group],
    measure: Measure,
    colours: Palette,
) -> None:
    shares = [found.share(group, measure) or Fraction(0) for group in groups]
    drawn.add_bar(
        x=[float(100 * part) for part in shares],
        y=[row + PLACES[measure] for row in range(len(groups))],
        width=0.17,
        orientation="h",
        name=_(LABELS[measure]),
        customdata=[[group.key] for group in groups],
        hoverinfo="none",
        marker=_marker(measure, colours),
        text=[share(found.share(group, measure)) for group in groups],
        textposition="outside",
        constraintext="none",
        textfont={"size": SMALL, "color": colours.text},
        cliponaxis=False,
    )


def _marker(measure: Measure, colours: Palette) -> dict[str, Any]:
    """Return a look that tells the measures apart without colour: full, hatched, empty."""
    line = {"color": colours.text, "width": 1}
    if measure == "committed":
        return {"color": colours.ramp[0], "line": line}
    if measure == "scaled":
        return {"color": "rgba(0, 0, 0, 0)", "line": line}
    pattern = {"shape": "/", "fgcolor": colours.text, "size": 6, "solidity": 0.25}
    return {"color": colours.ramp[3], "line": line, "pattern": pattern}


def _drawn(found: Concentration) -> tuple[Group, ...]:
    """Return the groups with the greatest shares by any measure, in the order of the table."""
    ranked = sorted(
        found.groups,
        key=lambda group: max(found.share(group, m) or Fraction(0) for m in LABELS),
        reverse=True,
    )
    kept = {group.key for group in ranked[:MOST_ROWS]}
    return tuple(group for group in found.groups if group.key in kept)


def _kind(found: Concentration) -> str:
    return portfolio_words.kind_label(found.kind)
