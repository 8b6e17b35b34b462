"""Charts of one result: a Plotly figure each, with its title, its table and its alternative text.

To add one, write a module with these four functions and name it in ``CHARTS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts import (
    compared_sections,
    evidence_mix,
    impact_points,
    lead_swings,
    radar,
    rank_shares,
    section_bars,
    supplier_sections,
)
from procurement_risk.comparison import Comparison
from procurement_risk.methods.weakest_section import Result


class Chart(Protocol):
    """What every chart module of one result offers."""

    def title(self, result: Result) -> str:
        """Return what the chart shows for this result, without a full stop."""
        ...

    def figure(self, result: Result, dark: bool = False) -> go.Figure:
        """Return the picture, on a transparent background. The title is not part of it."""
        ...

    def table(self, result: Result) -> pd.DataFrame:
        """Return every number the picture shows; percentages are texts."""
        ...

    def alt(self, result: Result) -> str:
        """Return the picture in a sentence or two, for people who cannot see it."""
        ...


CHARTS: Mapping[str, Chart] = {
    "section_bars": section_bars,
    "radar": radar,
    "evidence_mix": evidence_mix,
}


class ComparisonChart(Protocol):
    """The same four functions, of a comparison of two or more suppliers."""

    def title(self, comparison: Comparison) -> str:
        """Return what the chart shows for this comparison, without a full stop."""
        ...

    def figure(self, comparison: Comparison, dark: bool = False) -> go.Figure:
        """Return the picture, on a transparent background. The title is not part of it."""
        ...

    def table(self, comparison: Comparison) -> pd.DataFrame:
        """Return every number the picture shows; percentages are texts."""
        ...

    def alt(self, comparison: Comparison) -> str:
        """Return the picture in a sentence or two, for people who cannot see it."""
        ...


COMPARISON_CHARTS: Mapping[str, ComparisonChart] = {
    "compared_sections": compared_sections,
    "rank_shares": rank_shares,
    "lead_swings": lead_swings,
}

# Charts of a result by ``impact-mitigation``, with the same four functions.
IMPACT_CHARTS = {"impact_points": impact_points}

# Charts of several purchases from one supplier, with the same four functions.
SUPPLIER_CHARTS = {"supplier_sections": supplier_sections}
