"""What stands in the cells of a workbook, as plain data: read here, or in a process of its own.

    apart(data) ── python -m procurement_risk.workbook.cells ── read_cells(data) ── Book

A file that nobody has seen yet could take any amount of time or memory, and the app serves others
meanwhile. So it is read apart, by a process with a limit on both, which is told no secrets.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import re
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import product
from typing import Any, Literal

from procurement_risk import language
from procurement_risk.canonical import refuse
from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.framework.shipped import IMPORTED_FROM
from procurement_risk.language import _
from procurement_risk.workbook.safety import refuse_other_kinds, refuse_unsafe

Kind = Literal["text", "number", "date", "time", "truth", "formula", "error", "merged"]

MOST_SECONDS, MOST_MEMORY, MOST_AT_ONCE = 20, 1_500_000_000, 2
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 50, 5_000, 60, 60_000
LONGEST_TEXT, MOST_TEXT = 40_000, 3_000_000
"""Characters of one cell, and of all: one long text may stand in many cells at no cost."""

_turns = threading.BoundedSemaphore(MOST_AT_ONCE)
# Halves of a character beyond U+FFFF are no characters: what names one stays as it is written.
_ESCAPED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell.

    Attributes:
        place: Where it is, such as ``D12``.
        kind: What stands in it; ``merged`` is one of several cells that were made one.
        text: Its value as text: a day as 2027-03-31, a number as a spreadsheet shows it.
        percent: Whether a number is shown as a percentage.
    """

    place: str
    kind: Kind
    text: str
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its filled cells by row and column, both counted from 1."""

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: its sheets in order, its own properties, and what was left unread."""

    sheets: tuple[Sheet, ...]
    properties: dict[str, str]
    problems: tuple[Problem, ...] = ()


def read_cells(data: bytes, name: str = "workbook") -> Book:
    """Return what stands in the workbook ``data``, once it is found safe.

    Raises:
        InvalidDocument: If it is not safe, or no workbook.
    """
    refuse_unsafe(data, name)
    import openpyxl  # late: what is refused is refused without it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and extensions that it leaves out
            book = openpyxl.load_workbook(
                io.BytesIO(data), data_only=False, keep_links=False, rich_text=False
            )
    except MemoryError:
        raise
    except Exception:  # openpyxl lets through whatever the broken part makes it trip over
        refuse(name, _("The file is no workbook that can be read. Save it again as XLSX."))
    found, problems = [], []
    left, room = MOST_CELLS, MOST_TEXT
    for number, sheet in enumerate(book.worksheets):
        if number >= MOST_SHEETS:
            problems.append(Problem("", _("Only the first {n} sheets are read.").format(n=number)))
            break
        plain, is_whole = _sheet(sheet, left, room)
        cells = [cell for row in plain.rows.values() for cell in row.values()]
        left -= len(cells)
        room -= sum(len(cell.text) for cell in cells)
        found.append(plain)
        if not is_whole:
            message = _("The sheet {sheet} has too much in it: only its first rows are read.")
            problems.append(Problem(plain.name, message.format(sheet=repr(plain.name))))
    return Book(tuple(found), _properties(book), tuple(problems))


def _properties(book: Any) -> dict[str, str]:  # noqa: ANN401  openpyxl has no types
    properties = book.custom_doc_props.props[:100]
    return {str(each.name): each.value[:500] for each in properties if isinstance(each.value, str)}


def _sheet(sheet: Any, most: int, room: int) -> tuple[Sheet, bool]:  # noqa: ANN401
    """Return at most so many cells, and characters, of a sheet, and whether that is all of it."""
    plain, count, is_whole = Sheet(_unescaped(sheet.title)), 0, True
    merged = {place for area in sheet.merged_cells.ranges for place in _cells_of(area)}
    # Row by row and only where something stands: an empty cell at the very end costs nothing.
    for (row, column), cell in sorted(sheet._cells.items()):
        is_merged = (row, column) in merged
        if cell.value is None and not is_merged:
            continue
        if row > MOST_ROWS or column > MOST_COLUMNS or count >= most or room <= 0:
            is_whole = is_whole and cell.value is None
            continue
        count += 1
        found = _cell(cell)
        if is_merged and found.kind != "formula":
            found = replace(found, kind="merged")
        room -= len(found.text)
        plain.rows.setdefault(row, {})[column] = found
    return plain, is_whole


