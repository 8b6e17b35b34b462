"""CSV that a spreadsheet opens as text and numbers, never as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | None

# A cell beginning with one of these may be run as a formula; full-width forms are treated alike.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001


def safe(cell: Cell) -> str:
    """Return ``cell`` as text; an apostrophe goes before text that could start a formula.

    Whole numbers stay numbers, so that -5 is not turned into text.
    """
    if cell is None:
        return ""
    if isinstance(cell, int):
        return str(cell)
    text = cell.replace("\0", "")
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) or cell[:1] == "\0" else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a CSV file (RFC 4180, UTF-8 with a mark that spreadsheets recognise)."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
