"""A list of assessments as plain cells, for paper and files: whole pounds, days as ISO days."""

from __future__ import annotations

from procurement_risk.assessment.words import workflow_state
from procurement_risk.language import _
from procurement_risk.portfolio.lines import Line
from procurement_risk.portfolio.worklist import Row

Cells = tuple[str | int, ...]


def first_columns() -> tuple[str, ...]:
    """Return the headings of ``first_cells``."""
    return _("Purchase"), _("Public body"), _("Sold by"), _("Committed, £")


def first_cells(line: Line | Row) -> Cells:
    """Return which purchase it is of, and what that commits."""
    pounds = _("not known") if line.committed is None else line.committed
    return line.title, line.buyer, line.supplier, pounds


def columns() -> tuple[str, ...]:
    """Return the headings of ``cells``."""
    return (*first_columns(), _("Advice"), _("State"), _("Owner"), _("Due"))


def cells(line: Line | Row) -> Cells:
    """Return the same with how it stands, but for what only its neighbours tell."""
    stands = line.recommendation, workflow_state(line.state), line.owner, line.due
    return (*first_cells(line), *stands)
