"""Exposure month by month: purchases, committed pounds, and how many have a stop that fired.

Three rows of bars from zero, one above the other; the first, the highest and the last of each row
say their figure, and every figure stands in the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts.bar_rows import Row, drawn, month_tick
from procurement_risk.charts.family import literal, tabulated
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import about_pounds, day, month
from procurement_risk.portfolio.months import Exposure

ABOUT = "months"


class Measure(NamedTuple):
    """One row of bars: what it is called, and its figure in numbers and in words."""

    name: str
    of: Callable[[Exposure], int]
    words: Callable[[int], str]


MEASURES = (
    Measure(N_("Purchases"), lambda each: each.purchases, grouped),
    Measure(N_("Committed, £"), lambda each: each.committed, about_pounds),
    Measure(N_("With a stop that has fired"), lambda each: each.stopped, grouped),
)


def title(months: Sequence[Exposure]) -> str:
    """Return what purchases, pounds and stops were first, and are now."""
    if not months:
        return _("Nothing is on file yet")
    first, last = months[0], months[-1]
    if first is last:
        words = _("Now {purchases} purchases, {pounds} committed, {stopped} with a stop")
    elif first.purchases == last.purchases and first.committed == last.committed:
        words = _(
            "{purchases} purchases and {pounds}, as before; {before} to {stopped} with a stop"
        )
    else:
        words = _("{pounds} committed now, {was} at the end of {month}; {stopped} with a stop")
    return words.format(
        purchases=grouped(last.purchases),
        pounds=about_pounds(last.committed),
        was=about_pounds(first.committed),
        month=month(first.day),
        before=grouped(first.stopped),
        stopped=grouped(last.stopped),
    )


def alt(months: Sequence[Exposure]) -> str:
    """Return the figures of the first month and of now."""
    parts = [
        _("{when}: {purchases} purchases, {pounds} committed, {stopped} with a stop").format(
            when=_when(each),
            purchases=grouped(each.purchases),
            pounds=about_pounds(each.committed),
            stopped=grouped(each.stopped),
        )
        for each in dict.fromkeys((*months[:1], *months[-1:]))
    ]
    return _("Purchases, committed pounds and stops at the end of each month. {figures}.").format(
        figures="; ".join(parts) or _("nothing to show")
    )


def table(months: Sequence[Exposure]) -> pd.DataFrame:
    """Return every figure of every month, as whole numbers."""
    return tabulated(
        months,
        (_("At the end of"), _when),
        (_("Purchases"), lambda each: each.purchases),
        (_("Committed, £"), lambda each: each.committed),
        (_("Purchases without a known value"), lambda each: each.without_value),
        (_("With a stop that has fired"), lambda each: each.stopped),
        (_("Committed with a stop, £"), lambda each: each.stopped_pounds),
        (_("Assessments not known any more"), lambda each: each.unknown),
    )


def figure(months: Sequence[Exposure], dark: bool = False) -> go.Figure:
    """Return the picture: a row of bars for each measure."""
    rows = [Row(_(each.name), list(map(each.of, months)), each.words) for each in MEASURES]
    ticks = [
        literal(_("now")) if each.is_now else month_tick(each.day, place)
        for place, each in enumerate(months)
    ]
    return drawn(rows, ticks, len(months) - 1, "ends", dark=dark)


def _when(each: Exposure) -> str:
    return _("today, {day}").format(day=day(each.day)) if each.is_now else month(each.day)
