"""The page of a comparison as PDF, HTML and slides."""

from __future__ import annotations

from procurement_risk.canonical import digest_of
from procurement_risk.comparison import Comparison
from procurement_risk.exports import json_record
from procurement_risk.exports.export import Exported
from procurement_risk.exports.leadership import html as leadership_html, pdf as leadership_pdf
from procurement_risk.exports.sealed import digest_in
from procurement_risk.exports.slides.deck import ROOM, deck_of
from procurement_risk.exports.slides.writing import write
from procurement_risk.report import Page, Room, marked
from procurement_risk.report.comparison.page import comparison_page


def pdf(comparison: Comparison) -> bytes:
    """Return the page as PDF.

    Raises:
        UsageError: If typst is not installed, or if nothing can make it fit one page.
    """
    digest = digest_over(comparison)
    return leadership_pdf.compiled(lambda room: _page(comparison, digest, room))


def html(comparison: Comparison) -> bytes:
    """Return the page as HTML."""
    digest = digest_over(comparison)
    return leadership_html.fitted(lambda room: _page(comparison, digest, room))


def pptx(comparison: Comparison) -> bytes:
    """Return the page as slides."""
    return write(deck_of(_page(comparison, digest_over(comparison), ROOM)))


def digest_over(comparison: Comparison) -> str:
    """Return the SHA-256 over the digests of the records of all that was looked at."""
    every = [
        *((each.assessment, each.result.framework) for each in comparison.candidates),
        *((entry.assessment, entry.framework) for entry, __ in comparison.stopped),
        *((each.entry.assessment, each.entry.framework) for each in comparison.apart),
    ]
    return digest_of(sorted(digest_in(json_record.write([Exported(*each)])) for each in every))


def _page(comparison: Comparison, digest: str, room: Room) -> Page:
    texts = comparison.candidates[0].result.framework.language
    return marked(lambda: comparison_page(comparison, digest, room=room), texts)
