"""The leadership page of a portfolio, in both forms; its figures are worked out elsewhere."""

from __future__ import annotations

from procurement_risk.exports.leadership import html as leadership_html, pdf as leadership_pdf
from procurement_risk.report import Page, PortfolioFigures, Room, marked, portfolio_page


def pdf(figures: PortfolioFigures) -> bytes:
    """Return the page as PDF.

    Raises:
        UsageError: If typst is not installed, or if nothing can make it fit one page.
    """
    return leadership_pdf.compiled(lambda room: _page(figures, room))


def html(figures: PortfolioFigures) -> bytes:
    """Return the page as HTML."""
    return leadership_html.fitted(lambda room: _page(figures, room))


def _page(figures: PortfolioFigures, room: Room) -> Page:
    return marked(lambda: portfolio_page(figures, room=room))
