"""An empty database for a test, on every database that the store can be kept in.

SQLite, and PostgreSQL too where PROCUREMENT_RISK_TEST_POSTGRES holds the address of a server, as
``make test`` starts one. Making the tables there takes longer than most tests, and so does
connecting: each process makes them once, in a schema of its own, and keeps its connections; a test
gets them without what the one before it has written.
"""

import os
import uuid
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from procurement_risk.storage import (
    append_only,
    connection as connections,
    making,
    open_store,
    opening,
)

POSTGRES = os.environ.get("PROCUREMENT_RISK_TEST_POSTGRES", "")
KINDS = ["sqlite", *(["postgresql"] if POSTGRES else [])]

ON_BOTH = {
    "test_acting_attacked",
    "test_answer_links",
    "test_evidence_files",
    "test_logs",
    "test_people",
    "test_reviewing",
    "test_signing_off",
    "test_storage",
    "test_storage_backup",
    "test_storage_migrations",
    "test_storage_suppliers",
    "test_waiting_returns",
}
"""The modules whose tests all run on both. Others mark some by ``BOTH``, or run on SQLite: what
is made of the answers is the same, and a second run of everything would take too long."""

_EMPTIED = """
SET LOCAL session_replication_role = replica;  -- what guards the history holds up no replica
DO $$
DECLARE filled text;
BEGIN
    SELECT string_agg(oid::regclass::text, ', ') INTO filled FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
        AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0;
    IF filled IS NOT NULL THEN EXECUTE 'TRUNCATE ' || filled || ' CASCADE'; END IF;
END $$
"""


@pytest.fixture(scope="session", autouse=True)
def _statements():
    """SQLAlchemy makes each statement's text once for a process: not for every test's database.

    It keeps the text for a dialect, of which each engine has its own: those for SQLite are alike.
    """
    kept = sa.util.LRUCache(2000)
    create = sa.create_engine
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            SQLiteDialect_pysqlite, "__eq__", lambda one, other: type(one) is type(other)
        )
        patched.setattr(SQLiteDialect_pysqlite, "__hash__", lambda one: hash(type(one)))
        patched.setattr(
            sa,
            "create_engine",
            lambda *a, **k: create(*a, execution_options={"compiled_cache": kept}, **k),
        )
        yield


@contextmanager
def address(kind, folder):
    """The address of a database without tables, which is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/store.sqlite3"
        return
    name = f"test_{uuid.uuid4().hex}"
    engine = sa.create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    yield f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{name}"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    engine.dispose()


@pytest.fixture(scope="session")
def _server():
    """The tables on PostgreSQL for one test after the other: their address and connections."""
    with address("postgresql", None) as url:
        engine = connections.make_engine(url)
        making.make_if_empty(engine)
        yield url, engine
        engine.dispose()


@contextmanager
def emptied(server, monkeypatch):
    """The address of the tables on PostgreSQL, with nothing in them; connections stay open."""
    url, engine = server
    with engine.begin() as connection:
        for name in append_only.APPEND_ONLY:  # a test may have left it open
            append_only.shut(connection, name)
        connection.exec_driver_sql(_EMPTIED)
    connect = connections.make_engine
    with monkeypatch.context() as patched:
        patched.setattr(engine, "dispose", lambda: None)
        patched.setattr(
            connections, "make_engine", lambda asked: engine if asked == url else connect(asked)
        )
        yield url


BOTH = pytest.mark.parametrize("url", KINDS, indirect=True)
"""Marks one test that runs on both."""


def pytest_generate_tests(metafunc):
    """Run what asks for a database on each kind, where its module is one of ``ON_BOTH``."""
    chosen = {each.args[0] for each in metafunc.definition.iter_markers("parametrize")}
    if metafunc.module.__name__.rpartition(".")[2] in ON_BOTH:
        for name in {"url", "unmade"} & set(metafunc.fixturenames):
            if not any(name in each for each in chosen):
                metafunc.parametrize(name, KINDS, indirect=True)


def _kind(request):
    return getattr(request, "param", "sqlite")


@pytest.fixture
def unmade(request, tmp_path):
    """The address of a database without tables."""
    with address(_kind(request), tmp_path) as found:
        yield found


@pytest.fixture
def url(request, tmp_path, monkeypatch):
    """The address of an empty database."""
    if _kind(request) == "sqlite":
        yield f"sqlite:///{tmp_path}/store.sqlite3"
        return
    with emptied(request.getfixturevalue("_server"), monkeypatch) as found:
        yield found


@cache
def _empty():
    """What the store makes of a new file: making it takes longer than most tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.sqlite3"
        open_store(f"sqlite:///{path}").close()
        return path.read_bytes()


def open_empty(url):
    """Return a store over an empty database, whose tables need not be made where it is a file."""
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite":
        path = Path(address.database)
        path.touch(opening.OWNER_ALONE)
        path.write_bytes(_empty())
    return open_store(url)


@pytest.fixture
def store(url):
    opened = open_empty(url)
    yield opened
    opened.close()
