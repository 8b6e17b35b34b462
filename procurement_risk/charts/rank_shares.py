"""How often each supplier comes first, second and so on, near our weights and over all weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import (
    INSIDE,
    ON_TOP,
    SIZE,
    SMALL,
    Gathered,
    blank,
    row_heading,
    write,
)
from procurement_risk.charts.palettes import Palette, palette
from procurement_risk.comparison import Comparison, firmness_words, words
from procurement_risk.language import N_, _

ABOUT = "comparison"
GROUPS = {"near": N_("Weights within {near} of ours"), "any": N_("All weights")}
PLACES = (N_("1st"), N_("2nd"), N_("3rd"), N_("4th"), N_("5th"), N_("6th"))
GROUP, ROW = 30, 60  # pixels
WIDE_ENOUGH = 0.16  # the share that "1st 86 %" needs, on a phone


def title(comparison: Comparison) -> str:
    """Return how firm the order is."""
    return firmness_words.verdict(comparison.firmness).rstrip(".")


def alt(comparison: Comparison) -> str:
    """Return how often each supplier comes first as one text."""
    parts = []
    for group, rows in _groups(comparison):
        firsts = [f"{name} {words.about(shares[0])}" for name, shares in rows]
        parts.append(f"{_over(group)}: {', '.join(firsts)}")
    return _("How often each supplier comes first. {shares}.").format(shares="; ".join(parts))


def table(comparison: Comparison) -> pd.DataFrame:
    """Return the share of each rank, in per cent, a row for each supplier and set of weights."""
    number = len(comparison.candidates)
    rows = [
        [_over(group), name, *(words.share_percent(share) for share in shares)]
        for group, found in _groups(comparison)
        for name, shares in found
    ]
    ranks = [_("{rank}, %").format(rank=_(place)) for place in PLACES[:number]]
    return pd.DataFrame(rows, columns=[_("Over"), _("Supplier"), *ranks])


def _over(group: str) -> str:
    return _(GROUPS[group]).format(near=_(words.NEAR))


def _groups(comparison: Comparison) -> Iterator[tuple[str, list[tuple[str, tuple[float, ...]]]]]:
    firmness = comparison.firmness
    for group, found in (("near", firmness.near), ("any", firmness.any)):
        yield group, list(zip(firmness.labels, found.ranks, strict=True))


def figure(comparison: Comparison, dark: bool = False) -> go.Figure:
    """Return the picture: a stacked bar for each supplier, twice."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    number = len(comparison.candidates)
    bars: list[tuple[float, tuple[float, ...]]] = []
    top = 0
    for group, rows in _groups(comparison):
        write(around, 0, top + GROUP / 2, _over(group), SIZE)
        top += GROUP
        for name, shares in rows:
            first = _("1st in {share}").format(share=words.about(shares[0]))
            row_heading(around, top + 14, name, first)
            bars.append((top + 40, shares))
            top += ROW
    for rank in range(number):
        _add_rank(drawn, bars, rank, number, colours)
    drawn.update_layout(
        **around.layout(),
        height=top + 60,
        barmode="stack",
        bargap=0,
        margin={"t": 46, "b": 8},
        legend={**ON_TOP, "traceorder": "normal"},
        xaxis={"range": [0, 1], "visible": False},
        yaxis={"range": [top, 0], "visible": False},
    )
    return drawn


def _add_rank(
    drawn: go.Figure,
    bars: list[tuple[float, tuple[float, ...]]],
    rank: int,
    number: int,
    colours: Palette,
) -> None:
    last = len(colours.ramp) - 1
    shade = round(rank * last / max(number - 1, 1))
    place = _(PLACES[rank])
    marker: dict[str, Any] = {
        "color": colours.ramp[shade],
        "line": {"color": colours.line, "width": 1},
    }
    if rank and shade == round((rank - 1) * last / (number - 1)):
        # Six ranks, five shades: the later of two that share one is hatched.
        marker["pattern"] = {
            "shape": "/",
            "fillmode": "overlay",
            "fgcolor": colours.line,
            "solidity": 0.15,
        }
    drawn.add_bar(
        y=[y for y, __ in bars],
        x=[shares[rank] for __, shares in bars],
        width=24,
        orientation="h",
        name=place,
        marker=marker,
        text=[
            f"{place} {words.about(shares[rank])}" if shares[rank] >= WIDE_ENOUGH else ""
            for __, shares in bars
        ],
        **INSIDE,
        textfont={"size": SMALL, "color": colours.on_ramp[shade]},
    )
