"""The sections of several purchases from one supplier, a block each, in no order of risk.

Every row says its score and band in words above a line from the best way the open answers could
come out to the worst.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import SIZE, SMALL, band_colour, blank, literal, palette
from procurement_risk.framework import Section
from procurement_risk.framework.words import short_title
from procurement_risk.language import _, pgettext
from procurement_risk.language.numbers import decimal
from procurement_risk.language.phrases import counted
from procurement_risk.methods.sections import SectionScore
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import words as profile_words

ABOUT = "supplier"
ROW, HEADING, GAP = 40, 34, 18  # pixels
LONGEST_HEADING = 46  # characters that fit a phone


@dataclass(frozen=True, slots=True)
class Block:
    """One purchase: what it is called, and what was found."""

    name: str
    result: Result


def title(blocks: Sequence[Block]) -> str:
    """Return what the picture shows."""
    return counted(
        len(blocks),
        "Residual risk of each section and its range, for {n} purchase",
        "Residual risk of each section and its range, for {n} purchases, each by itself",
    )


def alt(blocks: Sequence[Block]) -> str:
    """Return every section's residual score and band, purchase by purchase."""
    told = []
    for block in blocks:
        parts = [
            f"{short_title(section)} {profile_words.section_words(block.result, scored)}"
            for section, scored in _sections(block.result)
        ]
        told.append(f"{block.name}: {'; '.join(parts)}.")
    return " ".join([_("Residual risk from 0 to 100 per cent."), *told])


def table(blocks: Sequence[Block]) -> pd.DataFrame:
    """Return one row for each section of each purchase: its residual risk, and its band."""
    rows = []
    for block in blocks:
        for section, scored in _sections(block.result):
            name = short_title(section)
            if scored is None:
                rows.append([block.name, name, "", "", "", _("not scored"), ""])
                continue
            ends = scored.residual
            numbers = [decimal(each) for each in (ends.low, ends.central, ends.high)]
            band = profile_words.band_range(block.result.framework, scored.band)
            rows.append([block.name, name, *numbers, band, decimal(100 * scored.complete)])
    columns = [
        _("Purchase"),
        _("Section"),
        pgettext("end of a range", "Low"),
        _("Central"),
        pgettext("end of a range", "High"),
        _("Band"),
        _("Answered, %"),
    ]
    return pd.DataFrame(rows, columns=columns)


def figure(blocks: Sequence[Block], dark: bool = False) -> go.Figure:
    """Return the picture; heights are counted in pixels from the top."""
    drawn = blank(dark)
    y = 0.0
    for block in blocks:
        y = _add_block(drawn, block, y, dark)
    cuts = {tuple(b.start for b in block.result.framework.policy.bands[1:]) for block in blocks}
    ticks = [0, *cuts.pop(), 100] if len(cuts) == 1 else [0, 100]
    drawn.update_layout(
        height=y + 40,
        margin={"t": 4, "b": 36},
        showlegend=False,
        xaxis={"range": [-2, 102], "tickvals": ticks, "showgrid": False},
        yaxis={"range": [y, 0], "visible": False},
    )
    return drawn


def _add_block(drawn: go.Figure, block: Block, top: float, dark: bool) -> float:
    """Draw one purchase from ``top`` on, and return where it ends."""
    name = block.name
    if len(name) > LONGEST_HEADING:
        name = f"{name[: LONGEST_HEADING - 1]}…"
    _write(drawn, top + HEADING / 2, f"<b>{literal(name)}</b>", SIZE)
    y = top + HEADING
    for section, scored in _sections(block.result):
        words = profile_words.section_words(block.result, scored)
        _write(drawn, y + 10, literal(f"{short_title(section)}  {words}"), SMALL)
        if scored is not None:
            _add_row(drawn, block.result, scored, y + 27, dark)
        y += ROW
    return y + GAP


def _add_row(drawn: go.Figure, result: Result, scored: SectionScore, y: float, dark: bool) -> None:
    colours, policy = palette(dark), result.framework.policy
    drawn.add_shape(
        type="rect", x0=0, x1=100, y0=y - 8, y1=y + 8, fillcolor=colours.shade, line_width=0
    )
    for band in policy.bands[1:]:
        line = {"color": colours.line, "width": 1, "dash": "dot"}
        drawn.add_shape(type="line", x0=band.start, x1=band.start, y0=y - 8, y1=y + 8, line=line)
    ends = scored.residual
    drawn.add_scatter(
        x=[float(ends.low), float(ends.high)],
        y=[y, y],
        mode="lines",
        line={"color": colours.text, "width": 4},
    )
    marker = {
        "symbol": "square",
        "size": 13,
        "color": band_colour(policy, scored.band.central, colours),
        "line": {"width": 1.5, "color": colours.text},
    }
    drawn.add_scatter(x=[float(ends.central)], y=[y], mode="markers", marker=marker)


def _write(drawn: go.Figure, y: float, text: str, size: int) -> None:
    drawn.add_annotation(
        x=0,
        y=y,
        text=text,
        font={"size": size},
        showarrow=False,
        xanchor="left",
        yanchor="middle",
        align="left",
        xshift=-4,
    )


def _sections(result: Result) -> list[tuple[Section, SectionScore | None]]:
    scored = result.sections
    return [(s, scored[s.id]) for s in result.framework.sections if s.id in scored]
