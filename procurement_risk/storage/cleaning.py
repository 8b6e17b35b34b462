"""Changing what is append-only, and making sure that what was taken out is gone from the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

SQLITE_OPEN = (
    "DROP TRIGGER IF EXISTS history_no_update",
    "DROP TRIGGER IF EXISTS history_no_delete",
)
SQLITE_CLOSE = (
    "CREATE TRIGGER history_no_update BEFORE UPDATE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
    "CREATE TRIGGER history_no_delete BEFORE DELETE ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END",
)
POSTGRESQL_OPEN = ("ALTER TABLE history DISABLE TRIGGER history_append_only",)
POSTGRESQL_CLOSE = ("ALTER TABLE history ENABLE TRIGGER history_append_only",)
VACUUM, VACUUM_FULL = "VACUUM", "VACUUM FULL"
_BLOCK = 1_000_000
TRUNCATE_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"


@contextmanager
def opened_history(connection: sa.Connection) -> Iterator[None]:
    """Let the history be changed within a transaction. If that fails, nothing was opened."""
    sqlite = connection.dialect.name == "sqlite"
    for statement in SQLITE_OPEN if sqlite else POSTGRESQL_OPEN:
        connection.exec_driver_sql(statement)
    yield
    for statement in SQLITE_CLOSE if sqlite else POSTGRESQL_CLOSE:
        connection.exec_driver_sql(statement)


def clean(engine: sa.Engine) -> bool:
    """Write the database anew without what was taken out of it, and return whether that was done.

    Until then deleted text stands in free pages and in the write-ahead log. It cannot be done
    while somebody else is in the middle of reading or writing.
    """
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        if engine.dialect.name != "sqlite":
            driver.rollback()
            driver.autocommit = True
            try:
                driver.execute(VACUUM_FULL)
            finally:
                driver.autocommit = False
            return True
        driver.execute(VACUUM)
        busy, *_rest = driver.execute(TRUNCATE_LOG).fetchone()
        return not busy


def holding(folder: Path, texts: Iterable[str], own: str) -> tuple[str, ...]:
    """Return the names of files in ``folder`` that hold one of ``texts`` as it is written.

    Files of the database ``own`` itself are left out. What is packed or encrypted is not seen.
    """
    wanted = [text.encode() for text in dict.fromkeys(texts)]
    found = []
    for path in sorted(folder.iterdir()):
        own_file = path.name in {own, f"{own}-wal", f"{own}-shm"}
        if not own_file and path.is_file() and not path.is_symlink() and _holds(path, wanted):
            found.append(path.name)
    return tuple(found)


def _holds(path: Path, wanted: Sequence[bytes]) -> bool:
    longest = max(map(len, wanted), default=0)
    kept = b""
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                block = kept + block
                if any(text in block for text in wanted):
                    return True
                kept = block[-longest:]
    except OSError:
        return False
    return False
