"""A part of the list asked of the database is what narrowing every row in memory gives."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from procurement_risk.imports import demonstration
from procurement_risk.portfolio import kept
from procurement_risk.portfolio.choices import choices_in, choices_of
from procurement_risk.portfolio.finding import find_lines, matching
from procurement_risk.portfolio.lines import Line
from procurement_risk.portfolio.narrowing import FACETS, SORTS, Narrowing, values
from procurement_risk.portfolio.neighbours import with_neighbours
from procurement_risk.portfolio.part_of_list import part_of
from procurement_risk.portfolio.waiting import SOON_DAYS, days_of, first_due, waits
from procurement_risk.portfolio.worklist import row_of, rows
from procurement_risk.storage import open_memory_store, tables
from procurement_risk.storage.people.person import Held, Person
from tests.support.databases import BOTH

DAY = "2026-11-30"
WORDS = (
    "Council", "ÄRZTE", "_ 10%", "10% proceed", "tier", "cannot READ", "scored", "points",
    "encryption council", "?", "zoo or", "nothing-of-the-kind", "Zebedee", "zebedee council",
    "a b c d e f g h i",
)  # fmt: skip


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


def damage(store, names):
    """Make the first unreadable and the second one that does not fit its questionnaire."""
    part, odd = tables.part, '{"option":"a","state":"answered"}'
    planted = (("as_of", '"never"'), ("answer:XX-1", odd))
    for name, (key, value) in zip(names, planted, strict=True):
        with store.writing() as connection:
            this = (part.c.assessment_id == name) & (part.c.name == key)
            if not connection.execute(part.update().where(this).values(value=value)).rowcount:
                row = {"assessment_id": name, "name": key, "revision": 1, "by": "", "at": ""}
                connection.execute(part.insert(), row | {"value": value})


@BOTH
def test_every_sort_and_every_value_of_a_facet_gives_what_memory_gives(store, monkeypatch):
    """In the same order, whatever the server's order of letters is, and whatever is damaged."""
    demonstration.load_demonstration(store, "Ada")
    name, other, bad, worse, odd = (each.id for each in store.summaries()[:5])
    damage(store, (bad, worse))
    scored = kept.evaluate

    def fails_on_one(framework, answers):
        if answers.as_of == "2020-01-01":
            raise KeyError("gone")
        return scored(framework, answers)

    monkeypatch.setattr(kept, "evaluate", fails_on_one)
    store.save(odd, "as_of", "2020-01-01", store.parts(odd)["as_of"].revision, "Ada")
    for each, title in ((name, "Ärzte _ 10%"), (other, "zoo"), (bad, "B"), (worse, "W")):
        purchase = store.parts(each)["purchase"]
        store.save(each, "purchase", {**purchase.value, "title": title}, purchase.revision, "Ada")
    store.name_supplier(store.supplier_links()[name], "Zebedee", "trading", "Ada")
    held = every(store)
    assert {row.id for row in held if row.is_damaged} == {bad, worse}
    assert {row.id for row in held if not (row.is_damaged or row.is_scored)} == {odd}
    assert_alike(store, held)


def assert_alike(store, held):
    found, wanted = choices_in(store, DAY), choices_of(held)
    assert found == replace(wanted, unscored=found.unscored)
    assert ids(found.unscored) == ids(wanted.unscored)
    known = {row.id: row for row in held}
    for row in with_neighbours(store, part_of(store, Narrowing(), DAY, 200).rows):
        assert row == known[row.id]
    for sort, turned in product(SORTS, (False, True)):
        narrowing = Narrowing({}, sort, turned)
        part = part_of(store, narrowing, DAY, 200)
        assert ids(part.rows) == ids(narrowing.of(held)), (sort, turned)
        assert part.total == len(part.rows) > 10
    for words in WORDS:
        found = part_of(store, Narrowing({}, "purchase"), DAY, 200, words=words)
        assert ids(found.rows) == ids(Narrowing({}, "purchase").of(matching(store, held, words)))
        assert found.total == len(found.rows)
    for facet in FACETS:
        said = {value for row in held for value in values(facet, row)} | {"no such thing"}
        for value in said | ({row.version for row in held} if facet == "version" else set()):
            narrowing = Narrowing({facet: value}, "purchase")
            found = part_of(store, narrowing, DAY, 200)
            assert ids(found.rows) == ids(narrowing.of(held)), (facet, value)


def test_items_are_found_and_sorted_as_their_rows_are(filled):
    lines, made = [Line(each, DAY) for each in kept.items_of(filled)], every(filled)
    for sort, turned in product(SORTS, (False, True)):
        narrowing = Narrowing({}, sort, turned)
        assert ids(narrowing.in_order(lines)) == ids(narrowing.of(made)), sort
    for words in ("", "escalate", "ada", "borough case", "nowhere at all"):
        assert sorted(ids(matching(filled, lines, words))) == sorted(
            ids(matching(filled, made, words))
        )
    row, *_others = with_neighbours(filled, [row_of(lines[0].item, DAY)])
    assert row in made


