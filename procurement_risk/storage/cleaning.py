"""Changing what is append-only, and making sure that what was taken out is gone from the disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from procurement_risk.storage import append_only, tables
from procurement_risk.storage.append_only import APPEND_ONLY

VACUUM, VACUUM_FULL = "VACUUM", "VACUUM (FULL, ANALYZE)"
"""A server makes its notes of what values are frequent anew as well, which hold text of ours."""
_BLOCK = 1_000_000
TRUNCATE_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"


@contextmanager
def opened(connection: sa.Connection, names: Sequence[str] = APPEND_ONLY) -> Iterator[None]:
    """Let append-only tables be changed in a transaction. If that fails, nothing was opened."""
    for name in names:
        append_only.unlock(connection, name)
    yield
    for name in names:
        append_only.shut(connection, name)


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
                # Of everything else there, its own tables too, everybody would have to wait.
                driver.execute(f"{VACUUM_FULL} {', '.join(tables.metadata.tables)}")
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
