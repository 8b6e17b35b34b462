"""Connections to the database, set up so that a saved answer stays saved.

SQLite runs in WAL mode with ``synchronous=FULL``, and every write takes the write lock when it
begins: a transaction that reads first and asks for the lock later fails with "database is
locked" at once, whatever the busy timeout.
"""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from procurement_risk.errors import StorageError
from procurement_risk.framework.shipped import DEFAULT_URL as DEFAULT_URL, HOME
from procurement_risk.language import _
from procurement_risk.storage import making, search

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
    with engine.begin() as connection:
        making.make_tables(connection)
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
    # In tenths of a second, upwards: a turn that came at once leaves the setting as it is.
    patience = math.ceil(options.get(PATIENCE, BUSY_SECONDS) * 10) * 100
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


def reader_of(engine: sa.Engine) -> sa.Engine:
    """Return ``engine`` for reading: each transaction sees the database at one moment."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**READS)
    on_a_server = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return engine.execution_options(**READS, **on_a_server)


def is_reading(connection: sa.Connection) -> bool:
    """Whether a connection is one that ``reader_of`` gave."""
    return bool(READS.keys() & connection.get_execution_options().keys())


def version_in(connection: sa.Connection) -> str | None:
    """Return the version of the tables; None where there are none yet."""
    # Not by SQLAlchemy's inspector, which takes as long as all else that a start asks.
    if connection.dialect.name == "postgresql":
        table = connection.exec_driver_sql("SELECT to_regclass('alembic_version')")
    else:
        table = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
        )
    if table.scalar() is None:
        return None
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)
