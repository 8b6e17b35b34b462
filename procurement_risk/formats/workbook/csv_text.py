"""The cells of a table that was saved as text: CSV with any of its signs between two cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from procurement_risk.canonical import refuse
from procurement_risk.formats.workbook import layout, limits
from procurement_risk.formats.workbook.layout import STAMP_MARK
from procurement_risk.formats.workbook.plain import Book, Cell, Room, Sheet, letters_of, too_much
from procurement_risk.formats.workbook.safety import refuse_other_kinds
from procurement_risk.formats.workbook.stamps import in_line
from procurement_risk.language import _

SIGNS = ",;\t"
FEWEST = 5
"""How many cells a row of the table has at least."""

OLDER = ("cp1252", "mac_roman")
"""What Excel calls plain CSV, on Windows and on a Mac."""


def read_csv(data: bytes, name: str) -> Book:
    """Return what stands in the table ``data``, every cell of it a text.

    Raises:
        InvalidDocument: If it is no such table, or its characters cannot be told.
    """
    refuse_other_kinds(data, name)
    text, is_older = _decoded(data, name)
    try:
        rows = max((list(_parsed(text, sign)) for sign in SIGNS), key=_fits)
    except csv.Error:
        refuse(name, _("The file is no table that can be read. Save the workbook as XLSX."))
    sheet, room = Sheet(_(layout.QUESTIONS)), Room()
    kept = [
        room.take(sheet, row, column, _cell(row, column, cell))
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if cell.strip()
    ]
    problems = () if all(kept) else (too_much(sheet),)
    return Book((sheet,), {}, problems, (("letters", "", ""),) if is_older else ())


def _decoded(data: bytes, name: str) -> tuple[str, bool]:
    """Return the characters of a file, and whether older ones were told by our own line in it.

    That line holds signs which read well in one set of characters only, so nothing is guessed.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", *OLDER)
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding not in OLDER or STAMP_MARK in text:
            if "\0" in text:
                break
            return text, encoding in OLDER
    message = _(
        "The characters of the file cannot be told. Save it as “CSV UTF-8”, or better as XLSX."
    )
    refuse(name, message)


def _parsed(text: str, sign: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=sign)


def _fits(rows: list[list[str]]) -> tuple[bool, int]:
    """Return how well a table was parted: our own line whole, and how many rows have its width."""
    is_whole = any(STAMP_MARK in cell and in_line(cell) for row in rows for cell in row)
    return is_whole, sum(len(row) >= FEWEST for row in rows)


def _cell(row: int, column: int, text: str) -> Cell:
    return Cell(f"{letters_of(column)}{row}", "text", text[: limits.LONGEST_TEXT])
