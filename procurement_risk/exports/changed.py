"""What changed in the portfolio since a day, as a page to print: PDF, HTML and slides."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.exports.leadership import html as leadership_html, pdf as leadership_pdf
from procurement_risk.exports.slides.deck import ROOM, deck_of
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


def pptx(events: Sequence[Event], since: str, today: str) -> bytes:
    """Return the page as slides, the first few of each kind."""
    from procurement_risk.exports.slides.writing import write  # with the charts

    return write(deck_of(changed_page(events, since, today, ROOM)))
