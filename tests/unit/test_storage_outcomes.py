"""Outcomes: made once for each revision, kept, and never older than what they are made of."""

import threading
from dataclasses import replace

import pytest

from procurement_risk.assessment.record import read_record
from procurement_risk.errors import StorageError
from procurement_risk.methods import score_to_document
from procurement_risk.storage import open_store
from procurement_risk.storage.operations import made_outcomes
from tests.support.stored_examples import BARE, FULL, framework, record_of

OTHER = replace(BARE, id="other")


@pytest.fixture
def made(store):
    """The store with two assessments, and the ids for which something was made."""
    store.create(BARE, framework(), "Ada")
    store.create(OTHER, framework(), "Ada")
    return store, []


def ask(made, made_by="test 1", known=None):
    """What the store gives; ``made`` notes for which assessments it had to be worked out."""
    held, noted = made

    def make(stored):
        noted.append(stored.assessment.id)
        return {"id": stored.assessment.id, "revision": stored.revision}

    return held.outcomes(make, made_by, known or {})


def test_each_is_made_once_and_then_kept(made):
    first = ask(made)
    again = ask(made)

    assert sorted(made[1]) == ["bare", "other"]
    assert first == again
    assert {name: each.document["id"] for name, each in again.fresh.items()} == {
        "bare": "bare",
        "other": "other",
    }
    assert again.fresh["bare"].framework is made[0].load("bare").framework


def test_it_is_kept_for_the_next_process(made, url):
    ask(made)
    other = open_store(url)

    found = ask((other, made[1]))

    other.close()
    assert len(made[1]) == 2
    assert found.fresh["bare"].document == {"id": "bare", "revision": found.revisions["bare"]}


def test_only_what_changed_is_made_anew(made):
    ask(made)
    made[0].save("bare", "answer:DP-01", {"option": "a"}, 0, "Ada")

    found = ask(made)

    assert sorted(made[1]) == ["bare", "bare", "other"]
    assert found.revisions["bare"] == made[0].peek("bare") == found.fresh["bare"].revision


def test_another_maker_makes_everything_anew(made):
    ask(made)

    ask(made, made_by="test 2")

    assert sorted(made[1]) == ["bare", "bare", "other", "other"]


def test_what_is_known_is_not_given_again(made):
    known = ask(made).revisions
    made[0].save("bare", "answer:DP-01", {"option": "a"}, 0, "Ada")

    found = ask(made, known=known)

    assert list(found.fresh) == ["bare"]
    assert set(found.revisions) == {"bare", "other"}


def test_archived_ones_are_left_out_and_come_back(made):
    before = ask(made)
    made[0].archive("bare", "Ada")

    without = ask(made)
    made[0].restore("bare", "Ada")
    back = ask(made)

    assert set(without.revisions) == set(without.fresh) == {"other"}
    assert set(back.fresh) == set(before.fresh)


def test_saving_an_answer_makes_nothing(made):
    ask(made)
    made[0].save("bare", "answer:DP-01", {"option": "a"}, 0, "Ada")

    assert len(made[1]) == 2


def test_an_empty_store_has_none(store):
    found = ask((store, []))

    assert dict(found.revisions) == dict(found.fresh) == {}


def test_many_are_made_a_few_at_a_time(made, monkeypatch):
    """What was made stays if the rest fails, so that the next attempt has less to do."""
    monkeypatch.setattr(made_outcomes, "MADE_AT_ONCE", 1)

    def fails(stored):
        if stored.assessment.id == "other":
            raise StorageError("No more.")
        return "made"

    with pytest.raises(StorageError):
        made[0].outcomes(fails, "test 1")
    assert len(ask(made).fresh) == 2
    assert made[1] == ["other"]


def test_a_moved_assessment_keeps_its_own_framework(made):
    """Each outcome goes with the framework that it was made by."""
    ask(made)
    newer = framework(version="2026.2")
    made[0].move(BARE, newer, made[0].peek("bare"), "Ada")

    found = ask(made)

    assert found.fresh["bare"].framework.version == "2026.2"
    assert found.fresh["other"].framework.version == "2026.1"


def test_an_answer_saved_meanwhile_is_not_lost_to_the_next(made):
    """What was made of the older revision does not pass for the newer one."""
    held, noted = made

    def slow(stored):
        if not noted:
            noted.append("saved")
            held.save("bare", "answer:DP-01", {"option": "a"}, 0, "Ada")
        return stored.revision

    held.outcomes(slow, "slow")
    found = held.outcomes(lambda stored: stored.revision, "slow")

    assert found.fresh["bare"].document == held.peek("bare")


def test_two_may_ask_at_once(made, url):
    errors, barrier = [], threading.Barrier(4)

    def asking():
        try:
            other = open_store(url)
            barrier.wait(30)
            assert len(ask((other, [])).fresh) == 2
            other.close()
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=asking) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []


def test_changes_rise_with_every_change(store):
    """Also with an archived assessment and with one brought in, so that nothing goes unseen."""
    seen = [store.changes()]

    def note():
        seen.append(store.changes())

    store.create(BARE, framework(), "Ada")
    note()
    store.save("bare", "answer:DP-01", {"option": "a"}, 0, "Ada")
    note()
    store.archive("bare", "Ada")
    note()
    store.restore("bare", "Ada")
    note()
    data = record_of(FULL)
    store.import_record(read_record(data, score_to_document), data, "Ada")
    note()
    store.move(BARE, framework(version="2026.2"), store.peek("bare"), "Ada")
    note()

    assert seen[0] == 0
    assert seen == sorted(set(seen))
