"""Reports: results as titled blocks of words and figures, which every export draws alike."""

from __future__ import annotations

from procurement_risk.report.leadership import leadership_page
from procurement_risk.report.page import ROOMS, Page, Room
from procurement_risk.report.portfolio import PortfolioFacts, UpstreamShare

__all__ = ["ROOMS", "Page", "PortfolioFacts", "Room", "UpstreamShare", "leadership_page"]
