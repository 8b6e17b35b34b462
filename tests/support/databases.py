"""An empty database for a test, on every database that the store can be kept in.

SQLite, and PostgreSQL too where PROCUREMENT_RISK_TEST_POSTGRES holds the address of a server: each
test then has a schema of its own there.
"""

import os
import uuid
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from procurement_risk.storage import open_store

POSTGRES = os.environ.get("PROCUREMENT_RISK_TEST_POSTGRES", "")
KINDS = ["sqlite", *(["postgresql"] if POSTGRES else [])]


@contextmanager
def address(kind, folder):
    """The address of an empty database of this kind, which is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/store.sqlite3"
        return
    name = f"test_{uuid.uuid4().hex}"
    engine = sa.create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    yield f"{POSTGRES}?options=-csearch_path%3D{name}"
    with engine.begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    engine.dispose()


@pytest.fixture(params=KINDS)
def url(request, tmp_path):
    """The address of an empty database."""
    with address(request.param, tmp_path) as found:
        yield found


@pytest.fixture
def store(url):
    opened = open_store(url)
    yield opened
    opened.close()
