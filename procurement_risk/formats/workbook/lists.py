"""The drop-down lists of the workbook that goes out, which stand on a hidden sheet."""

from __future__ import annotations

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.layout import COLUMNS, STATES
from procurement_risk.formats.workbook.written_cells import text_cell
from procurement_risk.framework import Framework, Question
from procurement_risk.language import _


class Lists:
    """The drop-down lists, one under another on the hidden sheet; equal ones are written once."""

    def __init__(self, sheet: Worksheet, options: Worksheet) -> None:
        self._sheet, self._options = sheet, options
        self._made: dict[tuple[tuple[str, ...], bool], DataValidation] = {}
        self._next = 1

    def offer(self, row: int, framework: Framework, question: Question) -> None:
        """Give the answer cell of ``row`` its list; only a single choice insists on it."""
        labels = layout.choices(question)
        known = {label.casefold() for label in labels}
        words = [_(STATES[state]) for state in layout.states(framework, question)]
        entries = (*labels, *(each for each in words if each.casefold() not in known))
        self.put("answer", row, entries, insists=question.type == "single")

    def put(self, name: str, row: int, entries: tuple[str, ...], *, insists: bool) -> None:
        """Give the cell of ``row`` in the column ``name`` a list of ``entries``."""
        if (entries, insists) not in self._made:
            self._made[entries, insists] = self._make(entries, insists)
        column = get_column_letter(list(COLUMNS).index(name) + 1)
        self._made[entries, insists].add(f"{column}{row}")

    def _make(self, entries: tuple[str, ...], insists: bool) -> DataValidation:
        first = self._next
        for number, entry in enumerate(entries, start=first):
            text_cell(self._options, number, 1, entry)
        last = first + len(entries) - 1
        self._next = last + 2  # a list ends where a cell is empty
        found = DataValidation(
            type="list",
            formula1=f"'{layout.OPTIONS_SHEET}'!$A${first}:$A${last}",
            allow_blank=True,
            showErrorMessage=insists,
            errorTitle=_("Not in the list"),
            error=_("Please choose an answer from the list.")[:225],
        )
        self._sheet.add_data_validation(found)
        return found
