"""Everything that rests on one supplier, as a page to print: PDF and HTML."""

from __future__ import annotations

from procurement_risk.exports.leadership import html as leadership_html, pdf as leadership_pdf
from procurement_risk.report.page import Page


def pdf(page: Page) -> bytes:
    """Return the page as PDF, on as many sheets as it takes.

    Raises:
        UsageError: If typst is not installed.
    """
    return leadership_pdf.compiled_sheets(page)


def html(page: Page) -> bytes:
    """Return the page as HTML."""
    return leadership_html.document(page).encode()
