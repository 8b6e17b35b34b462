"""What ``verify`` does with a database: the store itself, a database file, or a backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from procurement_risk.cli.backup import told
from procurement_risk.cli.terminal import number_of, say
from procurement_risk.errors import ProcurementRiskError

if TYPE_CHECKING:
    from procurement_risk.storage import Store

HOLDS, FAILS = 0, 1
"""How ``verify`` ends: it holds, or it does not. 2 is said of wrong use."""

_START = b"SQLite format 3\0"


def is_database(path: Path) -> bool:
    """Whether a file is an SQLite database, such as a backup, or a ZIP with a backup in it."""
    from procurement_risk.storage import packed_backup

    try:
        with path.open("rb") as file:
            return file.read(len(_START)) == _START or packed_backup.is_packed(path)
    except OSError:
        return False


def verify_database(path: Path) -> int:
    """Check a database file or a backup, which stays as it is, and return how it came out."""
    from procurement_risk.storage import open_store
    from procurement_risk.storage.backup import unpacked

    try:
        with unpacked(path) as copy:
            held = open_store(f"sqlite:///{copy}")
            try:
                return verify_store(held, str(path))
            finally:
                held.close()
    except ProcurementRiskError as error:
        say(f"{path}: {error}")
        return FAILS


def verify_store(held: Store, name: str = "") -> int:
    """Check everything that a store holds, say what, and return how it came out."""
    found = held.verify_all()
    for problem in found.faults:
        say(problem.located(name or held.place))
    files = number_of(found.files, "file of evidence", "files of evidence")
    faults = number_of(len(found.faults), "problem", "problems")
    came_to = faults if found.faults else "all as they were written"
    say(f"{name or held.place}: {told(found.counts)}, {files}: {came_to}")
    return FAILS if found.faults else HOLDS
