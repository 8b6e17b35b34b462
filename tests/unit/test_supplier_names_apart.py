"""What a supplier is called elsewhere is told to nobody who does not see it there."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import Supplier
from procurement_risk.storage import open_memory_store
from procurement_risk.storage.people.person import ALL, Held, Person
from tests.support.stored_examples import BARE, framework

NUMBER = "01234567"


@pytest.fixture
def two():
    """Two bodies that buy from one supplier, each under another of its names."""
    store = open_memory_store()
    homes = {}
    for body, name in [("North", "Acme Ltd"), ("South", "Secretive Trading Ltd")]:
        homes[body] = store.add_organisation(body, "Ada")
        supplier = Supplier(name=name, company_number=NUMBER)
        purchase = replace(BARE.purchase, id=f"p-{body}", buyer=body)
        store.create(
            replace(BARE, id=body.lower(), purchase=purchase, supplier=supplier), framework(), "A"
        )
    (supplier,) = store.suppliers()
    store.name_supplier(supplier.id, "Once Upon plc", "former", "Ada")

    def as_officer(body):
        held = (Held("officer", homes.get(body, ALL)),)
        return store.acting(Person(id=body, name=body, roles=held, how="oidc"))

    yield as_officer
    store.close()


@pytest.mark.parametrize(("body", "own"), [("North", "acme"), ("South", "secretive")])
def test_each_body_sees_its_own_name_alone(two, body, own):
    store = two(body)
    (names,) = store.supplier_names().values()
    assert len(names) == 1
    assert own in next(iter(names))
    assert store.supplier_names(body.lower()) == store.supplier_names()
    (supplier,) = store.suppliers()
    assert len(supplier.names) == 1
    assert own in supplier.names[0].lower()
    assert not [each for each in store.supplier_decisions() if each.name]


def test_who_sees_both_sees_all_names(two):
    store = two("all")
    assert all(len(names) == 3 for names in store.supplier_names().values())
    (supplier,) = store.suppliers()
    assert set(supplier.names) == {"Acme Ltd", "Secretive Trading Ltd", "Once Upon plc"}
    assert [each.name for each in store.supplier_decisions()] == ["Once Upon plc"]
