"""The public summary as HTML and as tagged PDF: nothing that is withheld is anywhere in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.leadership.html import document, shares
from procurement_risk.exports.leadership.pdf import MISSING_PACKAGE, compiled_sheets, is_available
from procurement_risk.exports.published.today import named, published, the_only
from procurement_risk.exports.sealed import matter
from procurement_risk.language import N_
from procurement_risk.report import Page, marked, public_summary
from procurement_risk.report.page import Table

# Printed on several sheets, and so in larger print; on a phone the cells of a row stand in a pile.
STYLE = "\n" + Path(__file__).with_name("summary.css").read_text("utf-8")


def page_of(assessments: Sequence[Exported]) -> Page:
    """Return the summary of one assessment as it may be published today.

    Raises:
        UsageError: If there is not exactly one.
    """
    exported = the_only(assessments)
    made = matter(exported)

    def make() -> Page:
        return public_summary(
            published(exported),
            exported.framework,
            made.outcome,
            digest=made.digest,
            foreign=exported.foreign_notice,
        )

    return marked(make, exported.framework.language)


def write_html(assessments: Sequence[Exported]) -> bytes:
    """Return the summary as one HTML file without scripts. Raises as ``page_of``."""
    page = page_of(assessments)
    tables = (block for part in page.parts for block in part.blocks if isinstance(block, Table))
    used = sorted({share for table in tables for share in shares(table.widths)})
    widths = "".join(f".share-{share} {{ width: {share}%; }}\n" for share in used)
    return document(page, STYLE + widths).encode()


def write_pdf(assessments: Sequence[Exported]) -> bytes:
    """Return the summary as PDF. Raises as ``page_of``, and UsageError without typst."""
    return compiled_sheets(page_of(assessments))


HTML = Export(
    name="public-summary",
    title=N_("Public summary (HTML)"),
    purpose=N_("For publication: what was asked, answered and decided, and what is withheld."),
    ending="html",
    media_type="text/html",
    use="publication",
    one_each=True,
    write=write_html,
    wants=frozenset({"words"}),
    named=named,
)
PDF = replace(
    HTML,
    name="public-summary-pdf",
    title=N_("Public summary (PDF)"),
    purpose=N_("The same for print and for screen readers, on as many sheets as it takes."),
    ending="pdf",
    media_type="application/pdf",
    write=write_pdf,
    unavailable="" if is_available() else MISSING_PACKAGE,
)
