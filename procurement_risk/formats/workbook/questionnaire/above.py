"""What stands above the headings of a sheet: its title, and which way its scores count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from procurement_risk.formats.workbook.plain import Book, Sheet
from procurement_risk.formats.workbook.questionnaire.mapping import Mapped
from procurement_risk.formats.workbook.questionnaire.roles import is_questions
from procurement_risk.formats.workbook.questionnaire.texts import text_at
from procurement_risk.language.text import one_line

LONGEST_TITLE = 150
LAST_COLUMN = 2
"""A title begins at the left; words further right are over a group of columns."""

_WORSE = re.compile(
    r"\b(?:higher|more)\b[^.;\n]{0,30}\b(?:worse|riskier|(?:more|higher|greater) risk)\b|"
    r"\blower\b[^.;\n]{0,30}\bbetter\b|"
    r"\b0\s*(?:=|:|-|–|is|means)\s*(?:the )?(?:best|no (?:risk|concern)|low(?:est)? risk)\b",
    re.IGNORECASE,
)
_BETTER = re.compile(
    r"\b(?:higher|more)\b[^.;\n]{0,30}\bbetter\b|"
    r"\blower\b[^.;\n]{0,30}\b(?:worse|riskier|(?:more|higher|greater) risk)\b|"
    r"\b0\s*(?:=|:|-|–|is|means)\s*(?:the )?(?:worst|unacceptable|high(?:est)? risk)\b",
    re.IGNORECASE,
)


def title_above(book: Book, mapped: Mapped) -> str:
    """Return the title that stands above the headings, the same on every sheet that is read.

    Empty where there is none, or where it cannot be told.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    found = {
        _title(sheets[each.sheet], each.first_row)
        for each in mapped.sheets
        if each.sheet in sheets
    }
    return found.pop() if len(found) == 1 else ""


def _title(sheet: Sheet, first_row: int) -> str:
    """Return the only words in the first row that holds any, where that is no heading."""
    for row in sorted(row for row in sheet.rows if row < first_row - 1):
        texts = {n: text for n in sorted(sheet.rows[row]) if (text := text_at(sheet, row, n))}
        if not texts:
            continue
        title = one_line(next(iter(texts.values())))
        is_title = (
            len(set(texts.values())) == 1
            and min(texts) <= LAST_COLUMN
            and len(title) <= LONGEST_TITLE
            and not title.endswith((".", ":", "?"))
            and not is_questions(title)
        )
        return title if is_title else ""
    return ""


def unread_above(sheet: Sheet, first_row: int, title: str) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of what stands above the headings and is not the ``title``.

    Words over a group of columns are left out, and so is what says which way scores count.
    """
    for row in sorted(row for row in sheet.rows if row < first_row - 1):
        texts = {n: text for n in sorted(sheet.rows[row]) if (text := text_at(sheet, row, n))}
        said = "\n".join(texts.values())
        is_known = (
            one_line(said) in (title, one_line(sheet.name))
            or _WORSE.search(said)
            or _BETTER.search(said)
        )
        if texts and min(texts) <= LAST_COLUMN and not is_known:
            yield row, min(texts), said


def sense_of_scores(sheet: Sheet, heading_row: int) -> str:
    """Return ``risk`` or ``marks`` where words above or in the headings say it, else empty."""
    said = "\n".join(_texts_to(sheet, heading_row))
    is_risk, is_marks = _WORSE.search(said), _BETTER.search(said)
    if bool(is_risk) == bool(is_marks):
        return ""
    return "risk" if is_risk else "marks"


def _texts_to(sheet: Sheet, last: int) -> Iterator[str]:
    for row in sorted(row for row in sheet.rows if row <= last):
        for number in sorted(sheet.rows[row]):
            yield text_at(sheet, row, number)
