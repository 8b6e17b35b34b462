"""What changed in the portfolio since a day, as a page to print: PDF and HTML."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.exports.leadership import html as leadership_html
from procurement_risk.exports.leadership import pdf as leadership_pdf
from procurement_risk.portfolio.changed import Event
from procurement_risk.report.changed_page import changed_page


def pdf(events: Sequence[Event], since: str, today: str) -> bytes:
    """Return the page as PDF, on as many sheets as it takes.

    Raises:
        UsageError: If typst is not installed.
    """
    return leadership_pdf.compiled_sheets(changed_page(events, since, today))


def html(events: Sequence[Event], since: str, today: str) -> bytes:
    """Return the page as HTML."""
    return leadership_html.document(changed_page(events, since, today)).encode()
