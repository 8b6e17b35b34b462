"""All there is in a database: backed up, and filled from a backup."""

from __future__ import annotations

from pathlib import Path

from procurement_risk.storage import backup, kept_up, restoring
from procurement_risk.storage.backup import Backup
from procurement_risk.storage.database import Database


def back_up(database: Database, path: Path) -> Backup:
    """Write all there is, as it is at one moment, to a new file, and check that file.

    Raises:
        UsageError: If there is a file of that name, or it cannot be written.
        StorageError: If what was written is not what was read.
    """
    return backup.write(database.engine, path)


def fill_from(database: Database, path: Path, *, incomplete: bool = False) -> dict[str, int]:
    """Take over all that a backup holds, all of it or nothing; return rows by table.

    Args:
        database: Which.
        path: The backup, or a database file. Every history in it is verified first.
        incomplete: Whether to take over a file that lacks its log, or fails that.

    Raises:
        UsageError: If there is something here already, or no such file.
        StorageError: If the file is damaged, lacks its log or was altered; nothing was taken.
    """
    with backup.unpacked(path, incomplete=incomplete) as copy:
        source = Database.open(f"sqlite:///{copy}")
        try:
            with source.reading() as there, database.writing() as here:
                counts = restoring.fill(there, here, lenient=incomplete)
                kept_up.catch_up_in(here)
            return counts
        finally:
            source.close()
