"""The cells of a table that was saved as text: CSV with any of its signs between two cells.

What a supplier sends back is told by our own line in it, and nothing is guessed. Of a list of
questions that others keep, older letters are taken, and that is said.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from procurement_risk.canonical import refuse
from procurement_risk.errors import Problem
from procurement_risk.formats.workbook import layout, limits
from procurement_risk.formats.workbook.layout import STAMP_MARK
from procurement_risk.formats.workbook.plain import Book, Cell, Room, Sheet, letters_of, too_much
from procurement_risk.formats.workbook.safety import refuse_other_kinds
from procurement_risk.formats.workbook.stamps import in_line
from procurement_risk.language import _
from procurement_risk.language.text import one_line

SIGNS = ",;\t"
FEWEST = 5
"""How many cells a row of the table has at least."""

OLDER = ("cp1252", "mac_roman")
"""What Excel calls plain CSV, on Windows and on a Mac."""

MOST_SEEN = 200
"""How many rows of a list tell which sign stands between cells."""


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
    sheet, problems = _sheet(_(layout.QUESTIONS), rows)
    return Book((sheet,), {}, problems, (("letters", "", ""),) if is_older else ())


def read_table(data: bytes, name: str) -> Book:
    """Return what stands in the list of questions ``data``, whose older letters are said.

    Raises:
        InvalidDocument: If it is no table, or its characters cannot be told.
    """
    refuse_other_kinds(data, name)
    text, letters = _decoded_list(data, name)
    try:
        sign = max(f"{SIGNS}|", key=lambda sign: _parts(text, sign))
        rows = list(_parsed(text, sign))
    except csv.Error:
        refuse(name, _("The file is no table that can be read. Save it as XLSX."))
    sheet, problems = _sheet(one_line(PurePath(name).stem)[:31] or _("Table"), rows)
    return Book((sheet,), {}, (*letters, *problems))


def _sheet(title: str, rows: Iterable[list[str]]) -> tuple[Sheet, tuple[Problem, ...]]:
    """Return a sheet of texts, and that there was more than is read, where there was."""
    sheet, room = Sheet(title), Room()
    kept = [
        room.take(sheet, row, column, _cell(row, column, cell))
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate(cells, start=1)
        if cell.strip()
    ]
    return sheet, () if all(kept) else (too_much(sheet),)


def _cell(row: int, column: int, text: str) -> Cell:
    return Cell(f"{letters_of(column)}{row}", "text", text[: limits.LONGEST_TEXT])


def _readings(data: bytes, older: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the characters of a file as each set that it can be in gives them, and which set."""
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", *older):
        try:
            yield data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue


def _decoded(data: bytes, name: str) -> tuple[str, bool]:
    """Return the characters of a file, and whether older ones were told by our own line in it.

    That line holds signs which read well in one set of characters only, so nothing is guessed.
    """
    for text, encoding in _readings(data, OLDER):
        if encoding not in OLDER or STAMP_MARK in text:
            if "\0" in text:
                break
            return text, encoding in OLDER
    message = _(
        "The characters of the file cannot be told. Save it as “CSV UTF-8”, or better as XLSX."
    )
    refuse(name, message)


def _decoded_list(data: bytes, name: str) -> tuple[str, list[Problem]]:
    older = ("cp1252", "latin-1")
    for text, encoding in _readings(data, older):
        if "\0" in text:
            break
        message = _("The file has older letters (Windows): look at its accents and signs.")
        return text, [Problem("", message)] if encoding in older else []
    refuse(name, _("The characters of the file cannot be told. Save it as “CSV UTF-8”."))


def _parsed(text: str, sign: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=sign)


def _fits(rows: list[list[str]]) -> tuple[bool, int]:
    """Return how well a table was parted: our own line whole, and how many rows have its width."""
    is_whole = any(STAMP_MARK in cell and in_line(cell) for row in rows for cell in row)
    return is_whole, sum(len(row) >= FEWEST for row in rows)


def _parts(text: str, sign: str) -> int:
    """Return in how many rows ``sign`` parts as many cells as in most, where that is several."""
    rows = _parsed(text, sign)
    widths = Counter(len(cells) for _number, cells in zip(range(MOST_SEEN), rows, strict=False))
    return max((count * width for width, count in widths.items() if width > 1), default=0)
