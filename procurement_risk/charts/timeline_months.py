"""What is due within a year, counted by month: a row of bars for each kind."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts import timeline
from procurement_risk.charts.bar_rows import Row, drawn, month_tick
from procurement_risk.charts.timeline import NAMES
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import month
from procurement_risk.portfolio.ahead import KINDS, Dated, by_month

ABOUT = "dated"


def title(about: Dated) -> str:
    """Return how much is due within a year, and in which month the most."""
    counts = by_month(about)
    totals = {each: sum(found.values()) for each, found in counts.items()}
    if not any(totals.values()):
        return timeline.title(about)
    most = max(totals, key=lambda each: totals[each])
    words = _("{n} things are due within a year, most in {month}: {most}")
    return words.format(
        n=grouped(sum(totals.values())), month=month(f"{most}-01"), most=grouped(totals[most])
    )


def alt(about: Dated) -> str:
    """Return what the picture of every single day says."""
    return timeline.alt(about)


def table(about: Dated) -> pd.DataFrame:
    """Return how much is due in each month, by kind."""
    rows = [
        [month(f"{each}-01"), *(found[kind] for kind in KINDS)]
        for each, found in by_month(about).items()
    ]
    return pd.DataFrame(rows, columns=[_("Month"), *(_(NAMES[kind]) for kind in KINDS)])


def figure(about: Dated, dark: bool = False) -> go.Figure:
    """Return the picture: every bar says its number."""
    counts = by_month(about)
    rows = [
        Row(_(NAMES[kind]), [found[kind] for found in counts.values()], grouped)
        for kind in KINDS
        if any(found[kind] for found in counts.values())
    ]
    ticks = [month_tick(f"{each}-01", place) for place, each in enumerate(counts)]
    return drawn(rows, ticks, -1, "all", dark=dark)
