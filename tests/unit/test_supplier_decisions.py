"""Suppliers in the store: who is one by itself, joining, parting, and what stays as it was."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import Supplier
from procurement_risk.errors import NotFound, UsageError
from procurement_risk.storage import mentions, open_store, places
from tests.support.stored_examples import BARE, framework


@pytest.fixture
def add(store):
    def add(assessment_id, name, number=""):
        supplier = Supplier(name=name, company_number=number)
        store.create(replace(BARE, id=assessment_id, supplier=supplier), framework(), "Ada")

    return add


def groups(store):
    found = {}
    for assessment_id, supplier_id in sorted(store.supplier_links().items()):
        found.setdefault(supplier_id, []).append(assessment_id)
    return sorted(found.values())


def test_spellings_of_one_supplier_are_linked_whatever_comes_first(store, add):
    add("a", "Northwind Ltd")
    add("b", "NORTHWIND LIMITED", "4103211")
    add("c", "Northwind Trading", "GB-COH-04103211")
    add("d", "Northwind (UK) Ltd")
    add("e", "Northwind plc")
    assert groups(store) == [["a", "b", "c"], ["d"], ["e"]]
    assert store.of_supplier(Supplier(name="x", company_number="04103211")) == ["a", "b", "c"]


def test_a_second_firm_of_the_name_takes_nobody_along(store, add):
    """Whose the one without a number is, nobody can tell then."""
    add("a", "Northwind Ltd")
    add("b", "Northwind Ltd", "04103211")
    assert groups(store) == [["a", "b"]]
    add("c", "Northwind Ltd", "04103212")
    assert groups(store) == [["a"], ["b"], ["c"]]


def test_a_record_keeps_what_was_typed(store, add):
    add("a", "Northwind  LIMITED", "4103211")
    add("b", "Northwind Ltd")
    head = store.head("a")
    add("c", "Ash Ltd")
    store.join_suppliers(*_two(store, "a", "c"), "Bo")
    assert store.load("a").assessment.supplier == Supplier(
        name="Northwind  LIMITED", company_number="4103211"
    )
    assert store.head("a") == head


def _two(store, one, other):
    links = store.supplier_links()
    return links[one], links[other]


def test_joined_and_parted_again_stands_in_the_history(store, add):
    for place, name in (("a", "Ash Ltd"), ("b", "Beech Ltd"), ("c", "Beech Limited")):
        add(place, name)
    ash, beech = _two(store, "a", "b")
    before = store.changes(), store.stamp(), store.head("b")

    store.join_suppliers(ash, beech, "Bo", "Beech was renamed Ash in 2025")

    assert groups(store) == [["a", "b", "c"]]
    assert store.supplier_links()["b"] == ash
    assert store.beside(store.load("a").assessment) == ["b", "c"]
    assert store.changes() > before[0]
    assert store.stamp() != before[1]
    assert store.head("b") == before[2]
    add("d", "BEECH LTD.")
    assert groups(store) == [["a", "b", "c", "d"]]

    new = store.part_supplier(ash, ["b", "c"], "Cy", "It was another Ash")

    assert store.supplier_links()["c"] == new
    assert store.verify_history("b") == []
    told = [(d.what, d.by, d.reason, d.assessments) for d in store.supplier_decisions(ash)]
    assert told == [
        ("part", "Cy", "It was another Ash", ("b", "c")),
        ("join", "Bo", "Beech was renamed Ash in 2025", ("b", "c")),
    ]
    assert all(d.at.endswith("Z") for d in store.supplier_decisions())


def test_two_of_one_name_can_be_parted_and_a_third_stands_alone(store, add):
    add("a", "Ash Ltd")
    add("b", "Ash Ltd")
    links = store.supplier_links()
    assert links["a"] == links["b"]
    store.part_supplier(links["a"], ["b"], "Bo")
    assert groups(store) == [["a"], ["b"]]
    add("c", "Ash Ltd")
    assert groups(store) == [["a"], ["b"], ["c"]]
    store.save("a", "supplier", {"name": "Ash Ltd", "group": "Forest"}, 1, "Ada")
    assert groups(store) == [["a"], ["b"], ["c"]]


def test_what_was_decided_ends_where_another_supplier_is_written(store, add):
    add("a", "Ash Ltd")
    add("b", "Beech Ltd")
    store.join_suppliers(*_two(store, "a", "b"), "Bo")
    store.save("b", "supplier", {"name": "Cedar Ltd"}, 1, "Ada")
    assert groups(store) == [["a"], ["b"]]


def test_numbers_that_contradict_can_be_joined_by_a_person_alone(store, add):
    add("a", "Ash Ltd", "04103211")
    add("b", "Ash Ltd", "04103212")
    assert groups(store) == [["a"], ["b"]]
    store.join_suppliers(*_two(store, "a", "b"), "Bo", "One was mistyped")
    assert groups(store) == [["a", "b"]]


def test_what_cannot_be_joined_or_parted_is_refused_and_nothing_changes(store, add):
    add("a", "Ash Ltd")
    add("b", "Beech Ltd")
    ash, beech = _two(store, "a", "b")
    with pytest.raises(UsageError, match="one supplier already"):
        store.join_suppliers(ash, ash, "Bo")
    with pytest.raises(NotFound, match="no longer here"):
        store.join_suppliers(ash, "nobody", "Bo")
    with pytest.raises(UsageError, match="leave at least one"):
        store.part_supplier(ash, ["a"], "Bo")
    with pytest.raises(UsageError, match="leave at least one"):
        store.part_supplier(ash, [], "Bo")
    with pytest.raises(UsageError, match="no longer of this supplier"):
        store.part_supplier(ash, ["b"], "Bo")
    with pytest.raises(UsageError, match="name is empty"):
        store.join_suppliers(ash, beech, " ")
    assert groups(store) == [["a"], ["b"]]
    assert store.supplier_decisions() == []


def test_a_supplier_keeps_its_id_when_the_store_is_opened_again(url, store, add):
    add("a", "Ash Ltd")
    add("b", "Beech Ltd")
    store.join_suppliers(*_two(store, "a", "b"), "Bo")
    links = store.supplier_links()
    again = open_store(url)
    assert again.supplier_links() == links
    again.close()


def test_links_that_are_missing_are_made_when_the_store_is_opened(url, store, add):
    """As in a database of an older version, or a backup without them."""
    add("a", "Ash Ltd")
    add("b", "ASH LIMITED")
    with store.engine.begin() as connection:
        for table in ("supplier_mark", "supplier_link", "supplier", "search_text"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    again = open_store(url)
    assert groups(again) == [["a", "b"]]
    assert [each.assessment for each in again.find("limited")] == ["b"]
    again.close()


# --- Names that no assessment has ---------------------------------------------------------


def _given(store):
    return {known.name: [tuple(each) for each in known.given] for known in store.suppliers()}


def test_a_name_is_added_and_taken_away_with_who_and_why(store, add):
    add("a", "Ash Ltd")
    ash = store.supplier_links()["a"]
    store.name_supplier(ash, " Old  Ash Ltd ", "former", "Bo", "Companies House")
    store.name_supplier(ash, "Ashes", "trading", "Bo")
    assert _given(store) == {"Ash Ltd": [("Old Ash Ltd", "former"), ("Ashes", "trading")]}
    store.unname_supplier(ash, "OLD ASH LIMITED", "Cy", "It was another")
    assert _given(store) == {"Ash Ltd": [("Ashes", "trading")]}
    assert [(d.what, d.name, d.by, d.reason) for d in store.supplier_decisions(ash)] == [
        ("unname", "OLD ASH LIMITED", "Cy", "It was another"),
        ("trading", "Ashes", "Bo", ""),
        ("former", "Old Ash Ltd", "Bo", "Companies House"),
    ]


@pytest.mark.parametrize("name", ["", "  ", "x" * 301, "a\x00b", "ASH LIMITED", "Old Ash"])
def test_a_name_that_is_none_or_its_own_is_refused(store, add, name):
    add("a", "Ash Ltd")
    ash = store.supplier_links()["a"]
    store.name_supplier(ash, "Old Ash", "former", "Bo")
    with pytest.raises(UsageError):
        store.name_supplier(ash, name, "former", "Bo")
    with pytest.raises(UsageError):
        store.unname_supplier(ash, "Ash Ltd", "Bo")
    with pytest.raises(NotFound):
        store.name_supplier("gone", "Elm", "former", "Bo")
    assert _given(store) == {"Ash Ltd": [("Old Ash", "former")]}


def test_an_added_name_joins_nobody_and_moves_with_a_join(store, add):
    add("a", "Ash Ltd")
    add("b", "Beech Ltd")
    add("c", "Old Ash")
    links = store.supplier_links()
    store.name_supplier(links["a"], "Old Ash", "former", "Bo")
    assert groups(store) == [["a"], ["b"], ["c"]]
    store.join_suppliers(links["b"], links["a"], "Bo")
    assert store.supplier_links()["a"] == links["b"]
    assert [each.name for known in store.suppliers() for each in known.given] == ["Old Ash"]
    assert {known.id: len(known.given) for known in store.suppliers()}[links["b"]] == 1


def test_an_added_name_stays_when_numbers_join_others_to_it(store, add):
    """The id that the name hangs on is kept, whoever comes by an equal number."""
    add("a", "Ash Ltd", "04103211")
    store.name_supplier(store.supplier_links()["a"], "Old Ash", "former", "Bo")
    for name in ("b", "c", "d"):
        add(name, "Beech Ltd", "04103299")
    add("e", "Ash Ltd")
    add("f", "Ash Holdings", "04103211")
    names = {each.id: each.given for each in store.suppliers() if each.given}
    assert list(names) == [store.supplier_links()["a"]]
    assert store.supplier_links()["f"] == store.supplier_links()["a"]


def test_an_added_name_is_in_a_backup_and_gone_with_an_erasure(store, add, tmp_path):
    add("a", "Ash Ltd")
    store.name_supplier(store.supplier_links()["a"], "Jane Quill Trading", "trading", "Bo")
    store.back_up(tmp_path / "all.zip")
    here = open_store(f"sqlite:///{tmp_path}/here.sqlite3")
    here.fill_from(tmp_path / "all.zip")
    assert _given(here) == _given(store)
    here.close()
    wanted = mentions.person(["Jane Quill"])
    seen = places.seen(store.places(wanted))
    store.erase(wanted, seen, "Bo", "Asked for", "Person 1")
    assert _given(store) == {"Ash Ltd": [("Person 1 Trading", "trading")]}
