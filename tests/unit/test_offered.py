"""What is offered to be chosen from where there is much, and what is near what is typed."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.storage.people.person import Held, Person
from procurement_risk.views.shared import on_file
from tests.support.stored_examples import BARE, framework


def put(store, name, title, supplier="Northwind Ltd", purchase="", **more):
    bought = replace(BARE.purchase, id=purchase or f"p-{name}", title=title, **more)
    begun = replace(BARE, id=name, purchase=bought, supplier=Supplier(name=supplier))
    store.create(begun, framework(), "Ada")


@pytest.fixture
def filled(store):
    put(store, "a", "Reading X-rays", purchase="rays")
    put(store, "b", "Reading X-rays", "Southwind plc", purchase="rays")
    put(store, "c", "Sorting post")
    put(store, "d", "Sorting letters")
    put(store, "gone", "Sorting post", "Southwind plc", purchase="p-c")
    store.archive("gone", "Ada", "A mistake")
    return store


def test_a_part_is_offered_and_how_much_there_is(filled):
    assert set(filled.offered().ids) == {"a", "b", "c", "d"}
    found = filled.offered("sort", 1)
    assert (len(found.ids), found.total) == (1, 2)
    assert filled.offered("sort post").ids == ["c"]
    assert filled.offered("nowhere") == ([], 0)
    assert filled.offered(limit=0, archived=True) == ([], 1)
    assert filled.offered(limit=0, archived=None).total == 5
    assert filled.offered(limit=0, fictional=True).total == 0


def test_purchases_with_several_suppliers_are_offered_and_those_set_aside_do_not_count(filled):
    assert filled.offered_compared("", 5) == (["rays"], 1)
    assert filled.offered_compared("southwind", 5) == (["rays"], 1)
    assert filled.offered_compared("post", 5) == ([], 0)
    assert sorted(filled.of_purchases(["rays", "p-c"])) == ["a", "b", "c"]


def test_what_is_spelled_a_little_otherwise_is_near_and_what_is_not_is_not(filled):
    assert filled.near("Sorted letter", "purchase", 10)[0] == "d"
    assert set(filled.near("Sorted letter", "purchase", 10)) == {"c", "d", "gone"}
    assert len(filled.near("Sorted letter", "purchase", 1)) == 1
    assert filled.near("Sorted letter", "supplier", 10) == []
    assert filled.near("", "purchase", 10) == []
    assert {each.name for each in filled.suppliers(["b"])} == {"Southwind plc"}


def test_of_very_many_the_same_is_like_what_is_typed(filled, monkeypatch):
    monkeypatch.setattr(on_file, "MANY", 3)
    near = on_file.purchases(filled, Purchase(id="", title="Sorting the post", buyer=""))
    assert {each.assessment for each in near} == {"c", "d"}
    known = on_file.suppliers(filled, Supplier(name="North Wind"))
    assert [each.name for each in known] == ["Northwind Ltd"]


def test_nobody_is_offered_what_lies_in_another_organisation(filled):
    home = filled.add_organisation("Home", "Ada")
    put(filled, "mine", "Sorting post at home", buyer="Home")
    filled.claim_buyer(home, "Home", "Ada")
    bo = Person(id="p", name="Bo", roles=(Held("officer", home),), how="oidc")
    theirs = filled.acting(bo)
    assert theirs.offered() == (["mine"], 1)
    assert theirs.offered_compared("", 5).total == 0
    assert theirs.of_purchases(["rays", "p-mine"]) == ["mine"]
    assert theirs.near("Sorting", "purchase", 10) == ["mine"]
