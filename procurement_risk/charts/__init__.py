"""Charts: a Plotly figure each, with its title, its table and its alternative text.

To add one, write a module with what ``Chart`` names, and a line in ``CHARTS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts import (
    compared_sections,
    concentration_shares,
    evidence_age,
    evidence_mix,
    exposure,
    impact_points,
    lead_swings,
    portfolio_decisions,
    portfolio_heat_map,
    portfolio_value,
    rank_shares,
    section_bars,
    section_shares,
    section_slopes,
    supplier_sections,
    timeline,
    timeline_months,
    value_bands,
)

Subject = TypeVar("Subject", contravariant=True)
SUBJECTS = (
    "result", "impact", "comparison", "portfolio", "concentration", "supplier", "months",
    "dated", "trend",
)  # fmt: skip
"""What there are charts of, as a chart's ``ABOUT`` names it: a result in sections or in points,
suppliers compared, the items of a portfolio, one concentration, one supplier's purchases, what a
portfolio came to month by month, its purchases on a day, how a result moved."""


class Chart(Protocol[Subject]):
    """What every chart module offers. ``ABOUT`` says which kind of subject it draws."""

    ABOUT: str

    def title(self, subject: Subject, /) -> str:
        """Return what the chart shows of this subject, without a full stop."""
        ...

    def figure(self, subject: Subject, /, dark: bool = False) -> go.Figure:
        """Return the picture, on a transparent background. The title is not part of it."""
        ...

    def table(self, subject: Subject, /) -> pd.DataFrame:
        """Return every number the picture shows; percentages are texts."""
        ...

    def alt(self, subject: Subject, /) -> str:
        """Return the picture in a sentence or two, for people who cannot see it."""
        ...


CHARTS: Mapping[str, Chart[Any]] = {
    chart.__name__.rpartition(".")[2]: chart
    for chart in (
        section_bars,
        evidence_mix,
        impact_points,
        compared_sections,
        rank_shares,
        lead_swings,
        portfolio_decisions,
        portfolio_heat_map,
        section_shares,
        portfolio_value,
        value_bands,
        concentration_shares,
        supplier_sections,
        exposure,
        timeline,
        timeline_months,
        evidence_age,
        section_slopes,
    )
}
"""Every chart by its name, which is that of its module."""


def about(kind: str) -> dict[str, Chart[Any]]:
    """Return the charts that draw one kind of subject, see ``SUBJECTS``, by their names."""
    return {name: chart for name, chart in CHARTS.items() if kind == chart.ABOUT}


FORMS: Mapping[str, tuple[str, str]] = {
    "sections": ("portfolio_heat_map", "section_shares"),
    "value": ("portfolio_value", "value_bands"),
    "timeline": ("timeline", "timeline_months"),
}
"""By what is asked: the chart that draws each by itself, and the one that counts them. The first
says by its ``MOST`` how many it is for."""


def form(asked: str, number: int) -> str:
    """Return the name of the chart that is right for ``number`` purchases, or days."""
    few, many = FORMS[asked]
    return few if number <= CHARTS[few].MOST else many  # type: ignore[attr-defined]
