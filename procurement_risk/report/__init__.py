"""Reports: results as titled blocks of words and figures, which every export draws alike."""

from __future__ import annotations

from procurement_risk.report.leadership import leadership_page
from procurement_risk.report.marked import marked
from procurement_risk.report.page import ROOMS, Page, Room
from procurement_risk.report.portfolio.facts import PortfolioFacts, UpstreamShare
from procurement_risk.report.portfolio.figures import PortfolioFigures
from procurement_risk.report.portfolio.page import portfolio_page
from procurement_risk.report.public_summary import public_summary
