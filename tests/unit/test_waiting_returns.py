"""What was sent back waits in the store until somebody takes it in or discards it."""

import pytest
import sqlalchemy as sa

from procurement_risk.errors import UsageError
from procurement_risk.storage import open_store, tables, waiting_returns
from procurement_risk.storage.keeping import look
from procurement_risk.storage.mentions import person
from procurement_risk.storage.places import seen
from tests.support.stored_examples import BARE, framework

FILE = b"PK what a supplier sent back"


def names(store, who="Ana"):
    return [each.name for each in store.waiting_for(who)]


def files(store):
    with store.engine.connect() as connection:
        return connection.execute(
            sa.select(sa.func.count()).select_from(tables.kept_file)
        ).scalar()


def test_a_file_waits_for_whoever_brought_it_also_after_a_restart(store, url):
    assert store.wait_return("back.xlsx", FILE, "Ana")
    assert store.wait_return("the same.xlsx", FILE, "Ana")
    store.close()

    again = open_store(url)
    (waiting,) = again.waiting_for("Ana")
    assert (waiting.name, waiting.size) == ("back.xlsx", len(FILE))
    assert again.kept_file(waiting.digest) == FILE
    assert names(again, "Bo") == []
    again.give_up_return("Bo", waiting.digest)
    assert names(again) == ["back.xlsx"]
    again.give_up_return("Ana", waiting.digest)
    assert (names(again), files(again)) == ([], 0)
    with pytest.raises(UsageError, match="the name is empty"):
        again.wait_return("back.xlsx", FILE, " ")
    again.close()


def test_a_file_that_was_taken_in_stays_when_it_waits_no_longer(store):
    store.create(BARE, framework(), "Ana")
    store.wait_return("back.xlsx", FILE, "Ana")
    digest = store.keep_return(BARE.id, "back.xlsx", FILE, "Ana")
    store.give_up_return("Ana", digest)

    assert store.kept_file(digest) == FILE


def test_nothing_waits_for_longer_than_is_said(store, monkeypatch):
    store.wait_return("back.xlsx", FILE, "Ana")
    monkeypatch.setattr(waiting_returns, "DAYS", -1)
    assert names(store) == []
    assert files(store) == 1
    monkeypatch.setattr(waiting_returns, "MOST", 0)
    assert not store.wait_return("other.xlsx", b"other", "Bo")
    assert files(store) == 0


@pytest.mark.parametrize("limit", ["MOST_BYTES", "MOST_BYTES_OF_ALL"])
def test_so_many_bytes_wait_and_no_more(store, monkeypatch, limit):
    monkeypatch.setattr(waiting_returns, limit, len(FILE) + 1)
    assert store.wait_return("back.xlsx", FILE, "Ana")
    assert not store.wait_return("more.xlsx", b"more", "Ana")
    assert names(store) == ["back.xlsx"]


def test_it_goes_with_the_assessment_that_it_answers(store):
    store.create(BARE, framework(), "Ana")
    store.wait_return("back.xlsx", FILE, "Ana")
    store.wait_return("other.xlsx", b"of another", "Ana")
    store.waiting_is_for("Ana", store.waiting_for("Ana")[0].digest, BARE.id)
    store.delete(BARE.id, look(store.load(BARE.id)), "Bo", "Made twice")

    assert names(store) == ["other.xlsx"]
    assert files(store) == 1


def test_a_person_is_struck_out_of_what_waits(store):
    store.wait_return("Zoë Quill.csv", b"from,Zo\xc3\xab Quill\n", "Ana")
    store.wait_return("of Zoë Quill.csv", b"nobody", "Ana")
    store.wait_return("hers.csv", b"hers", "Zoë Quill")
    mention = person(["Zoë Quill"])
    places = store.places(mention)
    assert {each.table for each in places} == {"kept_file", "waiting_return"}
    done = store.erase(mention, seen(places), "Bo", "Asked for by the person", "Person 1")

    assert store.places(mention) == []
    assert done.clean
    assert names(store) == ["of Person 1.csv"]
    assert names(store, "Person 1") == ["hers.csv"]


def test_what_waits_is_in_a_backup(store, tmp_path):
    store.wait_return("back.xlsx", FILE, "Ana")
    written = store.back_up(tmp_path / "backup.sqlite3")
    elsewhere = open_store(f"sqlite:///{tmp_path}/elsewhere/store.sqlite3")
    elsewhere.fill_from(written.path)

    assert names(elsewhere) == ["back.xlsx"]
    assert elsewhere.kept_file(elsewhere.waiting_for("Ana")[0].digest) == FILE
    elsewhere.close()
