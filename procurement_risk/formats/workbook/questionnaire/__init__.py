"""Lists of questions that others keep in a spreadsheet, and frameworks out as one.

file ── read_sheets ──▶ Book ── propose, from_spreadsheet ──▶ framework document
framework document ── to_spreadsheet ──▶ file
"""

from __future__ import annotations

from procurement_risk.formats.workbook.cells import apart
from procurement_risk.formats.workbook.csv_text import read_table
from procurement_risk.formats.workbook.kinds import is_text
from procurement_risk.formats.workbook.plain import Book
from procurement_risk.formats.workbook.purpose import wanted_for
from procurement_risk.formats.workbook.questionnaire.back import is_own
from procurement_risk.formats.workbook.questionnaire.conversion import Converted, from_spreadsheet
from procurement_risk.formats.workbook.questionnaire.mapping import (
    Mapped,
    SheetMapping,
    read_mapping,
)
from procurement_risk.formats.workbook.questionnaire.proposal import propose
from procurement_risk.formats.workbook.questionnaire.written import to_spreadsheet


def read_sheets(data: bytes, name: str) -> Book:
    """Return what stands in an XLSX, ODS or CSV file; what is no text is read apart, in bounds.

    Raises:
        InvalidDocument: If it is not safe, or no table.
    """
    with wanted_for("questions"):
        return read_table(data, name) if is_text(data, name) else apart(data, name)
