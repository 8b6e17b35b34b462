"""Which assessments are of the same supplier, and what each is about."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import Supplier
from tests.support.stored_examples import BARE, framework


@pytest.fixture
def add(store):
    """Put an assessment of a supplier into the store."""

    def add(assessment_id, name, number="", group="", against=None):
        supplier = Supplier(name=name, company_number=number, group=group)
        assessment = replace(BARE, id=assessment_id, supplier=supplier)
        store.create(assessment, against or framework(), "Ada")

    return add


def found(store, name, number=""):
    return store.of_supplier(Supplier(name=name, company_number=number))


@pytest.mark.parametrize("name", ["Northwind Ltd", "NORTHWIND LTD", "northwind ltd"])
def test_capital_letters_do_not_matter(store, add, name):
    add("one", "Northwind Ltd")
    add("two", "NorthWind LTD")
    add("three", "Southwind Ltd")

    assert found(store, name) == ["one", "two"]


@pytest.mark.parametrize(
    "name", ["Écoles Ltd", "ÉCOLES LTD", "Größe GmbH", "日本 KK", "İZMİR A.Ş."]
)
def test_a_name_in_any_letters_is_found_as_it_is_written(store, add, name):
    add("one", name)

    assert found(store, name) == ["one"]


def test_the_company_number_is_enough(store, add):
    """Under another name, with letters in any size; another number is another supplier."""
    add("one", "Northwind Ltd", "SC000001")
    add("two", "Northwind Holdings plc", "sc000001")
    add("three", "Northwind", "00000001")
    add("four", "Somebody else")

    assert found(store, "A new name", "SC000001") == ["one", "two"]
    assert found(store, "A new name", "") == []
    assert found(store, "Northwind", "SC000001") == ["one", "two"]


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("100% Ltd", ["100 Ltd", "1000 things Ltd", "100x Ltd"]),
        ("A_B", ["AxB", "A__B", "A B"]),
        ("A/B", ["AB", "A//B"]),
        ("A\\B", ["AB", "A\\\\B"]),
        ("%", ["Northwind Ltd", "_"]),
        ("_", ["N", "%"]),
        ("[A-Z]*", ["A", "AB"]),
    ],
)
def test_no_sign_in_a_name_stands_for_others(store, add, name, others):
    """% and _ are wildcards of the database's own language."""
    add("same", name)
    for place, other in enumerate(others):
        add(f"other-{place}", other)

    assert found(store, name) == ["same"]
    for place, other in enumerate(others):
        assert found(store, other) == [f"other-{place}"]


@pytest.mark.parametrize("name", ['The "Best" Ltd', '"', "O'Brien", '","group":"x', "a\nb", "{}"])
def test_quotes_in_a_name_are_part_of_it(store, add, name):
    add("same", name)
    add("other", name.replace('"', "") + "x")

    assert found(store, name) == ["same"]


@pytest.mark.parametrize(
    ("short", "long"),
    [("North", "Northwind"), ("Northwind", "Northwind Ltd"), ("wind", "Northwind")],
)
def test_a_part_of_a_name_is_another_name(store, add, short, long):
    add("long", long, "12345678")
    add("short", short, "1234")

    assert found(store, short) == ["short"]
    assert found(store, long) == ["long"]
    assert found(store, "x", "1234") == ["short"]
    assert found(store, "x", "234") == []


def test_another_field_with_the_same_text_does_not_match(store, add):
    """A group of that name is not that supplier, however it is written."""
    add("member", "Southwind", group="Northwind")
    add("sly", "Eastwind", group='"name":"northwind"')

    assert found(store, "Northwind") == []


def test_archived_assessments_are_left_out(store, add):
    add("one", "Northwind")
    add("two", "Northwind")
    store.archive("one", "Ada")
    assert found(store, "Northwind") == ["two"]

    store.restore("one", "Ada")
    assert found(store, "Northwind") == ["one", "two"]


def test_the_supplier_as_it_stands_now_counts(store, add):
    """After a change of name, the old one finds it no longer."""
    add("one", "Northwind")
    store.save("one", "supplier", {"name": "Westwind"}, 1, "Ada")

    assert found(store, "Northwind") == []
    assert found(store, "Westwind") == ["one"]


def test_the_work_list_says_what_each_assessment_is_about(store, add):
    """As its framework does, at the version it was answered against."""
    add("purchase", "Northwind")
    add("supplier", "Northwind", against=framework(id="about-them", subject="supplier"))

    assert {line.id: line.subject for line in store.summaries()} == {
        "purchase": "purchase",
        "supplier": "supplier",
    }
