"""Charts: a Plotly figure each, with its title, its table and its alternative text.

To add one, write a module with these four functions and name it below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

import pandas as pd
import plotly.graph_objects as go

from procurement_risk.charts import (
    compared_sections,
    concentration_bars,
    evidence_mix,
    impact_points,
    lead_swings,
    portfolio_decisions,
    portfolio_heat_map,
    portfolio_value,
    radar,
    rank_shares,
    section_bars,
    supplier_sections,
)
from procurement_risk.comparison import Comparison
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.weakest_section import Result
from procurement_risk.portfolio.concentration import Concentration
from procurement_risk.portfolio.items import PortfolioItem

Subject = TypeVar("Subject", contravariant=True)


class Chart(Protocol[Subject]):
    """What every chart module offers."""

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


CHARTS: Mapping[str, Chart[Result]] = {
    "section_bars": section_bars,
    "radar": radar,
    "evidence_mix": evidence_mix,
}


# Charts of a comparison of two or more suppliers, with the same four functions.
COMPARISON_CHARTS: Mapping[str, Chart[Comparison]] = {
    "compared_sections": compared_sections,
    "rank_shares": rank_shares,
    "lead_swings": lead_swings,
}

# Charts of a result by ``impact-mitigation``, with the same four functions.
IMPACT_CHARTS: Mapping[str, Chart[ImpactResult]] = {"impact_points": impact_points}

# Charts of the items of a portfolio, and of one concentration, with the same four functions.
PORTFOLIO_CHARTS: Mapping[str, Chart[Sequence[PortfolioItem]]] = {
    "portfolio_decisions": portfolio_decisions,
    "portfolio_heat_map": portfolio_heat_map,
    "portfolio_value": portfolio_value,
}
CONCENTRATION_CHARTS: Mapping[str, Chart[Concentration]] = {
    "concentration_bars": concentration_bars
}

# Charts of several purchases from one supplier, with the same four functions.
SUPPLIER_CHARTS = {"supplier_sections": supplier_sections}
