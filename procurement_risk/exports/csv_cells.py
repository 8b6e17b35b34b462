"""CSV that a spreadsheet opens as text and numbers, never as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

Cell = str | int | None

# A cell beginning with one of these may be run as a formula; full-width forms are treated alike.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001

# Text that may be run, once any apostrophes in front of it have gone; spaces do not protect it.
_MAY_RUN = re.compile(f"'* *[{re.escape(''.join(DANGEROUS))}]")

# Where a cell may begin when a spreadsheet parts at one separator alone: quotes then protect
# nothing, and neither does a line break inside a cell. What follows is a formula unless something
# stands before its sign.
_BEGINS = re.compile(r"(?<=[;,|:\s\"])('*)(?=[=+\-@＝＋－＠]\S)")  # noqa: RUF001
_BEGUN = re.compile(r"(?<=[;,|:\s\"])'('*[=+\-@＝＋－＠]\S)")  # noqa: RUF001


def may_run(text: str) -> bool:
    """Return whether a spreadsheet could take ``text`` for a formula."""
    return text.lstrip(" ").startswith(DANGEROUS)


def safe(cell: Cell | Decimal) -> str:
    """Return ``cell`` as text; an apostrophe goes before text that could start a formula.

    That is the cell's first sign, and any sign inside it that would come first in a cell if a
    spreadsheet parted at semicolons, tabs, spaces or any other one separator.
    Numbers stay numbers, so that -5 is not turned into text. Text that looks as if it had
    been treated so already gets one more, so that ``restored`` finds what was there. NUL, which
    no CSV file can hold, is left out first, so that nothing hides behind it.
    """
    if cell is None:
        return ""
    if isinstance(cell, int | Decimal):
        return str(cell)
    text = cell.replace("\0", "")
    text = _BEGINS.sub(r"'\1", text)
    return f"'{text}" if _MAY_RUN.match(text) else text


def restored(text: str) -> str:
    """Return what ``safe`` was given, for a text that comes back from a CSV file.

    One apostrophe is taken off wherever it stands before what could start a formula; numbers are
    for whoever reads the column to recognise.
    """
    if text.startswith("'") and _MAY_RUN.match(text):
        text = text[1:]
    return _BEGUN.sub(r"\1", text)


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell | Decimal]]) -> bytes:
    """Return a CSV file (RFC 4180, UTF-8 with a mark that spreadsheets recognise).

    Every cell is quoted: LibreOffice parts cells at semicolons and tabs too unless told otherwise.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
