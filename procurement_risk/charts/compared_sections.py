"""Suppliers side by side: each section's residual risk with its range, a row for each supplier.

A supplier has its name above its bar and a mark of its own shape, the same in every section; it
is hollow where open answers can still move it.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import (
    LONGEST_TITLE,
    Gathered,
    add_cuts,
    blank,
    cuts,
    literal,
    name_bands,
    row_heading,
    write,
)
from procurement_risk.charts.palettes import Palette, band_colour, palette
from procurement_risk.comparison import Candidate, Comparison, words
from procurement_risk.framework import Section
from procurement_risk.framework.words import short_title
from procurement_risk.language import _, pgettext
from procurement_risk.language.numbers import decimal
from procurement_risk.language.phrases import listed
from procurement_risk.language.text import shorten
from procurement_risk.profile import words as profile_words

ABOUT = "comparison"
MARKS = ("circle", "square", "diamond", "triangle-up", "cross", "star")
HEADING, ROW, GAP = 26, 40, 14  # pixels
NAME, MARK = 11, 28  # how far below the top of a row its name and its mark stand


def title(comparison: Comparison) -> str:
    """Return each supplier's worst section."""
    parts = [
        _("{name} worst in {section} ({score})").format(
            name=candidate.label,
            section=listed([_name(candidate, each) for each in candidate.worst]),
            score=decimal(candidate.residual[candidate.worst[0]].central),
        )
        for candidate in comparison.candidates
    ]
    return "; ".join(parts)


def _name(candidate: Candidate, section: str) -> str:
    return short_title(candidate.result.framework.section(section))


def alt(comparison: Comparison) -> str:
    """Return every supplier's residual scores as one text."""
    parts = []
    for section in words.scored_sections(comparison):
        scores = [f"{c.label} {_words(c, section)}" for c in comparison.candidates]
        parts.append(f"{short_title(section)}: {', '.join(scores)}")
    return _("Residual risk by section and supplier, from 0 to 100. {sections}.").format(
        sections="; ".join(parts)
    )


def _words(candidate: Candidate, section: Section) -> str:
    scored = candidate.section(section.id)
    return profile_words.section_words(candidate.result, scored)


def table(comparison: Comparison) -> pd.DataFrame:
    """Return one row for each section and supplier, at its low end, middle and high end."""
    rows = []
    for section in words.scored_sections(comparison):
        for candidate in comparison.candidates:
            scored = candidate.section(section.id)
            name = short_title(section)
            if scored is None:
                rows.append([name, candidate.label, _("not scored"), "", "", ""])
                continue
            residual = scored.residual
            ends = [decimal(each) for each in (residual.low, residual.central, residual.high)]
            band = profile_words.band_range(candidate.result.framework, scored.band)
            rows.append([name, candidate.label, *ends, band])
    columns = [
        _("Section"),
        _("Supplier"),
        pgettext("end of a range", "Low"),
        _("Central"),
        pgettext("end of a range", "High"),
        _("Band"),
    ]
    return pd.DataFrame(rows, columns=columns)


def figure(comparison: Comparison, dark: bool = False) -> go.Figure:
    """Return the picture: a block for each section, in it a bar with a mark for each supplier."""
    colours, drawn, around = palette(dark), blank(dark), Gathered()
    candidates = comparison.candidates
    policy = candidates[0].result.framework.policy
    sections = words.scored_sections(comparison)
    block = HEADING + ROW * len(candidates) + GAP
    for place, section in enumerate(sections):
        top = place * block
        note = "" if section.id in comparison.weights else _("outside the order")
        row_heading(around, top + HEADING / 2, short_title(section), note)
        add_cuts(around, policy, top + HEADING, top + block - GAP, colours)
    for place, candidate in enumerate(candidates):
        _add_candidate(drawn, around, candidate, place, sections, block, colours)
    name_bands(around, policy, colours)
    height = block * len(sections)
    drawn.update_layout(
        **around.layout(),
        height=height + 60,
        margin={"t": 30, "b": 30},
        xaxis={"range": [-3, 113], "tickvals": [0, *cuts(policy), 100], "showgrid": False},
        yaxis={"range": [height, 0], "visible": False},
    )
    return drawn


def _add_candidate(
    drawn: go.Figure,
    around: Gathered,
    candidate: Candidate,
    place: int,
    sections: list[Section],
    block: int,
    colours: Palette,
) -> None:
    policy = candidate.result.framework.policy
    bars: tuple[list[float | None], list[float | None]] = ([], [])
    marks: tuple[list[float], list[float]] = ([], [])
    inks, fills = [], []
    for number, section in enumerate(sections):
        top = number * block + HEADING + ROW * place
        y = top + MARK
        write(around, 0, top + NAME, shorten(candidate.label, LONGEST_TITLE), shift=0)
        scored = candidate.section(section.id)
        if scored is None:
            write(around, 2, y, _("not scored"), shift=0)
            continue
        residual = scored.residual
        bars[0].extend([float(residual.low), float(residual.high), None])
        bars[1].extend([y, y, None])
        marks[0].append(float(residual.central))
        marks[1].append(y)
        inks.append(band_colour(policy, scored.band.central, colours))
        is_settled = residual.low == residual.high
        fills.append(inks[-1] if is_settled else colours.paper)
        write(around, 102, y, decimal(residual.central), shift=0)
    line = {"color": colours.text, "width": 4}
    drawn.add_scatter(x=bars[0], y=bars[1], mode="lines", line=line, showlegend=False)
    edge = {"width": 2.5, "color": inks}
    marker = {"symbol": MARKS[place], "size": 13, "line": edge, "color": fills}
    name = literal(candidate.label)
    drawn.add_scatter(
        x=marks[0], y=marks[1], mode="markers", marker=marker, name=name, showlegend=False
    )
