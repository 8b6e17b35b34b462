"""How old the evidence is, and how strong: a bar of the whole for each age, cut by grade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts import grade_bars
from procurement_risk.charts.family import Gathered, blank, row_heading
from procurement_risk.charts.palettes import palette
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import decimal, grouped
from procurement_risk.language.phrases import counted, share
from procurement_risk.portfolio.ahead import Dated
from procurement_risk.portfolio.items import EVIDENCE, PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.profile.evidence import STRONGEST_FIRST

ABOUT = "dated"
ROW_PIXELS = 62
LEAST_ROWS = 3
LEAST = 330  # pixels: the key needs half of it
AGES = {
    3: N_("Under 3 months old"),
    6: N_("3 to 6 months old"),
    12: N_("6 to 12 months old"),
    0: N_("Over a year old"),
}
"""By the months at which an age ends; 0 is without an end."""


def title(about: Dated) -> str:
    """Return how many assessments are older than a year, and how much evidence ran out."""
    found = _ages(about)
    if not found:
        return _("No section is scored, so there is no evidence to show")
    words = _("{n} of {all} assessments are more than a year old; {gone} have evidence run out")
    return words.format(
        n=grouped(len(found.get(0, ()))),
        all=grouped(sum(map(len, found.values()))),
        gone=grouped(sum(_run_out(each, about.day) for each in found.values())),
    )


def alt(about: Dated) -> str:
    """Return the shares of each age, leaving out what is nought."""
    parts = []
    for age, items in _ages(about).items():
        words = [
            f"{grade_bars.short(g)} {decimal(part)}" for g, part in _shares(items).items() if part
        ]
        parts.append(f"{_(AGES[age])}: {', '.join(words)}")
    return _("Share of weight by evidence grade, per cent, by age. {ages}.").format(
        ages="; ".join(parts) or _("nothing to show")
    )


def table(about: Dated) -> pd.DataFrame:
    """Return for each age how many assessments, how many with evidence run out, and the shares."""
    rows = [
        [
            _(AGES[age]),
            len(items),
            _run_out(items, about.day),
            *(decimal(part) for part in _shares(items).values()),
        ]
        for age, items in _ages(about).items()
    ]
    grades = [f"{grade_bars.label(grade)}, %" for grade in STRONGEST_FIRST]
    columns = [_("Age"), _("Assessments"), _("With evidence that has run out"), *grades]
    return pd.DataFrame(rows, columns=columns)


def figure(about: Dated, dark: bool = False) -> go.Figure:
    """Return the picture: a stacked bar an age, under its heading."""
    drawn, around, bars = blank(dark), Gathered(), []
    found = _ages(about)
    for row, (age, items) in enumerate(found.items()):
        shares = _shares(items)
        strong = share((shares["E4"] + shares["E3"]) / 100)
        words = counted(len(items), "{n} assessment", "{n} assessments")
        said = _("{assessments}, {share} in E3 and E4").format(assessments=words, share=strong)
        row_heading(around, row + 0.2, _(AGES[age]), said)
        bars.append((row + 0.66, shares))
    grade_bars.add(drawn, around, bars, palette(dark))
    drawn.update_layout(
        height=max(LEAST, 150 + ROW_PIXELS * len(found)),
        margin={"t": 142, "b": 4},
        yaxis={"range": [max(len(found), LEAST_ROWS), 0], "visible": False},
    )
    return drawn


@once
def _ages(about: Dated) -> dict[int, tuple[PortfolioItem, ...]]:
    """Return the assessments with scored sections by their age, the newest first."""
    found: dict[int, list[PortfolioItem]] = {age: [] for age in AGES}
    for item in about.items:
        if sum(item.evidence):
            months = _months(item.as_of, about.day)
            found[next((age for age in AGES if age and months < age), 0)].append(item)
    return {age: tuple(items) for age, items in found.items() if items}


@lru_cache(maxsize=2_000)
def _months(earlier: str, later: str) -> int:
    """Return how many whole months lie between two days."""
    one, other = date.fromisoformat(earlier), date.fromisoformat(later)
    months = 12 * (other.year - one.year) + other.month - one.month
    return months - (other.day < one.day)


@once
def _shares(items: tuple[PortfolioItem, ...]) -> Mapping[str, Fraction]:
    """Return the share of all weight by grade, per cent, the strongest first and open last."""
    by_grade = zip(*(item.evidence for item in items), strict=True)
    weights = dict(zip(EVIDENCE, map(sum, by_grade), strict=True))
    total = sum(weights.values())
    return {grade: Fraction(100 * weights[grade], total) for grade in STRONGEST_FIRST}


@once
def _run_out(items: tuple[PortfolioItem, ...], day: str) -> int:
    """Return how many have evidence that has run out."""
    return sum(any(each.until < day for each in item.expiries) for item in items)
