"""How strong the evidence is: each section's weight by evidence grade, and what is open."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts import grade_bars
from procurement_risk.charts.family import Gathered, blank, row_heading, stack
from procurement_risk.charts.palettes import palette
from procurement_risk.framework import Section
from procurement_risk.framework.words import short_title
from procurement_risk.language import _
from procurement_risk.language.numbers import decimal
from procurement_risk.language.phrases import percent
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile.evidence import (
    OPEN,
    STRONGEST_FIRST,
    all_weights_by_grade,
    weights_by_grade,
)

ABOUT = "result"
BLOCK_PIXELS = 62


def title(result: Result) -> str:
    """Return how much of all weight is well supported, and how much is open."""
    weights = all_weights_by_grade(result)
    total = sum(weights.values())
    if not total:
        return _("No section is scored, so there is no evidence to show")
    strong = decimal(Fraction(100 * (weights["E3"] + weights["E4"]), total))
    still_open = decimal(Fraction(100 * weights[OPEN], total))
    return _(
        "Independent or checked evidence (E3, E4) carries {strong} of the weight; {open} is open"
    ).format(strong=percent(strong), open=percent(still_open))


def alt(result: Result) -> str:
    """Return every section's shares as one text, leaving out what is nought."""
    parts = []
    for section, shares in _shares(result):
        words = [f"{grade_bars.short(g)} {decimal(share)}" for g, share in shares.items() if share]
        parts.append(f"{short_title(section)}: {', '.join(words) or _('not scored')}")
    return _("Share of weight by evidence grade, per cent. {sections}.").format(
        sections="; ".join(parts)
    )


def table(result: Result) -> pd.DataFrame:
    """Return each section's shares of weight, strongest evidence first, in per cent."""
    rows = []
    for section, shares in _shares(result):
        numbers = [decimal(shares[g]) if shares else _("not scored") for g in STRONGEST_FIRST]
        rows.append([short_title(section), *numbers])
    columns = [_("Section"), *(f"{grade_bars.label(g)}, %" for g in STRONGEST_FIRST)]
    return pd.DataFrame(rows, columns=columns)


def figure(result: Result, dark: bool = False) -> go.Figure:
    """Return the picture: a stacked bar a section, under its heading."""
    colours = palette(dark)
    drawn, around = blank(dark), Gathered()
    rows = _shares(result)
    tops, bottom = stack([bool(shares) for __, shares in rows])
    for row, (section, shares) in zip(tops, rows, strict=True):
        row_heading(around, row + 0.22, short_title(section), _answered(shares))
    scored = [(row + 0.67, shares) for row, (__, shares) in zip(tops, rows, strict=True) if shares]
    grade_bars.add(drawn, around, scored, colours)
    drawn.update_layout(
        height=150 + BLOCK_PIXELS * bottom,
        margin={"t": 142, "b": 4},
        yaxis={"range": [bottom, 0], "visible": False},
    )
    return drawn


def _answered(shares: Mapping[str, Fraction]) -> str:
    if not shares:
        return _("not scored")
    return _("{share} answered").format(share=percent(decimal(100 - shares[OPEN])))


def _shares(result: Result) -> list[tuple[Section, dict[str, Fraction]]]:
    """Return each section with its shares by grade, per cent; empty where it is not scored."""
    found = []
    for section in result.framework.sections:
        if section.id not in result.sections:
            continue
        scored = result.sections[section.id]
        weights = weights_by_grade(result, scored) if scored else {}
        total = sum(weights.values())
        grades = STRONGEST_FIRST if weights else ()
        found.append((section, {g: Fraction(100 * weights[g], total) for g in grades}))
    return found
