"""Connections to the database, set up so that a saved answer stays saved.

SQLite runs in WAL mode with ``synchronous=FULL``, and every write takes the write lock when it
begins: a transaction that reads first and asks for the lock later fails with "database is
locked" at once, whatever the busy timeout.
"""

from __future__ import annotations

import errno
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from procurement_risk.errors import StorageError
from procurement_risk.framework.shipped import HOME
from procurement_risk.language import N_, _
from procurement_risk.storage import search, tables

DEFAULT_URL = "sqlite:///assessments/assessments.sqlite3"

READS = {"procurement_risk_reads": True}
PATIENCE = "procurement_risk_patience"
BUSY_SECONDS = 5

POOLER, CONNECTIONS = "pgbouncer", "connections"
"""What may stand behind the ``?`` of an address: that a pooler lends out connections for one
transaction each, and how many one process may have open."""
MOST_CONNECTIONS = 30


def make_engine(url: str) -> sa.Engine:
    """Return an engine for ``url``; a relative SQLite path counts from ``HOME``.

    Raises:
        StorageError: If ``url`` names no database that can be used.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(address)
    try:
        return _server_engine(address)
    except ModuleNotFoundError as error:
        message = _(
            "PostgreSQL needs the Python package {package}, which is not installed. Run: {command}"
        )
        run = "pip install 'psycopg[binary]'"
        raise StorageError(message.format(package=repr(error.name), command=run)) from error


def _server_engine(address: sa.URL) -> sa.Engine:
    from procurement_risk.storage import patience  # which needs the driver

    pooled = address.query.get(POOLER) == "true"
    connections = str(address.query.get(CONNECTIONS, MOST_CONNECTIONS))
    if not connections.isdecimal() or not 2 <= int(connections) <= 200:
        message = _("In the database address, write {name}= and a number from 2 to 200.")
        raise StorageError(message.format(name=CONNECTIONS))
    connect = {"connect_timeout": patience.CONNECT_SECONDS}
    engine = sa.create_engine(
        address.difference_update_query([POOLER, CONNECTIONS]),
        # What was prepared on one connection is not there on the next that a pooler gives.
        connect_args={**connect, "prepare_threshold": None} if pooled else connect,
        pool_pre_ping=True,
        pool_size=max(2, int(connections) // 3),
        max_overflow=int(connections) - max(2, int(connections) // 3),
        pool_timeout=patience.ANSWER_SECONDS,
    )
    patience.watch(engine)
    return engine


def hurry(engine: sa.Engine, seconds: float | None = None) -> None:
    """Have a server that has stopped answering told of within seconds, as people need it.

    A file is on this computer: nothing is waited for but a lock, see ``BUSY_SECONDS``.
    """
    if engine.dialect.name == "postgresql":
        from procurement_risk.storage import patience

        patience.hurry(engine, seconds or patience.ANSWER_SECONDS)


def memory_engine() -> sa.Engine:
    """Return an engine for a database in memory, gone when the engine is.

    It has one connection, which callers wait for in turn: another one would see another database.
    """
    engine = sa.create_engine(
        "sqlite://",
        poolclass=sa.QueuePool,
        pool_size=1,
        max_overflow=0,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    tables.metadata.create_all(engine)
    with engine.begin() as connection:
        search.make(connection)
    return engine


def place_of(engine: sa.Engine) -> str:
    """Return where the database is, fit to be shown: never who connects to which server."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return _("{name} on PostgreSQL").format(name=repr(engine.url.database or ""))


def _address(url: str) -> sa.URL:
    if url.startswith("postgres://"):
        url = url.replace("postgres://", "postgresql://", 1)
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        # The text may hold a password, so it is not repeated.
        raise StorageError(
            _(
                "The database address cannot be read. Write it like "
                "sqlite:///folder/file.sqlite3 or postgresql://user:password@host/name."
            )
        ) from error
    if address.get_backend_name() not in {"sqlite", "postgresql"}:
        message = _(
            "The database address begins with {name}. "
            "Use sqlite:///… for a file or postgresql://… for a server."
        )
        raise StorageError(message.format(name=repr(address.drivername)))
    return address


def _sqlite_engine(address: sa.URL) -> sa.Engine:
    if not address.database or ":memory:" in address.database:
        raise StorageError(
            _(
                "A database in memory forgets everything when the toolkit stops. "
                "Name a file, such as sqlite:///assessments/assessments.sqlite3."
            )
        )
    path = HOME / address.database
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _(
            "The folder {folder} cannot be made: {reason}. Choose a folder you may write to."
        )
        raise StorageError(message.format(folder=path.parent, reason=error.strerror)) from error
    engine = sa.create_engine(
        address.set(database=str(path)),
        creator=_connecting(path),
        pool_size=10,
        max_overflow=20,
        pool_timeout=30,
    )
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _connecting(path: Path) -> Callable[[], sqlite3.Connection]:
    """Return what connects to a file; after the first time it makes no new one in its place."""
    modes = ["rwc"]

    def connect() -> sqlite3.Connection:
        address = f"{path.absolute().as_uri()}?mode={modes[-1]}"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        modes.append("rw")
        return connection

    return connect


