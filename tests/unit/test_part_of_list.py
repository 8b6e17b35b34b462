"""A part of the list asked of the database is what narrowing every row in memory gives."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from procurement_risk.imports import demonstration
from procurement_risk.portfolio import kept
from procurement_risk.portfolio.narrowing import FACETS, SORTS, Narrowing, values
from procurement_risk.portfolio.part_of_list import part_of
from procurement_risk.portfolio.waiting import SOON_DAYS, ahead, days_of, first_due
from procurement_risk.portfolio.worklist import rows
from procurement_risk.storage import open_memory_store, tables
from procurement_risk.storage.people.person import Held, Person
from tests.support.databases import BOTH

DAY = "2026-11-30"


@pytest.fixture(scope="module")
def filled():
    """The demonstration, in two organisations."""
    store = open_memory_store()
    demonstration.load_demonstration(store, "Ada")
    yield store
    store.close()


def every(store):
    return rows(store, [each for each in store.summaries() if not each.archived], DAY)


def ids(found):
    return [each.id for each in found]


@BOTH
def test_every_sort_and_every_value_of_a_facet_gives_what_memory_gives(store):
    """In the same order, whatever the server's order of letters is."""
    demonstration.load_demonstration(store, "Ada")
    name, other = (each.id for each in store.summaries()[:2])
    for each, title in ((name, "Ärzte _ 10%"), (other, "zoo")):
        purchase = store.parts(each)["purchase"]
        store.save(each, "purchase", {**purchase.value, "title": title}, purchase.revision, "Ada")
    held = every(store)
    for sort, turned in product(SORTS, (False, True)):
        narrowing = Narrowing({}, sort, turned)
        part = part_of(store, narrowing, DAY, 200)
        assert ids(part.rows) == ids(narrowing.of(held)), (sort, turned)
        assert part.total == len(part.rows) > 10
    for facet in FACETS:
        said = {value for row in held for value in values(facet, row)} | {"no such thing"}
        for value in said | ({row.version for row in held} if facet == "version" else set()):
            narrowing = Narrowing({facet: value}, "purchase")
            found = part_of(store, narrowing, DAY, 200)
            assert ids(found.rows) == ids(narrowing.of(held)), (facet, value)


def test_what_a_row_says_is_the_same(filled):
    """But for what only its neighbours tell, which a page adds."""
    known = {row.id: row for row in every(filled)}
    for row in part_of(filled, Narrowing(), DAY, 200).rows:
        alike = replace(known[row.id], look="", in_use="", versions_differ=False)
        assert row == alike


def test_a_part_begins_behind_what_was_shown_last(filled):
    whole = ids(part_of(filled, Narrowing(), DAY, 200).rows)
    part = part_of(filled, Narrowing(), DAY, 3, after=whole[4])
    assert (ids(part.rows), part.start, part.total) == (whole[5:8], 5, len(whole))
    gone = part_of(filled, Narrowing(), DAY, 3, offset=2, after="gone")
    assert (ids(gone.rows), gone.start) == (whole[2:5], 2)


def test_the_three_days_give_the_day_on_every_day(filled):
    start = date(2026, 1, 1)
    for item in kept.items_of(filled):
        asked, soon, past = days_of(item)
        for number in range(0, 1500, 9):
            day = (start + timedelta(number)).isoformat()
            waits = [asked, soon if soon <= ahead(day) else "", past if past < day else ""]
            assert min(filter(None, waits), default="") == first_due(item, day), (item.id, day)
    assert SOON_DAYS == 30


def test_somebody_sees_the_lines_of_their_organisation_alone(filled):
    buyers = sorted({row.buyer for row in every(filled)})
    home = filled.add_organisation("Home", "Ada")
    filled.claim_buyer(home, buyers[0], "Ada")
    for organisation in (home, "none-of-them"):
        person = Person(id="g", name="G", roles=(Held("officer", organisation),), how="oidc")
        part = part_of(filled.acting(person), Narrowing(), DAY, 200)
        wanted = [row.id for row in every(filled) if row.buyer == buyers[0]]
        assert sorted(ids(part.rows)) == (sorted(wanted) if organisation == home else [])


def test_a_change_is_in_it_and_what_has_no_line_is_not_hidden(filled):
    name = every(filled)[0].id
    stands = filled.parts(name)
    filled.save(name, "owner", "Zoë", stands["owner"].revision if "owner" in stands else 0, "Ada")
    found = part_of(filled, Narrowing({"owner": "Zoë"}), DAY, 200)
    assert ids(found.rows) == [name]
    with filled.engine.begin() as connection:
        connection.execute(tables.outcome_line.delete())
    assert part_of(filled, Narrowing(), DAY, 200) is None
