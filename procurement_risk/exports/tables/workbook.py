"""A workbook for spreadsheets: texts as texts, numbers as numbers, days as days, no formula.

A cell's type is set by its column and never found out from what somebody wrote.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from procurement_risk.assessment.answers import is_day
from procurement_risk.errors import UsageError
from procurement_risk.exports.csv_cells import Cell, may_run
from procurement_risk.exports.tables.column import Column
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped

LONGEST_TEXT, MOST_ROWS = 32_767, 1_048_576
"""Characters of a cell and rows of a sheet: spreadsheets drop what lies beyond."""

CUT = "… (cut: a cell holds no more)"
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets do not agree on which day a number is
WIDTHS = {"text": 24, "list": 24}

# What XML cannot hold, and what spreadsheets would read as a character by its number.
_NOT_IN_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write_workbook(
    sheets: Mapping[str, tuple[Sequence[Column], Iterable[Sequence[Cell]]]],
) -> bytes:
    """Return an XLSX file with a sheet for each table, its headings in the first row.

    Raises:
        ValueError: If a row has more or fewer cells than its table has columns.
        UsageError: If a table has more rows than a sheet holds.
    """
    # A sheet that is begun has to be finished, so whatever can go wrong comes first.
    filled = {
        name: (columns, _rows(name, columns, rows)) for name, (columns, rows) in sheets.items()
    }
    book = Workbook(write_only=True)
    for name, (columns, rows) in filled.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        for number, column in enumerate(columns):
            letter = _letter(number)
            sheet.column_dimensions[letter].width = WIDTHS.get(column.kind, 14)
        sheet.append([_heading(sheet, column.name) for column in columns])
        for row in rows:
            cells = zip(columns, row, strict=True)
            sheet.append([_cell(sheet, column, value) for column, value in cells])
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def _rows(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> list[Sequence[Cell]]:
    found = list(islice(rows, MOST_ROWS))
    if len(found) == MOST_ROWS:  # the headings take one
        message = _("The table {table} has more than {n} rows. Choose fewer assessments.")
        raise UsageError(message.format(table=name, n=grouped(MOST_ROWS - 1)))
    for row in found:
        if len(row) != len(columns):
            raise ValueError(f"{name}: {len(row)} cells for {len(columns)} columns")
    return found


def _letter(number: int) -> str:
    """Return a column's letters, counted from 0."""
    letters = ""
    while number >= 0:
        letters = chr(ord("A") + number % 26) + letters
        number = number // 26 - 1
    return letters


def _heading(sheet: Any, name: str) -> Any:  # noqa: ANN401  openpyxl has no types
    cell = _text(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, column: Column, value: Cell) -> Any:  # noqa: ANN401  openpyxl has no types
    """Return what to put into a cell: empty where there is nothing, never 0."""
    if value is None or value == "":
        return None
    if isinstance(value, int):
        return value
    if column.kind == "percentage" and re.fullmatch(r"[0-9]{1,3}\.[0-9]", value):
        cell = WriteOnlyCell(sheet, float(value))
        cell.number_format = "0.0"
        return cell
    if column.kind == "date" and is_day(value) and date.fromisoformat(value) >= FIRST_DAY:
        cell = WriteOnlyCell(sheet, date.fromisoformat(value))
        cell.number_format = "yyyy-mm-dd"
        return cell
    return _text(sheet, value)


def _text(sheet: Any, text: str) -> Any:  # noqa: ANN401  openpyxl has no types
    """Return a cell that holds ``text`` as a text, also after somebody edits and leaves it."""
    shown = _ESCAPE.sub("_x005F_", _NOT_IN_XML.sub("", text))
    if len(shown) > LONGEST_TEXT:
        shown = shown[: LONGEST_TEXT - len(CUT)] + CUT
    cell = WriteOnlyCell(sheet, shown)
    cell.data_type = "s"  # set afterwards: openpyxl takes what begins with = for a formula
    if may_run(shown):
        cell.quotePrefix = True
    return cell
