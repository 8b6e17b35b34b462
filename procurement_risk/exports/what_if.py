"""*What if* as a table, CSV: a row for each purchase."""

from __future__ import annotations

from procurement_risk.exports.csv_cells import Cell, write_csv
from procurement_risk.portfolio.what_if import ASKED, Affected, Happening, WhatIf
from procurement_risk.portfolio.what_if_words import answered

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


def table(found: WhatIf) -> bytes:
    """Return a row for each purchase, as CSV; a cell that is not known is empty, never 0."""
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
