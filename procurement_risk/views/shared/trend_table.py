"""How a result changed, split into the effect of the answers and the effect of the method."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pandas as pd
import streamlit as st

from procurement_risk.framework.words import decision
from procurement_risk.language import _
from procurement_risk.language.percent import one_decimal
from procurement_risk.language.text import plain
from procurement_risk.profile.trend import SectionTrend, Shift, Trend
from procurement_risk.views.shared import tables

TOTALS = ("raw", "mitigation", "current", "level")


def draw(found: Trend) -> None:
    """Draw the recommendation before and after, and a row for each section."""
    if found.recommendation is not None:
        before, after = found.recommendation.before, found.recommendation.after
        if before == after:
            words = _("The recommendation stays: **{after}**.")
        else:
            words = _("The recommendation changes from **{before}** to **{after}**.")
        st.markdown(words.format(before=plain(decision(before)), after=plain(decision(after))))
    tables.draw(table(found), _("The change, section by section"))


def table(found: Trend) -> pd.DataFrame:
    """Return a row for each section, and for the totals where points are counted.

    Sections show the central residual score in per cent; points are whole.
    """
    rows = [
        [_total_name(name), *_figures(found.totals[name], _whole), ""]
        for name in TOTALS
        if name in found.totals
    ]
    for section in found.sections:
        rows += _section(section)
    columns = [
        _("Figure"),
        _("Before"),
        _("After"),
        _("Effect of the answers"),
        _("Effect of the method"),
        _("Note"),
    ]
    return pd.DataFrame(rows, columns=columns)


def _total_name(name: str) -> str:
    return {
        "raw": _("Impact points"),
        "mitigation": _("Mitigation points"),
        "current": _("After the reduction"),
        "level": _("Level"),
    }[name]


def _section(section: SectionTrend) -> list[list[str]]:
    rows = []
    residual = section.figures.get("residual")
    if residual is not None:
        rows.append([section.title, *_figures(residual.central, _percent), section.note])
    kinds = {"raw": _("impact"), "mitigation": _("mitigation")}
    for kind, shift in section.points.items():
        name = _("{section}: {kind}").format(section=section.title, kind=kinds[kind])
        rows.append([name, *_figures(shift, _whole), section.note])
    return rows or [[section.title, "", "", "", "", section.note]]


def _figures(shift: Shift, show: Callable[[Fraction | int], str]) -> list[str]:
    def signed(value: Fraction | int | None) -> str:
        if value is None:
            return ""
        sign = "+" if value > 0 else "−" if value < 0 else ""
        return f"{sign}{show(-value if value < 0 else value)}"

    ends = ["" if each is None else show(each) for each in (shift.before, shift.after)]
    return [*ends, signed(shift.by_answers), signed(shift.by_method)]


def _percent(value: Fraction | int) -> str:
    return one_decimal(Fraction(value))


def _whole(value: Fraction | int) -> str:
    return f"{int(value):,}"
