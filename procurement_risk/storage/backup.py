"""A whole database as one SQLite file: written from one moment, checked, read back.

SQLite copies itself; PostgreSQL is read in one transaction, row by row. Either way the file holds
all there is, and either kind of database can be restored from it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from procurement_risk.errors import Problem, StorageError, UsageError
from procurement_risk.language import _
from procurement_risk.storage import (
    connection as connections,
    copying,
    opening,
    packed_backup,
    plain_errors,
    tables,
    verifying,
)
from procurement_risk.storage.evidence import copies, uses
from procurement_risk.storage.evidence.contents import ENDING
from procurement_risk.storage.marks import (
    MARK,
    NOTE,
    SHM,
    WAL,
    beside,
    is_whole,
    mark_of,
    new_mark,
    pragma,
    wal_bytes,
)

FOLDER = "PROCUREMENT_RISK_BACKUPS"
"""Names the folder for backups that are made before a database is brought up to date."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written, and checked afterwards.

    Attributes:
        path: The file.
        counts: How many rows of each table it holds, by the table's name.
        faults: What was altered from outside, in the database and so in its backup.
        files: How many files of evidence stand in the folder beside it.
    """

    path: Path
    counts: verifying.Counts
    faults: tuple[Problem, ...]
    files: int = 0


def write(engine: sa.Engine, path: Path) -> Backup:
    """Write all of a database, as it is at one moment, to a new file.

    Raises:
        UsageError: If there is a file of that name, or it cannot be written.
        StorageError: If what was written is not what was read.
    """
    if path.exists():
        message = _("There is a file {path} already. Choose another name for the backup.")
        raise UsageError(message.format(path=path))
    with _new_file(path) as part:
        if engine.dialect.name == "sqlite":
            counts = _copy_file(engine, part)
        else:
            counts = _copy_rows(engine, part)
        faults = _checked(part, counts)
        part.replace(path)
    return Backup(path, counts, faults)


def evidence_in(path: Path) -> list[str]:
    """Return the SHA-256 of each file of evidence that a backup names."""
    engine = sa.create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            return uses.digests(connection)
    finally:
        engine.dispose()


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """Give a file to write that takes its name once it is whole, and else vanishes."""
    try:
        folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    except OSError as error:
        message = _("{path} cannot be written: {reason}. Choose another place.")
        raise UsageError(message.format(path=path, reason=error.strerror)) from error
    try:
        part = folder / "backup.sqlite3"
        opening.make(part)
        with plain_errors.plain_errors(str(path)):
            yield part
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_file(engine: sa.Engine, part: Path) -> dict[str, int]:
    with connections.reader_of(engine).begin() as connection:
        counts = verifying.counts(connection)  # of the same moment: the transaction holds it
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with closing(sqlite3.connect(part, isolation_level=None)) as target:
            source.backup(target)
            _be_one_whole_file(target)
    return counts


def _copy_rows(engine: sa.Engine, part: Path) -> dict[str, int]:
    from procurement_risk.storage import migrate  # imports Alembic, which takes long

    written = connections.make_engine(f"sqlite:///{part}")
    try:
        with connections.reader_of(engine).connect() as source, source.begin():
            version = connections.version_in(source)
            if version is None:
                raise UsageError(_("The database is empty: there is nothing to back up."))
            counts = verifying.counts(source)
            migrate.to_version(written, version)
            with written.begin() as target:
                copying.copy_all(source, target)
    finally:
        written.dispose()
    with closing(sqlite3.connect(part, isolation_level=None)) as target:
        _be_one_whole_file(target)
    return counts


def _be_one_whole_file(target: sqlite3.Connection) -> None:
    """Have no log beside the file, and a mark that no log anywhere was written for."""
    target.execute(f"PRAGMA {_LOG}=DELETE")
    pragma(target, f"{MARK}={new_mark(whole=True)}")


_LOG = "journal_mode"
_INTEGRITY = ("integrity_check", "foreign_key_check")


def _checked(part: Path, counts: verifying.Counts) -> tuple[Problem, ...]:
    """Return what was altered from outside. Raises StorageError where something is missing."""
    engine = sa.create_engine(f"sqlite:///{part}")
    try:
        with engine.connect() as connection:
            found = [
                connection.exec_driver_sql(f"PRAGMA {each}").fetchall() for each in _INTEGRITY
            ]
            if found != [[("ok",)], []] or verifying.counts(connection) != counts:
                raise StorageError(
                    _("The backup is not what the database holds. It was thrown away: try again.")
                )
            if connections.version_in(connection) != tables.NEWEST:
                return ()  # only a toolkit of its version can read all of it
            return tuple(verifying.faults(connection))
    finally:
        engine.dispose()


def before_upgrade(engine: sa.Engine, version: str) -> list[str]:
    """Back a database of an older version up before it is changed; return what to tell of it.

    Raises:
        StorageError: If it is on a server, and no folder for the backup is named.
    """
    with connections.reader_of(engine).begin() as connection:
        if not connection.execute(sa.select(tables.framework_version.c.digest)).first():
            return []
    named = os.environ.get(FOLDER, "").strip()
    path = connections.file_of(engine)
    if not named and path is None:
        message = _(
            "The database is of version {old}, and this toolkit brings it to version {new}. A "
            "backup is made first: name a folder for it in {variable}. Nothing was changed."
        )
        words = message.format(old=version, new=tables.NEWEST, variable=FOLDER)
        raise StorageError(words)
    stem, folder = (path.stem, path.parent) if path else (str(engine.url.database), Path(named))
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    written = write(engine, (Path(named) if named else folder) / f"{stem}-{version}-{at}.sqlite3")
    message = _("The database was of version {old}. A backup of it was made first: {path}.")
    return [message.format(old=version, path=written.path)]


@contextmanager
def unpacked(path: Path, *, incomplete: bool = False) -> Iterator[Path]:
    """Give a copy of a backup, or of a database file, that may be opened and changed.

    Args:
        path: The file; a log that belongs to it is taken along. Or a ZIP as the page gives it.
        incomplete: Whether to take a copy over that lacks its log.

    Raises:
        UsageError: If there is no such file, or it is a database of something else.
        StorageError: If it is a copy that lacks its log.
    """
    if not path.is_file():
        raise UsageError(_("There is no file {path}. Check the name.").format(path=path))
    if packed_backup.is_packed(path):
        with tempfile.TemporaryDirectory() as folder, plain_errors.plain_errors(str(path)):
            inside = packed_backup.unpack(path, Path(folder))
            with unpacked(inside, incomplete=incomplete) as copy:
                yield copy
        return
    with tempfile.TemporaryDirectory() as folder, plain_errors.plain_errors(str(path)):
        copy = Path(folder) / path.name
        if not incomplete:
            opening.refuse_lacking(path)
        shutil.copyfile(path, copy)
        if wal_bytes(path) and not opening.has_foreign_log(path):
            shutil.copyfile(beside(path, WAL), beside(copy, WAL))
        copies.bring_along(path, copy)
        opening.mend_rights(copy)
        if incomplete and not is_whole(mark_of(copy)):
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                pragma(connection, f"{MARK}={new_mark(whole=True)}")
        _refuse_others(copy, path)
        yield copy


def _refuse_others(copy: Path, path: Path) -> None:
    """Raise UsageError where a file is a database of another program, or an empty one."""
    engine = sa.create_engine(f"sqlite:///{copy}")
    try:
        with engine.connect() as connection:
            version = connections.version_in(connection)
    finally:
        engine.dispose()
    if version is None:
        message = _("{path} is no database of this toolkit. Check the name.")
        raise UsageError(message.format(path=path))


def put_aside(url: str) -> list[Path]:
    """Give the SQLite file at ``url`` and all beside it other names; return those.

    Raises:
        UsageError: If the database is on a server.
    """
    engine = connections.make_engine(url)
    path = connections.file_of(engine)
    engine.dispose()
    if path is None:
        raise UsageError(
            _("A database on a server is not put aside. Create an empty one, and name that.")
        )
    at = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = path.with_name(f"{path.stem}-replaced-{at}{path.suffix}")
    moved = []
    for ending in ("", WAL, SHM, NOTE, ENDING):
        if beside(path, ending).exists():
            moved.append(beside(path, ending).rename(beside(aside, ending)))
    return moved
