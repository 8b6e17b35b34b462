"""Who was chosen under another of its names is chosen for every door, and its rival for none."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import Purchase, Supplier, retention
from procurement_risk.assessment.chosen import is_chosen
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.gather import gather
from procurement_risk.portfolio.census import chosen_items
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.supplier import hold
from procurement_risk.views.shared import on_file
from tests.support.stored_examples import BARE, framework

OCDS = EXPORTS["ocds"]
PURCHASE = replace(BARE.purchase, ocid="ocds-h6vhtk-04f8a5", chosen_supplier="Old Ash Ltd")


@pytest.fixture
def bids(store):
    """Two bids for a purchase that Ash won under a name that no assessment has."""
    for name in ("Ash", "Elm"):
        bid = replace(BARE, id=name.lower(), supplier=Supplier(name=name), purchase=PURCHASE)
        store.create(bid, framework(), "Ada")
    return store


def retained(store, name):
    stored = store.load(name)
    ended = retention.ending(stored.assessment, store.supplier_names(name).get(name, ()))
    return ended != "unsuccessful"


def held(store, name):
    (item,) = [each for each in items_of(store) if each.id == name]
    (found,) = hold([item], store.supplier_names(name)[name])
    return found.standing == "chosen"


def counted(store, name):
    return [item.id for item in chosen_items(items_of(store))] == [name]


def opened(store, name):
    return [each.assessment for each in on_file.purchases(store)] == [name]


def published(store, name):
    (found,) = gather(store, [name], OCDS.wants)
    return '"tenderer", "supplier"' in OCDS.write([found]).decode().replace("\n", "").replace(
        "  ", ""
    ).replace('",', '", ').replace("  ", " ")


DOORS = (retained, held, counted, opened, published)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_every_door_agrees(bids, door):
    links = bids.supplier_links()
    assert not door(bids, "ash") or door is opened
    bids.name_supplier(links["ash"], "Old Ash Limited", "former", "Bo", "Companies House")
    assert door(bids, "ash")
    assert not door(bids, "elm")
    bids.unname_supplier(links["ash"], "Old Ash Limited", "Bo", "It was another")
    bids.name_supplier(links["elm"], "Old Ash Limited", "former", "Bo", "Companies House")
    assert door(bids, "elm")
    assert not door(bids, "ash")


@pytest.mark.parametrize(
    ("chosen", "names", "expected"),
    [
        ("", (), False),
        (" ", {""}, False),
        ("ASH LIMITED", (), True),
        ("Old Ash", (), False),
        ("Old Ash Ltd", {"old ash ltd"}, True),
    ],
)
def test_nobody_is_chosen_by_an_empty_name(chosen, names, expected):
    purchase = Purchase(id="p", title="x", buyer="y", chosen_supplier=chosen)
    assert is_chosen(purchase, Supplier(name="Ash Ltd"), names) is expected
