"""Readings that share a moment: one transaction, until something is written."""

import contextlib

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import event

from procurement_risk.errors import NotFound, StorageError
from procurement_risk.storage import patience
from tests.support.api_examples import MINE, Served
from tests.support.databases import BOTH, KINDS, POSTGRES
from tests.support.stored_examples import FULL, framework


@contextlib.contextmanager
def counting(store):
    """Give the transactions that are begun, one after the other."""
    begun, note = [], lambda connection: begun.append(connection)
    event.listen(store.engine, "begin", note)
    try:
        yield begun
    finally:
        event.remove(store.engine, "begin", note)


@BOTH
def test_what_is_read_at_one_moment_is_one_transaction_until_something_is_written(store):
    store.create(FULL, framework(), "Ada")
    with counting(store) as begun:
        with store.at_one_moment():
            before = store.peek(FULL.id)
            assert store.head(FULL.id)[0]
            with store.at_one_moment(), store.reading():
                assert store.peek(FULL.id) == before
            assert len(begun) == 1
            store.archive(FULL.id, "Ada", "Done with")
            assert store.peek(FULL.id) == before + 1, "what was written is seen"
            assert store.head(FULL.id)[0] > before
        assert len(begun) == 3
        store.peek(FULL.id), store.peek(FULL.id)
        assert len(begun) == 5
    assert store.engine.pool.checkedout() == 0


@BOTH
def test_a_reading_in_the_middle_of_which_something_is_written_goes_on(store):
    store.create(FULL, framework(), "Ada")
    with store.at_one_moment():
        with store.reading() as connection:
            store.archive(FULL.id, "Ada", "Done with")
            assert connection.execute(sa.text("SELECT 1")).scalar() == 1
        assert store.engine.pool.checkedout() == 0
    assert store.engine.pool.checkedout() == 0


@BOTH
def test_what_fails_at_one_moment_holds_up_nothing_after_it(store):
    store.create(FULL, framework(), "Ada")
    with store.at_one_moment():
        with pytest.raises(StorageError), store.reading() as connection:
            connection.exec_driver_sql("SELECT nothing FROM nowhere")
        assert store.peek(FULL.id)
        with pytest.raises(NotFound):
            store.peek("absent")
        assert store.peek(FULL.id)
    assert store.engine.pool.checkedout() == 0


@BOTH
def test_a_program_reads_in_one_transaction_and_a_token_taken_back_ends_at_once(store):
    served = Served(store)
    client = served.client()
    assert client.get(f"/api/assessments/{MINE}").status_code == 200  # and writes the last use
    for path in (f"/api/assessments/{MINE}", "/api/frameworks", "/api/webhooks"):
        with counting(store) as begun:
            assert client.get(path).status_code in (200, 403)
        assert len(begun) == 1, path
    for each in store.tokens():
        if each.name == "officer":
            store.revoke_token(each.id, "Ada")
    assert client.get(f"/api/assessments/{MINE}").status_code == 401
    assert client.get("/api/assessments?sort=nothing").status_code == 401


@pytest.mark.skipif(not POSTGRES, reason="PROCUREMENT_RISK_TEST_POSTGRES names no server")
@pytest.mark.parametrize("url", KINDS[1:], indirect=True)
def test_a_connection_that_was_ended_is_not_lent_again(store, monkeypatch):
    asked, ping = [], store.engine.dialect.do_ping
    monkeypatch.setattr(store.engine.dialect, "do_ping", lambda c: asked.append(c) or ping(c))
    with store.reading() as connection:
        number = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar()
    for _time in range(3):
        store.changes()
    assert not asked, "it was heard a moment ago"
    with psycopg.connect(POSTGRES.replace("+psycopg", "")) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
    assert store.changes() == 0, "another is connected, and nobody told"
    assert len(asked) == 1
    monkeypatch.setattr(patience, "BELIEVED_SECONDS", -1.0)
    store.changes()
    assert len(asked) == 2, "after a while it is asked whether it is there"
