"""Changing what is append-only, and making sure that what was taken out is gone from the disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

SQLITE_GUARDS = {
    each: f"CREATE TRIGGER history_no_{each.lower()} BEFORE {each} ON history "
    "BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    for each in ("UPDATE", "DELETE")
}


@contextmanager
def opened_history(connection: sa.Connection) -> Iterator[None]:
    """Let the history be changed within a transaction. If that fails, nothing was opened."""
    if connection.dialect.name == "sqlite":
        for each in SQLITE_GUARDS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS history_no_{each.lower()}")
        yield
        for guard in SQLITE_GUARDS.values():
            connection.exec_driver_sql(guard)
    else:
        guard = "TRIGGER history_append_only"
        connection.exec_driver_sql(f"ALTER TABLE history DISABLE {guard}")
        yield
        connection.exec_driver_sql(f"ALTER TABLE history ENABLE {guard}")


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
                driver.execute("VACUUM FULL")
            finally:
                driver.autocommit = False
            return True
        driver.execute("VACUUM")
        busy, *_rest = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