def _cells_of(area: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    """Return the places of a merged area, as far as any are read."""
    rows = range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
    return product(rows, range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1))


def _cell(cell: Any) -> Cell:  # noqa: ANN401
    place, value = cell.coordinate, "" if cell.value is None else cell.value
    if cell.data_type == "f" or not isinstance(value, str | int | float | _TIMES):
        return Cell(place, "formula", "")
    if cell.data_type == "e":
        return Cell(place, "error", str(value)[:20])
    if isinstance(value, bool):
        return Cell(place, "truth", "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return Cell(place, "number", _number(value), "%" in str(cell.number_format))
    if isinstance(value, str):
        return Cell(place, "text", _unescaped(value)[:LONGEST_TEXT])
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return Cell(place, "date", value.date().isoformat())
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return Cell(place, "date", value.isoformat())
    return Cell(place, "time", str(value)[:40])


_TIMES = datetime.date | datetime.time | datetime.timedelta


def _number(value: float) -> str:
    """Return ``value`` to the fifteen digits that spreadsheets hold, without an exponent."""
    from decimal import Decimal

    text = format(Decimal(f"{value:.15g}"), "f") if abs(value) < 10**300 else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _unescaped(text: str) -> str:
    """Return ``text`` with characters that the file format writes as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


# --- Apart --------------------------------------------------------------------------------


def apart(data: bytes, name: str = "workbook") -> Book:
    """Return the same as ``read_cells``, read by a process with limits on time and memory.

    Raises:
        InvalidDocument: If it is not safe, no workbook, or takes more than it may.
    """
    refuse_other_kinds(data, name)
    command = [sys.executable, "-m", __spec__.name, language.current()]
    # Nothing of ours but the path: no address of a database, no password.
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TMPDIR") if key in os.environ}
    environment = kept | {
        "PYTHONPATH": str(IMPORTED_FROM),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    with _turns:
        try:
            done = subprocess.run(
                command,
                input=data,
                capture_output=True,
                timeout=MOST_SECONDS,
                env=environment,
                check=False,
            )
        except subprocess.TimeoutExpired:
            done = None
    if done is None or done.returncode:
        message = _(
            "Reading the file takes more time or memory than a workbook of answers would. "
            "Copy the answers into the workbook that was sent out, and try again."
        )
        refuse(name, message)
    return _book_from(json.loads(done.stdout), name)


def _book_from(document: dict[str, Any], name: str) -> Book:
    problems = tuple(Problem(**each) for each in document["problems"])
    if document["refused"]:
        raise InvalidDocument(name, problems)
    sheets = tuple(
        Sheet(
            sheet["name"],
            {
                int(row): {int(column): Cell(**cell) for column, cell in cells.items()}
                for row, cells in sheet["rows"].items()
            },
        )
        for sheet in document["sheets"]
    )
    return Book(sheets, document["properties"], problems)


def main() -> None:
    """Read a workbook from standard input and write what stands in it as JSON, under limits."""
    language.use(sys.argv[1])
    data = sys.stdin.buffer.read()
    import openpyxl  # noqa: F401  before the limits: what it loads is no part of the file

    _limit()
    try:
        document = {**asdict(read_cells(data)), "refused": False}
    except InvalidDocument as error:
        document = {"problems": [asdict(each) for each in error.problems], "refused": True}
    except MemoryError:
        sys.exit(1)
    sys.stdout.write(json.dumps(document))


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows: the time limit remains
        return
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
    ):
        try:
            hard = resource.getrlimit(what)[1]
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (limit, hard))
        except (ValueError, OSError):  # macOS refuses some of them
            continue


if __name__ == "__main__":
    main()
