"""What stands in the cells of a workbook, as plain data: read here, or in a process of its own.

    apart(data) ── python -m procurement_risk.formats.workbook.cells ── read_cells(data) ── Book

A file that nobody has seen yet could take any amount of time or memory, and the app serves others
meanwhile. So it is read apart, by a process with a limit on both, which is told no secrets.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from procurement_risk import language
from procurement_risk.canonical import refuse
from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.formats.workbook.csv_text import read_csv
from procurement_risk.formats.workbook.kinds import Kind, kind_of
from procurement_risk.formats.workbook.ods import read_ods
from procurement_risk.formats.workbook.plain import Area, Book, Cell, Form, Sheet
from procurement_risk.formats.workbook.purpose import too_much_words, wanted, wanted_for
from procurement_risk.formats.workbook.safety import refuse_other_kinds
from procurement_risk.formats.workbook.xlsx import read_xlsx
from procurement_risk.framework.shipped import IMPORTED_FROM

MOST_SECONDS, MOST_MEMORY, MOST_AT_ONCE = 20, 1_500_000_000, 2

READERS: Mapping[Kind, Callable[[bytes, str], Book]] = {
    "xlsx": read_xlsx,
    "ods": read_ods,
    "csv": read_csv,
}
"""What reads each kind of file."""

_turns = threading.BoundedSemaphore(MOST_AT_ONCE)


def read_cells(data: bytes, name: str = "workbook") -> Book:
    """Return what stands in the workbook ``data``, once it is found safe.

    Raises:
        InvalidDocument: If it is not safe, or no workbook.
    """
    return READERS[kind_of(data, name)](data, name)


def apart(data: bytes, name: str = "workbook") -> Book:
    """Return the same as ``read_cells``, read by a process with limits on time and memory.

    Raises:
        InvalidDocument: If it is not safe, no workbook, or takes more than it may.
    """
    refuse_other_kinds(data, name)
    called = f"workbook{PurePath(name).suffix}"
    command = [sys.executable, "-m", __spec__.name, language.current(), called, wanted()]
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
        refuse(name, too_much_words())
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
            _form_from(sheet["form"]),
        )
        for sheet in document["sheets"]
    )
    beside = tuple((kind, text, shown) for kind, text, shown in document["beside"])
    return Book(sheets, document["properties"], problems, beside)


def _form_from(document: dict[str, Any]) -> Form:
    def areas(name: str) -> tuple[Area, ...]:
        return tuple(
            Area(**{**each, "choices": tuple(each["choices"])}) for each in document[name]
        )

    return Form(
        document["hidden"],
        tuple(document["rows"]),
        tuple(document["columns"]),
        areas("merged"),
        areas("lists"),
    )


def main() -> None:
    """Read a workbook from standard input and write what stands in it as JSON, under limits."""
    language.use(sys.argv[1])
    data = sys.stdin.buffer.read()
    import openpyxl  # noqa: F401  before the limits: what it loads is no part of the file

    _limit()
    try:
        with wanted_for("questions" if sys.argv[3] == "questions" else "answers"):
            document = {**asdict(read_cells(data, sys.argv[2])), "refused": False}
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
