"""Many outcomes that are missing are made behind the page, and what is there is shown."""

import threading
from dataclasses import replace

import pytest

from procurement_risk.portfolio import kept
from procurement_risk.portfolio.worklist import rows
from tests.support.stored_examples import FULL, framework

IDS = ["a", "b", "c", "d"]


@pytest.fixture
def held(store, monkeypatch):
    """A store of which an outcome is made only once it is let go; and what lets it go."""
    for name in IDS:
        purchase = replace(FULL.purchase, id=name)
        store.create(replace(FULL, id=name, replaces="", purchase=purchase), framework(), "Ana")
    go, document = threading.Event(), kept._document

    def make(stored):
        if stored.assessment.id != "a":
            assert go.wait(20)
        return document(stored)

    monkeypatch.setattr(kept, "_document", make)
    monkeypatch.setattr(kept, "WHILE_ONE_WAITS", 3)
    monkeypatch.setattr("procurement_risk.portfolio.making.A_FEW", 1)
    yield store, go
    go.set()


def test_what_is_there_is_shown_and_the_rest_follows(held):
    store, go = held
    making = kept.making_of(store)
    while making.done < 1:
        pass
    assert (making.total, making.missing) == (4, frozenset("bcd"))
    assert [each.id for each in kept.items_of(store, wait=False)] == ["a"]
    shown = {row.id: row for row in rows(store, store.summaries(), "2026-11-29", wait=False)}
    assert shown["a"].recommendation != "Being worked out"
    assert {shown[name].recommendation for name in "bcd"} == {"Being worked out"}
    assert all(row.is_scored and not row.is_damaged for row in shown.values())

    go.set()
    assert [each.id for each in kept.items_of(store)] == IDS
    assert kept.making_of(store) is None
    assert kept.items_of(store) is kept.items_of(store, wait=False)


def test_whoever_needs_all_of_them_waits(held):
    store, go = held
    found = []
    asking = threading.Thread(target=lambda: found.append(kept.items_of(store)))
    asking.start()
    assert kept.making_of(store) is not None
    assert found == []
    go.set()
    asking.join(20)
    assert [each.id for each in found[0]] == IDS


def test_a_few_are_made_at_once(held, monkeypatch):
    store, go = held
    go.set()
    monkeypatch.setattr(kept, "WHILE_ONE_WAITS", 4)

    assert len(kept.items_of(store, wait=False)) == 4
    assert kept.making_of(store) is None


def test_what_cannot_be_read_is_not_tried_for_ever(held, monkeypatch):
    store, go = held
    go.set()
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE part SET value = '{' WHERE name = 'purchase'")

    assert kept.items_of(store) == ()
    assert len(kept.damaged_of(store)) == 4
    store.archive("a", "Ana")
    assert kept.making_of(store) is None
    assert {each.name for each in kept.damaged_of(store)} == set("bcd")
