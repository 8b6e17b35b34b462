"""The shape of residual risk: one spoke a section, the middle as a line, the range as a band.

Only for the shape: areas mean nothing, and the order of the spokes is the questionnaire's.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.family import SMALL, blank, palette, wrapped
from procurement_risk.framework import Section
from procurement_risk.framework.words import short_title
from procurement_risk.language import _, pgettext
from procurement_risk.language.numbers import decimal
from procurement_risk.language.phrases import listed
from procurement_risk.methods.sections import SectionScore
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import words as profile_words

ABOUT = "result"


def title(result: Result) -> str:
    """Return between which sections residual risk is furthest apart."""
    scored = _scored(result)
    if not scored:
        return _("No section is scored")
    by_risk = sorted(scored, key=lambda pair: pair[1].residual.central)
    (least, low), (most, high) = by_risk[0], by_risk[-1]
    if low.residual.central == high.residual.central:
        even = decimal(low.residual.central)
        return _("The shape of residual risk: {score} all round").format(score=even)
    return _(
        "The shape of residual risk: most in {most} ({high}), least in {least} ({low})"
    ).format(
        most=short_title(most),
        high=decimal(high.residual.central),
        least=short_title(least),
        low=decimal(low.residual.central),
    )


def alt(result: Result) -> str:
    """Return the central residual score and the range of each section as one text."""
    parts = []
    for section, scored in _scored(result):
        central = decimal(scored.residual.central)
        name, ends = short_title(section), profile_words.percent_range(scored.residual)
        parts.append(f"{name} {central}" + ("" if ends == central else f" ({ends})"))
    missing = [short_title(s) for s in _not_scored(result)]
    words = _("Radar of central residual risk, per cent: {sections}.").format(
        sections="; ".join(parts)
    )
    if missing:
        words += " " + _("Not scored: {sections}.").format(sections=listed(missing))
    return words


def table(result: Result) -> pd.DataFrame:
    """Return the residual score of every section at its low end, middle and high end."""
    rows = [
        [
            short_title(section),
            decimal(scored.residual.low),
            decimal(scored.residual.central),
            decimal(scored.residual.high),
        ]
        for section, scored in _scored(result)
    ]
    rows += [[short_title(section), _("not scored"), "", ""] for section in _not_scored(result)]
    ends = [pgettext("end of a range", "Low"), _("Central"), pgettext("end of a range", "High")]
    return pd.DataFrame(rows, columns=[_("Section"), *ends])


def figure(result: Result, dark: bool = False) -> go.Figure:
    """Return the picture. Sections that are not scored have no spoke."""
    colours = palette(dark)
    drawn = blank(dark)
    scored = _scored(result)
    spokes = [wrapped(short_title(section)) for section, __ in scored]
    round_trip = [*spokes, *spokes[:1]]
    low, central, high = (
        [float(getattr(score.residual, end)) for __, score in [*scored, *scored[:1]]]
        for end in ("low", "central", "high")
    )
    drawn.add_scatterpolar(
        r=[*high, *reversed(low)],
        theta=[*round_trip, *reversed(round_trip)],
        mode="lines",
        fill="toself",
        fillcolor=colours.envelope,
        line={"color": colours.accent, "width": 1, "dash": "dot"},
        name=_("Range, best to worst case"),
    )
    drawn.add_scatterpolar(
        r=central,
        theta=round_trip,
        mode="lines+markers",
        line={"color": colours.text, "width": 2},
        marker={"symbol": "square", "size": 8, "color": colours.text},
        name=_("Residual, central"),
    )
    ticks = [band.start for band in result.framework.policy.bands[1:]]
    drawn.update_layout(
        height=370,
        margin={"t": 44, "b": 96, "l": 84, "r": 84},
        legend={"y": 0, "yref": "container", "yanchor": "bottom"},
        polar={
            "bgcolor": "rgba(0,0,0,0)",
            "radialaxis": {
                "range": [0, 100],
                "tickvals": ticks,
                "angle": 90,
                "tickangle": 90,
                "gridcolor": colours.line,
                "griddash": "dot",
                "showline": False,
                "tickfont": {"size": SMALL, "color": colours.text},
            },
            "angularaxis": {
                "direction": "clockwise",
                "rotation": 90,
                "gridcolor": colours.shade,
                "linecolor": colours.line,
                "tickfont": {"size": SMALL, "color": colours.text},
            },
        },
    )
    return drawn


def _scored(result: Result) -> list[tuple[Section, SectionScore]]:
    pairs = ((s, result.sections.get(s.id)) for s in result.framework.sections)
    return [(section, scored) for section, scored in pairs if scored is not None]


def _not_scored(result: Result) -> list[Section]:
    sections = result.sections
    return [s for s in result.framework.sections if s.id in sections and sections[s.id] is None]
