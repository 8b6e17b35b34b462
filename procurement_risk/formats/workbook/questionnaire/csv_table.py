"""A list of questions that was saved as text: any sign between cells, older letters named."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from pathlib import PurePath

from procurement_risk.canonical import refuse
from procurement_risk.errors import Problem
from procurement_risk.formats.workbook import limits
from procurement_risk.formats.workbook.plain import Book, Cell, Room, Sheet, letters_of, too_much
from procurement_risk.formats.workbook.safety import refuse_other_kinds
from procurement_risk.language import _
from procurement_risk.language.text import one_line

SIGNS = ",;\t|"
MOST_SEEN = 200
"""How many rows tell which sign stands between cells."""


def read_table(data: bytes, name: str) -> Book:
    """Return what stands in the table ``data``; older letters are taken, and that is said.

    Raises:
        InvalidDocument: If it is no table, or its characters cannot be told.
    """
    refuse_other_kinds(data, name)
    text, problems = _decoded(data, name)
    try:
        sign = max(SIGNS, key=lambda sign: _fits(text, sign))
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error:
        refuse(name, _("The file is no table that can be read. Save it as XLSX."))
    sheet, room = Sheet(one_line(PurePath(name).stem)[:31] or _("Table")), Room()
    kept = [
        room.take(sheet, row, column, Cell(f"{letters_of(column)}{row}", "text", cell))
        for row, cells in enumerate(rows, start=1)
        for column, cell in enumerate((each[: limits.LONGEST_TEXT] for each in cells), start=1)
        if cell.strip()
    ]
    if not all(kept):
        problems.append(too_much(sheet))
    return Book((sheet,), {}, tuple(problems))


def _decoded(data: bytes, name: str) -> tuple[str, list[Problem]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if encoding in ("cp1252", "latin-1"):
            message = _("The file has older letters (Windows): look at its accents and signs.")
            return text, [Problem("", message)]
        return text, []
    refuse(name, _("The characters of the file cannot be told. Save it as “CSV UTF-8”."))


def _fits(text: str, sign: str) -> int:
    """Return in how many rows ``sign`` parts as many cells as in most, where that is several."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    widths = Counter(len(cells) for _number, cells in zip(range(MOST_SEEN), rows, strict=False))
    return max((count * width for width, count in widths.items() if width > 1), default=0)
