"""Each section's claimed, inherent and residual risk, with how far each may still move.

One block of three rows a section, under a heading in words, so that it reads on a phone.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import (
    ON_TOP,
    Gathered,
    add_cuts,
    blank,
    cuts,
    name_bands,
    row_heading,
    stack,
)
from procurement_risk.charts.palettes import Palette, band_colour, palette
from procurement_risk.framework import Section
from procurement_risk.framework.words import short_title
from procurement_risk.language import _, pgettext
from procurement_risk.language.numbers import decimal
from procurement_risk.methods.sections import SectionScore
from procurement_risk.methods.values import Range
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import words as profile_words

ABOUT = "result"
# Order, mark and place below the section's heading are the same in every block.
FIGURES = ("claimed", "inherent", "residual")
MARKS = {"claimed": "circle-open", "inherent": "diamond-open", "residual": "square"}
PLACES = {"claimed": 0.43, "inherent": 0.63, "residual": 0.83}
HEADING = 0.15
BLOCK_PIXELS = 92


def title(result: Result) -> str:
    """Return which section is worst, or that none can be named yet."""
    return profile_words.worst_section_sentence(result)


def alt(result: Result) -> str:
    """Return every section's residual score and band as one text."""
    parts = [
        f"{short_title(section)} {profile_words.section_words(result, scored)}"
        for section, scored in _sections(result)
    ]
    return _(
        "Sections with claimed, inherent and residual risk from 0 to 100 per cent. "
        "Residual: {sections}."
    ).format(sections="; ".join(parts))


def table(result: Result) -> pd.DataFrame:
    """Return one row for each figure of each section, at its low end, middle and high end."""
    rows = []
    for section, scored in _sections(result):
        name = short_title(section)
        if scored is None:
            rows.append([name, _("not scored"), "", "", "", "", ""])
            continue
        for figure in FIGURES:
            ends: Range[Fraction] = getattr(scored, figure)
            numbers = [decimal(end) for end in (ends.low, ends.central, ends.high)]
            band = profile_words.band_range(result.framework, scored.band)
            words = band if figure == "residual" else ""
            label = profile_words.figure_label(figure)
            complete = decimal(100 * scored.complete)
            rows.append([name, label, *numbers, words, complete])
    columns = [
        _("Section"),
        _("Figure"),
        pgettext("end of a range", "Low"),
        _("Central"),
        pgettext("end of a range", "High"),
        _("Band"),
        _("Answered, %"),
    ]
    return pd.DataFrame(rows, columns=columns)


def figure(result: Result, dark: bool = False) -> go.Figure:
    """Return the picture: bars from low to high, a mark at the centre, band cuts as lines."""
    colours = palette(dark)
    drawn, around = blank(dark), Gathered()
    sections = _sections(result)
    tops, bottom = stack([scored is not None for __, scored in sections])
    for row, (section, scored) in zip(tops, sections, strict=True):
        name = short_title(section)
        row_heading(around, row + HEADING, name, profile_words.section_words(result, scored))
        if scored is not None:
            add_cuts(around, result.framework.policy, row + 0.3, row + 0.96, colours)
    _join(drawn, result, colours)
    for name in FIGURES:
        _add_figure(drawn, result, name, colours)
    name_bands(around, result.framework.policy, colours)
    drawn.update_layout(
        **around.layout(),
        height=90 + BLOCK_PIXELS * bottom,
        margin={"t": 62, "b": 28},
        legend=ON_TOP,
        xaxis={
            "range": [-2, 102],
            "tickvals": [0, *cuts(result.framework.policy), 100],
            "showgrid": False,
        },
        yaxis={"range": [bottom, -0.02], "visible": False},
    )
    return drawn


def _sections(result: Result) -> list[tuple[Section, SectionScore | None]]:
    """Return each section with what was found, the worst first, then what is not scored."""
    scored = result.sections
    found = [(s, scored[s.id]) for s in result.framework.sections if s.id in scored]
    return sorted(found, key=lambda pair: -pair[1].residual.central if pair[1] else 1)


def _join(drawn: go.Figure, result: Result, colours: Palette) -> None:
    """Draw a thin line from what was claimed, by what was found, to what remains."""
    x: list[float | None] = []
    y: list[float | None] = []
    sections = _sections(result)
    tops = stack([scored is not None for __, scored in sections])[0]
    for row, (__, scored) in zip(tops, sections, strict=True):
        if scored is not None:
            x += [*(float(getattr(scored, name).central) for name in FIGURES), None]
            y += [*(row + PLACES[name] for name in FIGURES), None]
    line = {"color": colours.muted, "width": 1}
    drawn.add_scatter(x=x, y=y, mode="lines", line=line, showlegend=False, meta="joined")


def _add_figure(drawn: go.Figure, result: Result, name: str, colours: Palette) -> None:
    """Add one figure's bars and marks, over all sections, as two traces under one legend entry."""
    bars: tuple[list[float | None], list[float | None]] = ([], [])
    marks: tuple[list[float], list[float]] = ([], [])
    fills = []
    sections = _sections(result)
    tops = stack([scored is not None for __, scored in sections])[0]
    for row, (__, scored) in zip(tops, sections, strict=True):
        if scored is None:
            continue
        ends: Range[Fraction] = getattr(scored, name)
        y = row + PLACES[name]
        bars[0].extend([float(ends.low), float(ends.high), None])
        bars[1].extend([y, y, None])
        marks[0].append(float(ends.central))
        marks[1].append(y)
        policy = result.framework.policy
        fills.append(band_colour(policy, scored.band.central, colours))
    residual = name == "residual"
    line = {"color": colours.text if residual else colours.line, "width": 4 if residual else 3}
    drawn.add_scatter(x=bars[0], y=bars[1], mode="lines", line=line, showlegend=False)
    marker: dict[str, Any] = {"symbol": MARKS[name], "size": 11, "color": colours.text}
    if residual:
        marker |= {"color": fills, "size": 13, "line": {"width": 1.5, "color": colours.text}}
    else:
        marker["line"] = {"width": 2}
    drawn.add_scatter(x=marks[0], y=marks[1], mode="markers", marker=marker, showlegend=False)
    shown = marker | {"color": colours.text}
    drawn.add_scatter(
        x=[None], y=[None], mode="markers", marker=shown, name=profile_words.figure_label(name)
    )
