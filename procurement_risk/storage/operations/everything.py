"""All there is in a database: backed up, and filled from a backup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from procurement_risk.storage import backup, kept_up, restoring
from procurement_risk.storage.backup import Backup
from procurement_risk.storage.database import Database
from procurement_risk.storage.evidence import copies, uses
from procurement_risk.storage.operations import evidence_files


def back_up(database: Database, path: Path) -> Backup:
    """Write all there is, as it is at one moment, to a new file, and check that file.

    Files of evidence are written into a folder beside it. One that is gone or was altered is
    among the faults.

    Raises:
        UsageError: If there is a file of that name, or it cannot be written.
        StorageError: If what was written is not what was read.
    """
    written = backup.write(database.engine, path)
    with database.reading() as connection:
        used = uses.digests(connection)
    gone = copies.copy(used, database.evidence(), copies.beside(path)) if used else []
    return replace(written, faults=(*written.faults, *gone), files=len(used) - len(gone))


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
                used = uses.digests(here)
                place = evidence_files.contents_of(database) if used else None
            if place is not None:  # what is not there is told when it is asked for
                copies.copy(used, copies.beside(copy), place)
            return counts
        finally:
            source.close()
