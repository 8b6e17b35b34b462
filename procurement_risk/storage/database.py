"""The database behind a store: whose turn it is to read or write, and its file kept whole."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, Self, TypeVar

import sqlalchemy as sa

from procurement_risk.errors import StorageError
from procurement_risk.storage import (
    backup,
    cleaning,
    connection as connections,
    evidence,
    kept_up,
    making,
    opening,
    plain_errors,
    search,
    tables,
)
from procurement_risk.storage.database_file import DatabaseFile
from procurement_risk.storage.evidence import uses
from procurement_risk.storage.kept_frameworks import KeptFrameworks
from procurement_risk.storage.kept_summaries import KeptSummaries
from procurement_risk.storage.one_moment import Readings

Given = ParamSpec("Given")
Back = TypeVar("Back")
OnConnection = Callable[Concatenate[sa.Connection, Given], Back]
OnDatabase = Callable[Concatenate["Database", Given], Back]


def reading(look: OnConnection[Given, Back]) -> OnDatabase[Given, Back]:
    """Return ``look``, which takes a connection, as one that takes the database."""

    @wraps(look)
    def looked(database: Database, /, *args: Given.args, **more: Given.kwargs) -> Back:
        with database.reading() as connection:
            return look(connection, *args, **more)

    return looked


def writing(change: OnConnection[Given, Back]) -> OnDatabase[Given, Back]:
    """Return ``change``, which takes a connection, as one that takes the database."""

    @wraps(change)
    def changed(database: Database, /, *args: Given.args, **more: Given.kwargs) -> Back:
        with database.writing() as connection:
            return change(connection, *args, **more)

    return changed


class Database:
    """One database, open. Safe to share between threads; ``close`` it when done.

    Attributes:
        place: Where it is, fit to be shown.
        notices: What whoever opened it should hear.
        engine: Its connections, for what neither ``reading`` nor ``writing`` will do.
        kept_frameworks: The versions of frameworks in it.
        kept_summaries: The lines of its list.
    """

    def __init__(
        self,
        engine: sa.Engine,
        place: str,
        file: DatabaseFile | None = None,
        notices: tuple[str, ...] = (),
    ) -> None:
        self.place, self.notices = place, notices
        self.engine = engine
        self.kept_frameworks = KeptFrameworks()
        self.kept_summaries = KeptSummaries()
        self._file = file
        # A program that just ends leaves the file whole as well.
        self._let_go = weakref.finalize(self, file.close) if file else None
        self._readings = Readings(connections.reader_of(engine))
        self._tell: list[Callable[[], None]] = []
        self._tell_refused: list[Callable[[], None]] = []
        # SQLite lets waiting writers in by chance; a queue in front of it keeps them in turn.
        self._turn = threading.Lock()

    @classmethod
    def open(cls, url: str) -> Self:
        """Return the database at ``url``, made or brought up to date where need be.

        Raises:
            StorageError: If it cannot be used; the message says what to do.
        """
        engine = connections.make_engine(url)
        place, path = connections.place_of(engine), connections.file_of(engine)
        notices: list[str] = []
        try:
            with plain_errors.plain_errors(place):
                if path is not None:
                    notices += opening.prepare(path)
                notices += _ready(engine)
                if path is not None:
                    notices += opening.mend_rights(path)
                file = None if path is None else DatabaseFile(path)
            database = cls(engine, place, file, tuple(notices))
            database.check_writable()
        except BaseException:
            engine.dispose()
            raise
        return database

    def close(self) -> None:
        """Make an SQLite file whole, and give back every connection."""
        if self._let_go is not None:
            self._let_go()
        self.engine.dispose()

    def evidence(self) -> evidence.Contents | None:
        """Return where files of evidence lie; None where no place is set for them."""
        return evidence.contents_of(connections.file_of(self.engine))

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Read, all of it as of one moment."""
        with plain_errors.plain_errors(self.place), self._readings.one() as connection:
            yield connection

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Have what this thread reads within it, between two writes, be as of one moment."""
        with plain_errors.plain_errors(self.place), self._readings.shared():
            yield

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Write, all of it or nothing, when it is our turn."""
        self._readings.go_on()
        with plain_errors.plain_errors(self.place), self._in_turn() as patience:
            writer = connections.patient(self.engine, patience)
            with self._changing(patience), writer.begin() as connection:
                yield connection
        for tell in self._tell:
            tell()

    def on_written(self, tell: Callable[[], None]) -> None:
        """Call ``tell`` whenever something was written."""
        self._tell.append(tell)

    def on_refused(self, tell: Callable[[], None]) -> None:
        """Call ``tell`` whenever somebody was refused what they may not do."""
        self._tell_refused.append(tell)

    def note_refused(self) -> None:
        """Say that somebody was refused."""
        for tell in self._tell_refused:
            tell()

    @contextmanager
    def _changing(self, patience: float = connections.BUSY_SECONDS) -> Iterator[None]:
        """Change the SQLite file, which says so for as long as it is not whole."""
        if self._file is None:
            yield
            return
        self._file.begin(patience)
        try:
            yield
        finally:
            self._file.ended()

    @contextmanager
    def _in_turn(self) -> Iterator[float]:
        """Wait for the turn to write, and give how many seconds are left to wait for others."""
        until = time.monotonic() + connections.BUSY_SECONDS
        if self.engine.dialect.name != "sqlite":
            yield connections.BUSY_SECONDS
            return
        if not self._turn.acquire(timeout=connections.BUSY_SECONDS):
            raise plain_errors.in_use(self.place)
        try:
            yield max(until - time.monotonic(), 0.0)
        finally:
            self._turn.release()

    def hurry(self) -> None:
        """Wait no longer for the database than people do, who look at a page meanwhile."""
        connections.hurry(self.engine)

    def check_writable(self) -> None:
        """Take the right to write and give it back. Raises StorageError where there is none."""
        with plain_errors.plain_errors(self.place), self.engine.begin():
            pass

    def _tidy(self, connection: sa.Connection) -> None:
        """Take bytes away that lie in the folder of evidence and that nobody uses."""
        place = self.evidence()
        if isinstance(place, evidence.Folder):
            place.tidy(uses.digests(connection))

    def clean(self) -> bool:
        """Write the database anew without what was deleted, and return whether that was done."""
        try:
            with self.writing() as connection:
                search.purge(connection)
                self._tidy(connection)
            with self._turn, plain_errors.plain_errors(self.place), self._changing():
                return cleaning.clean(self.engine)
        except StorageError:
            return False
        finally:
            if self._file is not None:
                self._file.settle()


# A database is made, or brought up to date after a backup, before it is used.

_LONGEST_SECONDS = 600.0
"""For how long a program waits for another one on this computer that brings a file up to date."""


def _ready(engine: sa.Engine) -> list[str]:
    """Make the tables, or bring those of an older version up to date; return what to tell of it.

    What follows from them is kept up as well.

    Raises:
        StorageError: If the database is newer than this code, is somebody else's, or is an older
            one on a server of which no backup can be made first.
    """
    with connections.reader_of(engine).begin() as connection:
        stored = connections.version_in(connection)
    if stored == tables.NEWEST or (stored is None and making.make_if_empty(engine)):
        kept_up.catch_up(engine)
        return []
    # Alembic takes longer to import than everything else here, and is hardly ever needed.
    from procurement_risk.storage import migrate

    told = []
    if stored is not None and stored < tables.NEWEST:
        told = backup.before_upgrade(engine, stored)
    patient = connections.patient(engine, _LONGEST_SECONDS)
    migrate.to_newest(patient)
    kept_up.catch_up(patient)
    return told
