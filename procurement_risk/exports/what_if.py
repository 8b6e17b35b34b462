"""*What if* as files: a page to print, PDF, HTML and slides, and a table as CSV."""

from __future__ import annotations

from procurement_risk.exports.csv_cells import Cell, write_csv
from procurement_risk.exports.leadership import html as leadership_html, pdf as leadership_pdf
from procurement_risk.exports.slides.deck import ROOM, deck_of
from procurement_risk.portfolio.hanging import Kind
from procurement_risk.portfolio.what_if import ASKED, Affected, Happening, WhatIf
from procurement_risk.portfolio.what_if_words import answered
from procurement_risk.report.what_if_page import what_if_page

HEADER = (
    "assessment_id",
    "purchase_title",
    "buyer",
    "supplier",
    "state",
    "committed_value_gbp",
    "annual_charge_gbp",
    "stands",
    "answer",
    "leaving_answer",
    "leaving_cost_at_most_gbp",
    "leaving_months_at_most",
    "exit_plan_answer",
    "next_way_out",
    "clauses_agreed",
)


def pdf(found: WhatIf, kind: Kind, day: str) -> bytes:
    """Return the page as PDF, on as many sheets as it takes.

    Raises:
        UsageError: If typst is not installed.
    """
    return leadership_pdf.compiled_sheets(what_if_page(found, kind, day))


def html(found: WhatIf, kind: Kind, day: str) -> bytes:
    """Return the page as HTML."""
    return leadership_html.document(what_if_page(found, kind, day)).encode()


def pptx(found: WhatIf, kind: Kind, day: str) -> bytes:
    """Return the page as slides, with the dearest purchases."""
    from procurement_risk.exports.slides.writing import write  # with the charts

    return write(deck_of(what_if_page(found, kind, day, ROOM)))


def table(found: WhatIf, kind: Kind, day: str) -> bytes:
    """Return a row for each purchase, as CSV; a cell that is not known is empty, never 0."""
    del kind, day  # every row says what it is about, and its days
    return write_csv(HEADER, [_row(each, found.happening) for each in found.affected])


def _row(each: Affected, happening: Happening) -> list[Cell]:
    item = each.item
    said = {mark: answered(answer) if answer else "" for mark, answer in each.answers.items()}
    return [
        item.id,
        item.purchase.title,
        item.purchase.buyer,
        item.supplier.name,
        item.state,
        item.committed,
        each.annual,
        each.stands,
        said[ASKED[happening]],
        said["leaving"],
        each.cost,
        each.bound.months if each.bound else None,
        said["plan"],
        each.exit_day,
        "; ".join(each.agreed),
    ]
