"""All there is in a database: backed up, and filled from a backup."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import sqlalchemy as sa

from procurement_risk.errors import InvalidDocument, Problem, StorageError, UsageError
from procurement_risk.language import _
from procurement_risk.storage import backup, copying, kept_up, verifying
from procurement_risk.storage.backup import Backup
from procurement_risk.storage.database import Database
from procurement_risk.storage.evidence import copies, uses
from procurement_risk.storage.notifications import forgetting
from procurement_risk.storage.operations import evidence_files


def back_up(database: Database, path: Path) -> Backup:
    """Write all there is, as it is at one moment, to a new file, and check that file.

    Files of evidence that it names are written into a folder beside it. One that is gone, also
    since that moment, or was altered is among the faults.

    Raises:
        UsageError: If there is a file of that name, or it cannot be written.
        StorageError: If what was written is not what was read.
    """
    written = backup.write(database.engine, path)
    used = backup.evidence_in(path)
    gone = copies.copy(used, database.evidence(), copies.beside(path)) if used else []
    return replace(written, faults=(*written.faults, *gone), files=len(used) - len(gone))


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of everything that a database holds.

    Attributes:
        counts: How many rows of each table there are, by the table's name.
        files: How many files of evidence are named.
        faults: What was altered from outside, or is gone.
    """

    counts: verifying.Counts
    files: int
    faults: tuple[Problem, ...]


def verify_all(database: Database) -> Checked:
    """Return whether each history, kept file, log and file of evidence is as it was written."""
    with database.reading() as connection:
        counts, used = verifying.counts(connection), uses.digests(connection)
        faults = list(verifying.faults(connection))
    if used:
        faults += copies.faults(used, database.evidence())
    return Checked(counts, len(used), tuple(faults))


@dataclass(frozen=True, slots=True)
class Filled:
    """What was taken over from a backup.

    Attributes:
        counts: How many rows of each table there are now, by the table's name.
        gone: The files of evidence that are named, and were not beside the backup.
    """

    counts: verifying.Counts
    gone: tuple[Problem, ...]


def fill_from(database: Database, path: Path, *, incomplete: bool = False) -> Filled:
    """Take over all that a backup holds, all of it or nothing; return what that was.

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
                counts = _fill(there, here, lenient=incomplete)
                kept_up.catch_up_in(here)
                used = uses.digests(here)
                place = evidence_files.contents_of(database) if used else None
            gone = copies.copy(used, copies.beside(copy), place) if place is not None else []
            return Filled(counts, tuple(gone))
        finally:
            source.close()


# All that a backup holds, taken over into a database that is empty.


def _fill(source: sa.Connection, target: sa.Connection, *, lenient: bool) -> dict[str, int]:
    """Copy everything from one database into another; return the number of rows by table.

    Args:
        source: What to copy. Every history is verified first.
        target: Where to; nothing may be there.
        lenient: Whether to copy what does not verify.

    Raises:
        UsageError: If something is there already.
        InvalidDocument: If something in the source was altered; it lists every problem.
    """
    if any(verifying.counts(target).values()):
        raise UsageError(
            _(
                "There is something in this database already, and nothing was written over it. "
                "Restore into an empty database, or put this one aside first: "
                "python -m procurement_risk restore --replace BACKUP"
            )
        )
    problems = [] if lenient else list(verifying.faults(source))
    if problems:
        raise InvalidDocument("backup", problems)
    copying.copy_all(source, target)
    counts = verifying.counts(target)
    if counts != verifying.counts(source):
        raise StorageError(_("Not all of the backup arrived. Nothing was written: try again."))
    forgetting.hold_back(target)
    return counts