def test_a_row_tells_what_its_neighbours_do_to_it(filled):
    """Of a purchase that was looked at twice, the row of the first says that it counts no more."""
    first = every(filled)[0].id
    stored = filled.load(first)
    again = replace(stored.assessment, id="again", replaces=first)
    filled.create(replace(again, decision=None, state="draft"), stored.framework, "Ada")
    held = every(filled)
    assert {row.look for row in held} > {""}
    assert_alike(filled, held)


def test_one_that_is_mended_is_read_again(filled):
    name = every(filled)[0].id
    was = filled.parts(name)["as_of"].value
    damage(filled, (name,) * 2)
    filled.save(name, "owner", "Zed", revision_of(filled, name, "owner"), "Ada")
    assert [row.id for row in choices_in(filled, DAY).unscored] == [name]
    with filled.writing() as connection:
        part = tables.part
        connection.execute(part.delete().where(part.c.name == "answer:XX-1"))
        this = (part.c.assessment_id == name) & (part.c.name == "as_of")
        connection.execute(part.update().where(this).values(value=f'"{was}"'))
    other = every(filled)[1].id
    filled.save(other, "owner", "Zed", revision_of(filled, other, "owner"), "Ada")
    assert not choices_in(filled, DAY).unscored


def revision_of(store, name, part):
    found = store.parts(name).get(part)
    return found.revision if found else 0


def test_what_is_found_among_those_set_aside_is_what_is_found_at_all(filled):
    aside, word = every(filled)[0].id, every(filled)[0].supplier.split()[-1]
    filled.archive(aside, "Ada")
    whole = find_lines(filled, word)
    for archived in (True, False):
        wanted = [each for each in whole if each.archived is archived]
        assert find_lines(filled, word, archived=archived) == wanted != []
    filled.restore(aside, "Ada")


def test_a_part_begins_behind_what_was_shown_last(filled):
    whole = ids(part_of(filled, Narrowing(), DAY, 200).rows)
    part = part_of(filled, Narrowing(), DAY, 3, after=whole[4])
    assert (ids(part.rows), part.start, part.total) == (whole[5:8], 5, len(whole))
    gone = part_of(filled, Narrowing(), DAY, 3, offset=2, after="gone")
    assert (ids(gone.rows), gone.start) == (whole[2:5], 2)


def test_the_three_days_give_the_day_on_every_day(filled):
    start = date(2026, 1, 1)
    for item in kept.items_of(filled):
        assert item.days_known() == days_of(item)
        for number in range(0, 1500, 9):
            day = (start + timedelta(number)).isoformat()
            due = [each.due for each in waits(item, day) if each.due]
            assert min(due, default="") == first_due(item, day), (item.id, day)
    assert SOON_DAYS == 30


def test_what_is_kept_in_memory_is_what_was_made(filled):
    made = filled.read_outcomes(kept.MADE_BY).fresh
    for item in kept.items_of(filled):
        known = {"supplier_id": item.supplier_id, "supplier_names": item.supplier_names}
        assert item == replace(kept.made_item(made[item.id]), **known)


def test_somebody_sees_the_lines_of_their_organisation_alone(filled):
    buyers = sorted({row.buyer for row in every(filled)})
    home = filled.add_organisation("Home", "Ada")
    filled.claim_buyer(home, buyers[0], "Ada")
    for organisation in (home, "none-of-them"):
        person = Person(id="g", name="G", roles=(Held("officer", organisation),), how="oidc")
        part = part_of(filled.acting(person), Narrowing(), DAY, 200)
        wanted = [row.id for row in every(filled) if row.buyer == buyers[0]]
        assert sorted(ids(part.rows)) == (sorted(wanted) if organisation == home else [])
        theirs = [row for row in every(filled) if row.id in ids(part.rows)]
        offered, seen = choices_in(filled.acting(person), DAY), choices_of(theirs)
        assert offered == replace(seen, unscored=offered.unscored)
        known = {row.id: replace(row, look="", versions_differ=False) for row in theirs}
        for row in with_neighbours(filled.acting(person), part.rows):
            assert replace(row, look="", versions_differ=False) == known[row.id]


def test_a_change_is_in_it_and_what_has_no_line_is_not_hidden(filled):
    name = every(filled)[0].id
    stands = filled.parts(name)
    filled.save(name, "owner", "Zoë", stands["owner"].revision if "owner" in stands else 0, "Ada")
    found = part_of(filled, Narrowing({"owner": "Zoë"}), DAY, 200)
    assert ids(found.rows) == [name]
    with filled.engine.begin() as connection:
        connection.execute(tables.outcome_line.delete())
    whole = [row.id for row in every(filled)]
    assert sorted(ids(part_of(filled, Narrowing(), DAY, 200).rows)) == sorted(whole)
