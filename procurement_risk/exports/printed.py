"""A page of a report by itself: PDF and HTML, as many sheets as it takes, and slides."""

from __future__ import annotations

from procurement_risk.exports.leadership import html as leadership_html, pdf as leadership_pdf
from procurement_risk.exports.slides.deck import deck_of
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


def pptx(page: Page) -> bytes:
    """Return the page as slides: one that was made for their room."""
    from procurement_risk.exports.slides.writing import write  # with the charts

    return write(deck_of(page))
