"""The lines of the list: what is kept of them is what a fresh look would find."""

from contextlib import closing
from dataclasses import replace

import pytest
import sqlalchemy as sa

from procurement_risk.assessment import Supplier
from procurement_risk.storage import open_store
from procurement_risk.storage.keeping import look
from procurement_risk.storage.kept_summaries import KeptSummaries
from tests.support.stored_examples import BARE, FULL, framework


def fresh(store):
    with store.reading() as connection:
        return KeptSummaries().read(connection, store.kept_frameworks)


def change(store, name, part, value):
    store.save(name, part, value, store.parts(name)[part].revision, "Ada")


def used_again(store):
    store.delete("bare", look(store.load("bare")), "Ada", "Made twice")
    store.create(replace(BARE, supplier=Supplier(name="Reed Ltd")), framework(), "Ada")


def moved(store):
    stored = store.load("bare")
    store.move(stored.assessment, framework(version="2026.9"), stored.revision, "Ada")


def joined(store):
    links = store.supplier_links()
    store.join_suppliers(links[FULL.id], links["bare"], "Ada")


CHANGES = {
    "a title": lambda s: change(s, "bare", "purchase", {"id": "q", "title": "N", "buyer": "B"}),
    "a supplier": lambda s: change(s, "bare", "supplier", {"name": "Ash Ltd"}),
    "an answer": lambda s: s.save("bare", "answer:DP-01", {"option": "a"}, 0, "Ada"),
    "a state": lambda s: change(s, "bare", "state", "in_review"),
    "set aside": lambda s: s.archive("bare", "Ada"),
    "moved": moved,
    "another one": lambda s: s.create(replace(BARE, id="new"), framework(), "Ada"),
    "deleted": lambda s: s.delete("bare", look(s.load("bare")), "Ada", "Made twice"),
    "its id used again": used_again,
    "joined": joined,
}


@pytest.mark.parametrize("kind", CHANGES)
def test_what_is_kept_is_what_a_fresh_look_finds(store, kind):
    store.create(FULL, framework(), "Ada")
    store.create(BARE, framework(), "Ada")
    before = store.summaries()
    assert store.summaries() == before == fresh(store)
    CHANGES[kind](store)
    after = store.summaries()
    assert after == fresh(store)
    assert after != before
    assert store.summaries() == after


def test_another_process_is_heeded(url):
    with closing(open_store(url)) as mine, closing(open_store(url)) as other:
        mine.create(BARE, framework(), "Ada")
        assert other.summaries() == mine.summaries()
        change(mine, "bare", "state", "in_review")
        assert [each.state for each in other.summaries()] == ["in_review"]


def test_only_what_changed_is_read(store):
    for number in range(4):
        store.create(replace(BARE, id=f"n{number}"), framework(), "Ada")
    first = {each.id: each for each in store.summaries()}
    change(store, "n2", "state", "in_review")
    asked = []
    sa.event.listen(store.engine, "before_cursor_execute", lambda *all: asked.append(all[2:4]))
    second = {each.id: each for each in store.summaries()}
    assert [name for name in first if second[name] is not first[name]] == ["n2"]
    # A PostgreSQL statement is given its values by name.
    of_parts = [
        values.values() if isinstance(values, dict) else values
        for text, values in asked
        if "FROM part" in text
    ]
    assert of_parts
    assert all("n2" in values and "n1" not in values for values in of_parts)
    asked.clear()
    store.summaries()
    assert not [text for text, _values in asked if "FROM part" in text]


def test_what_is_damaged_is_kept_by_nobody(store):
    store.create(BARE, framework(), "Ada")
    table = store.engine.connect
    with table() as connection:
        connection.exec_driver_sql("UPDATE part SET value = '{' WHERE name = 'purchase'")
        connection.commit()
    assert [each.purchase.title for each in store.summaries()] == ["bare"]
    with table() as connection:
        mended = '{"buyer":"B","id":"p","title":"Mended"}'
        query = sa.text("UPDATE part SET value = :mended WHERE name = 'purchase'")
        connection.execute(query, {"mended": mended})
        connection.commit()
    assert [each.purchase.title for each in store.summaries()] == ["Mended"]
