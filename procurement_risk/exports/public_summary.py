"""The public summary as HTML and as tagged PDF: nothing that is withheld is anywhere in it."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.leadership import matter
from procurement_risk.exports.leadership_html import document
from procurement_risk.exports.leadership_pdf import MISSING_PACKAGE, compiled_sheets, is_available
from procurement_risk.exports.publishing import named, published, the_only
from procurement_risk.language import N_
from procurement_risk.report import Page, public_summary

# It is printed on several sheets, and so in larger print.
STYLE = """
h2 { break-after: avoid; }
tr { break-inside: avoid; }
th, td { padding-block: 0.3em; }
tbody tr + tr > * { border-top: 1px solid #d5d9dd; }
@media (max-width: 45rem) {
  body { padding: 1rem; }
  .short { white-space: normal; }
}
@page { size: A4; margin: 16mm; }
@media print {
  body { font-size: 9.5pt; line-height: 1.3; }
  thead { display: table-header-group; }
  h2 { margin: 0.9em 0 0.35em; }
}
"""


def page_of(assessments: Sequence[Exported]) -> Page:
    """Return the summary of one assessment as it may be published today.

    Raises:
        UsageError: If there is not exactly one.
    """
    exported = the_only(assessments)
    made = matter(exported)
    return public_summary(
        published(exported), exported.framework, made.outcome, digest=made.digest
    )


def write_html(assessments: Sequence[Exported]) -> bytes:
    """Return the summary as one HTML file without scripts. Raises as ``page_of``."""
    return document(page_of(assessments), STYLE).encode()


def write_pdf(assessments: Sequence[Exported]) -> bytes:
    """Return the summary as PDF. Raises as ``page_of``, and UsageError without typst."""
    return compiled_sheets(page_of(assessments))


HTML = Export(
    name="public-summary",
    title=N_("Public summary (HTML)"),
    purpose=N_("For publication: what was asked, answered and decided, and what is withheld."),
    ending="html",
    media_type="text/html",
    one_each=True,
    write=write_html,
    wants=frozenset({"words"}),
    named=named,
)
PDF = Export(
    name="public-summary-pdf",
    title=N_("Public summary (PDF)"),
    purpose=N_("The same for print and for screen readers, on as many sheets as it takes."),
    ending="pdf",
    media_type="application/pdf",
    one_each=True,
    write=write_pdf,
    wants=frozenset({"words"}),
    unavailable="" if is_available() else MISSING_PACKAGE,
    named=named,
)
