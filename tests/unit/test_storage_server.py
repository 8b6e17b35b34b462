"""What is said of a database on a server that does not do its part, and how soon."""

import socket
import time

import psycopg
import pytest
import sqlalchemy as sa

from procurement_risk.errors import StorageError
from procurement_risk.storage import connection as connections, patience, plain_errors
from tests.support.databases import POSTGRES

SECRET = "postgresql://ada:hunter2@db.internal.test:5432/risk"
HIDDEN = ("ada", "hunter2", "internal", "5432")


@pytest.fixture
def frozen():
    """The address of a server that takes what is sent to it and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield f"postgresql://ada:hunter2@127.0.0.1:{silent.getsockname()[1]}/risk"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            'connection failed: server at "db.internal.test", port 5432 refused',
            "cannot be reached",
        ),
        ("[Errno -2] failed to resolve host 'db.internal.test'", "cannot be reached"),
        ('FATAL: password authentication failed for user "ada"', "refused the user name"),
        ('FATAL: role "ada" does not exist', "not on that server"),
        ("could not extend file: No space left on device", "disk of the database 'risk'"),
        ("canceling statement due to statement timeout", "does not answer"),
        ("no answer in time", "does not answer"),
        ("FATAL: sorry, too many clients already", "no connection left"),
        ('something new about "ada" at db.internal.test:5432', "refused: OperationalError"),
    ],
)
def test_what_a_server_says_is_told_without_its_name_or_who_connects(said, told):
    place = connections.place_of(connections.make_engine(SECRET))
    with pytest.raises(StorageError, match=told) as error, plain_errors.plain_errors(place):
        raise sa.exc.OperationalError("SELECT 1", {}, psycopg.OperationalError(said))
    assert not [each for each in HIDDEN if each in str(error.value)]


def test_a_server_that_never_answers_is_told_in_seconds(frozen, monkeypatch):
    monkeypatch.setattr(patience, "CONNECT_SECONDS", 2)  # the least that the driver takes
    began = time.monotonic()
    engine = connections.make_engine(frozen)
    for _time in range(5):  # as often as one page asks
        with (
            pytest.raises(StorageError, match="does not answer") as error,
            plain_errors.plain_errors(connections.place_of(engine)),
            engine.begin(),
        ):
            pass
    assert time.monotonic() - began < 4
    assert not [each for each in HIDDEN if each in str(error.value)]


@pytest.mark.parametrize("count", ["1", "many", "1000", "-5"])
def test_a_number_of_connections_that_makes_no_sense_is_refused(count):
    with pytest.raises(StorageError, match="from 2 to 200"):
        connections.make_engine(f"{SECRET}?connections={count}")


def test_an_address_says_how_many_connections_and_whether_there_is_a_pooler():
    engine = connections.make_engine(f"{SECRET}?connections=9&pgbouncer=true")
    assert (engine.pool.size(), engine.pool._max_overflow) == (3, 6)
    _args, made = engine.dialect.create_connect_args(engine.url)
    assert not {"pgbouncer", "connections"} & set(made)


@pytest.mark.skipif(not POSTGRES, reason="PROCUREMENT_RISK_TEST_POSTGRES names no server")
def test_a_server_that_stops_answering_in_the_middle_is_told_and_comes_back():
    engine = connections.make_engine(POSTGRES)
    connections.hurry(engine, 0.3)
    began = time.monotonic()
    with (
        pytest.raises(StorageError, match="does not answer"),
        plain_errors.plain_errors("here"),
        engine.begin() as connection,
    ):
        connection.exec_driver_sql("SELECT pg_sleep(3)")
    assert time.monotonic() - began < 1
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    engine.dispose()
