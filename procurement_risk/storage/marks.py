"""The mark in an SQLite file, and the note beside it: which write-ahead log belongs to which file.

What is saved stands first in the ``-wal`` file and is taken into the database file later, by a
checkpoint. So the content of the database file alone changes with checkpoints only. Each gives it
a new mark, a random number in SQLite's ``user_version``; the note beside the file lists the marks
that the ``-wal`` beside it was written for. A backup that was put over the file has another mark,
and a log that was written for another file is never taken into it.

The lowest bit of a mark says whether the database file was whole: whether nothing stood in the
log alone. A file without a mark, 0, was last written by an older toolkit.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from procurement_risk.language import N_, _

try:
    import fcntl
except ModuleNotFoundError:  # Windows, where one program at a time keeps the file
    fcntl = None  # type: ignore[assignment]

MARK = "user_version"
_LOOKS, _BETWEEN = 5, 0.02
WAL, SHM, NOTE = "-wal", "-shm", "-note"
_WORDS = N_("Belongs to the database beside it, and says which -wal file does. Leave it here.")


def beside(path: Path, ending: str) -> Path:
    """Return the file of this ending that belongs to the database ``path``."""
    return path.with_name(path.name + ending)


def new_mark(*, whole: bool) -> int:
    """Return a mark that was never used, for a file that is whole or one that is in use."""
    return (secrets.randbelow(2**30 - 1) + 1) << 1 | int(whole)


def is_whole(mark: int) -> bool:
    """Whether nothing that was saved stood outside the file of this mark."""
    return mark == 0 or mark & 1 == 1


def mark_of(path: Path) -> int:
    """Return the mark of the database file alone, whatever stands in its log.

    SQLite reads it: to open the file by other means would give up SQLite's locks on it. It reads
    without a lock of its own, so a file that a log is just taken into can look damaged: that is
    looked at again. Where a program was killed meanwhile it stays so until the log is taken in
    once more: the first page may say how long the file will be before it is. Its mark can be read.

    Raises:
        sqlite3.DatabaseError: If it cannot be read, also a moment later.
    """
    for _look in range(_LOOKS):
        try:
            return _read_mark(path)
        except sqlite3.DatabaseError:
            time.sleep(_BETWEEN)
    return _read_mark(path)


def _read_mark(path: Path) -> int:
    address = f"file:{quote(str(path))}?immutable=1"
    connection = sqlite3.connect(address, uri=True)
    try:
        connection.execute("PRAGMA writable_schema=ON")  # so it may be shorter than it says
        return pragma(connection, MARK)
    finally:
        connection.close()


def pragma(connection: sqlite3.Connection, text: str) -> int:
    """Set or read a setting of SQLite, and return the number that stands."""
    found = connection.execute(f"PRAGMA {text}").fetchone()
    return int(found[0]) if found else 0


def wal_bytes(path: Path) -> int:
    """Return how long the log of the database ``path`` is; 0 where there is none."""
    try:
        return beside(path, WAL).stat().st_size
    except FileNotFoundError:
        return 0


class Note:
    """The marks that the log beside a database was written for."""

    def __init__(self, path: Path) -> None:
        self.path = beside(path, NOTE)

    def marks(self) -> list[int]:
        """Return the marks; none where there is no note."""
        try:
            lines = self.path.read_text("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return []
        return [int(line) for line in lines if line.isdecimal()]

    def add(self, mark: int) -> None:
        """List another mark."""
        self.write([*self.marks(), mark])

    def write(self, marks: list[int]) -> None:
        """List these marks alone."""
        text = "".join(f"{line}\n" for line in [_(_WORDS), *marks])
        if not self.path.exists():
            self.path.touch(0o600)
        with self.path.open("r+b") as file:
            file.write(text.encode())
            file.truncate()
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Keep other programs from changing the note; False where one is changing it now."""
        if fcntl is None:
            yield True
            return
        if not self.path.exists():
            self.path.touch(0o600)
        with self.path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True
