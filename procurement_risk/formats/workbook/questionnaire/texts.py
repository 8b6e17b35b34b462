"""What stands in a cell of somebody's list of questions, as a text."""

from __future__ import annotations

import re

from procurement_risk.formats.workbook.plain import Cell, Sheet, letters_of
from procurement_risk.language.text import one_line, without_unseen

_SHEET_IN_QUOTES = re.compile(r"[^\w]")


def text_of(cell: Cell | None) -> str:
    """Return the text of a cell: of a formula what it last came to, of 1.10 its zero as well."""
    if cell is None:
        return ""
    text = cell.shown or cell.text
    if cell.kind == "error" or cell.struck.strip() == text.strip() != "":
        return ""
    lines = (" ".join(line.split()) for line in without_unseen(text).splitlines())
    return "\n".join(lines).strip()


def text_at(sheet: Sheet, row: int, column: int) -> str:
    """Return the text in a row and column of ``sheet``."""
    return text_of(sheet.rows.get(row, {}).get(column))


def place(sheet: str, row: int, column: int) -> str:
    """Return where a cell is, such as ``Questions!B12``."""
    name = one_line(sheet)
    shown = f"'{name}'" if _SHEET_IN_QUOTES.search(name) else name
    return f"{shown}!{letters_of(column)}{row}"


def number_of(letters: str) -> int:
    """Return the number of the column with these letters over it: AB is 28."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