def _set_up(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 then leaves BEGIN to us
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")
    _use_wal(cursor)
    # The log is taken into the file by ``database_file`` alone, which marks the file then.
    for pragma in (
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "secure_delete=ON",
        "wal_autocheckpoint=0",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Switch to WAL. SQLite does not wait its busy timeout for this, so we do."""
    give_up_at = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up_at:
                raise
            time.sleep(0.01)
        else:
            return


def _begin(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    patience = int(options.get(PATIENCE, BUSY_SECONDS) * 1000)
    if connection.info.get(PATIENCE) != patience:  # stays as it was set
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
        connection.info[PATIENCE] = patience
    connection.exec_driver_sql(
        "BEGIN" if "procurement_risk_reads" in options else "BEGIN IMMEDIATE"
    )


def patient(engine: sa.Engine, seconds: float) -> sa.Engine:
    """Return ``engine`` for writing: a transaction waits so long for another program's lock."""
    return engine.execution_options(**{PATIENCE: seconds})


def file_of(engine: sa.Engine) -> Path | None:
    """Return the SQLite file of an engine; None where the database is on a server."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return None
    return Path(engine.url.database)


def in_use(place: str) -> StorageError:
    """Return the error that another program holds the database."""
    return StorageError(_(_EXPLANATIONS[0][1]).format(place=place, busy=BUSY_SECONDS))


def reader_of(engine: sa.Engine) -> sa.Engine:
    """Return ``engine`` for reading: each transaction sees the database at one moment."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**READS)
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def version_in(connection: sa.Connection) -> str | None:
    """Return the version of the tables; None where there are none yet."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


LEAST_ROOM = 100_000
"""With fewer bytes than this left on its disk, a database cannot even be opened."""

_FULL = N_("The disk of the database {place} is full. Free some space on it and try again.")
_SILENT = N_(
    "The database {place} does not answer. Nothing was written. Wait a moment and try again; if "
    "it goes on, tell whoever runs the database."
)
_CROWDED = N_(
    "The database {place} has no connection left. Nothing was written. Wait a moment and try "
    "again; if it goes on, tell whoever runs the database."
)

# What a driver says, in English whatever the language in use, and what to tell the person.
_EXPLANATIONS = (
    (
        "locked",
        N_(
            "The database {place} is in use by another program for longer than {busy} seconds. "
            "Close that program, or wait and try again."
        ),
    ),
    (
        "not a database",
        N_(
            "The database {place} is not a database file. Choose another file name, or restore a "
            "backup."
        ),
    ),
    (
        "malformed",
        N_(
            "The database {place} is damaged. Keep a copy of the file, and restore the last "
            "backup."
        ),
    ),
    (
        "unable to open",
        N_(
            "The database {place} cannot be opened. Check that the folder exists and that you may "
            "write to it."
        ),
    ),
    (
        "readonly",
        N_(
            "The database {place} may only be read. Ask for the right to write to the file and "
            "its folder."
        ),
    ),
    (
        "disk is full",
        _FULL,
    ),
    ("no space left", _FULL),
    ("no answer in time", _SILENT),
    ("statement timeout", _SILENT),
    ("connection timeout", _SILENT),
    ("too many clients", _CROWDED),
    ("too many connections", _CROWDED),
    ("connection slots", _CROWDED),
    ("queuepool limit", _CROWDED),
    (
        "disk i/o",
        N_(
            "The database {place} could not be read or written. Keep it on a local disk, not on a "
            "network share."
        ),
    ),
    (
        "authentication failed",
        N_(
            "The database {place} refused the user name or password. Check the address it was "
            "given."
        ),
    ),
    (
        "does not exist",
        N_(
            "The database {place} is not on that server, or lacks something. Ask the "
            "administrator to create it."
        ),
    ),
    (
        "must be owner",
        N_(
            "The database {place} does not let this user do that. Ask the administrator for the "
            "right to create and write tables."
        ),
    ),
    (
        "permission denied",
        N_(
            "The database {place} does not let this user do that. Ask the administrator for the "
            "right to create and write tables."
        ),
    ),
    (
        "resolve host",
        N_(
            "The database {place} cannot be reached. Check that the server runs and that the "
            "address is right."
        ),
    ),
    (
        "connect",
        N_(
            "The database {place} cannot be reached. Check that the server runs and that the "
            "address is right."
        ),
    ),
)


@contextmanager
def plain_errors(place: str) -> Iterator[None]:
    """Turn what a database driver raises into a StorageError in plain words."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        said = str(getattr(error, "orig", None) or error).strip()
        for fragment, explanation in _EXPLANATIONS:
            if fragment in said.lower():
                explanation = _FULL if _has_no_room(place) else explanation
                words = _(explanation).format(place=place, busy=BUSY_SECONDS)
                raise StorageError(words) from error
        first = _first(error, said)
        message = _(
            "The database {place} refused: {said}. Nothing was written. Tell the administrator."
        )
        raise StorageError(message.format(place=place, said=first)) from error
    except OSError as error:  # of the files beside it
        message = _("The database {place} cannot be used: {said}. Nothing was written.")
        words = _(_FULL) if error.errno in (errno.ENOSPC, errno.EDQUOT) else message
        raise StorageError(words.format(place=place, said=error.strerror)) from error


def _first(error: BaseException, said: str) -> str:
    """Return the first line of what a driver says; of a server's, its code alone.

    A server's sentence may name it, or whoever connects to it.
    """
    original = getattr(error, "orig", None)
    if original is not None and not isinstance(original, sqlite3.Error):
        return getattr(original, "sqlstate", None) or type(original).__name__
    return said.splitlines()[0] if said else type(error).__name__


def _has_no_room(place: str) -> bool:
    """Whether the disk of a file is full: SQLite then also says that it cannot open or read."""
    folder = Path(place).parent
    return (
        Path(place).is_absolute()
        and folder.is_dir()
        and shutil.disk_usage(folder).free < LEAST_ROOM
    )
