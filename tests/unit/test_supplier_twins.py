"""Who is offered as likely the same, and why; on import and by command too."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import Supplier
from procurement_risk.cli.main import main
from procurement_risk.imports.bulk import LikelyTwins, Source, bring_in, look
from procurement_risk.portfolio.twins import REASONS, likely_twins, twins_of
from procurement_risk.storage import open_memory_store
from tests.support.stored_examples import BARE, framework, record_of

OFFERED = [
    ("name_and_number", "Northwind Limited", "04103212"),
    ("name_and_number", "Northwind Ltd", "HRB 4711"),
    ("form", "Northwind plc", ""),
    ("form", "Northwind", ""),
    ("form", "Nörthwind Ltd", ""),
    ("place", "Northwind (UK) Ltd", ""),
    ("place", "Northwind Group Limited", "PABC-1234-DEFG"),
    ("spaces", "North Wind Ltd", ""),
    ("former", "Beech Ltd t/a Northwind", ""),
    ("former", "Beech Ltd (formerly Northwind Ltd)", ""),
    ("similar", "Nothwind Ltd", ""),
    ("similar", "Northwynd Ltd", ""),
]
NOT_OFFERED = [
    "Kestrel Ltd",
    "Southwind Ltd",
    "North Ltd",
    "Wind Ltd",
    "Northwind 2 Ltd",
    "NW Ltd",
]


def put(store, id, name, number=""):
    supplier = Supplier(name=name, company_number=number)
    store.create(replace(BARE, id=id, supplier=supplier), framework(), "Ada")


@pytest.fixture
def memory():
    store = open_memory_store()
    put(store, "one", "Northwind Ltd", "04103211")
    yield store
    store.close()


def offered(store, name, number=""):
    typed = Supplier(name=name, company_number=number)
    meant = store.meant_suppliers(typed)
    return [
        (twin.reason, twin.supplier.name)
        for twin in likely_twins([name], typed.spelling.numbers, store.suppliers(), meant)
    ]


@pytest.mark.parametrize(("reason", "name", "number"), OFFERED)
def test_a_likely_one_is_offered_with_its_reason(memory, reason, name, number):
    assert offered(memory, name, number) == [(reason, "Northwind Ltd")]
    put(memory, "two", name, number)
    assert len(set(memory.supplier_links().values())) == 2


@pytest.mark.parametrize("name", NOT_OFFERED)
def test_another_one_is_not_offered(memory, name):
    assert offered(memory, name) == []


def test_one_that_is_the_same_by_itself_is_not_offered(memory):
    assert offered(memory, "NORTHWIND LIMITED", "4103211") == []


def test_a_number_that_lost_more_than_zeros_is_told_apart(memory):
    put(memory, "two", "Ash Ltd", "GB-VAT-123456")
    assert offered(memory, "Beech Ltd", "000123456; HRB 1") in (
        [("number", "Ash Ltd")],
        [],
    )


def test_every_reason_is_one_there_is():
    assert {reason for reason, __, __ in OFFERED} <= set(REASONS)


def test_an_import_says_who_it_may_be_and_joins_nobody(memory):
    twin = replace(BARE, id="two", supplier=Supplier(name="Northwind (UK) Ltd"))
    same = replace(BARE, id="three", supplier=Supplier(name="Northwind Limited"))
    sources = [Source(f"{a.id}.json", record_of(a)) for a in (twin, same)]

    for step in (look(memory, sources), bring_in(memory, sources, "Ada")):
        first, second = step
        assert "Northwind (UK) Ltd may be Northwind Ltd, which is on file" in first.likely
        assert second.likely == ""

    links = memory.supplier_links()
    assert links["one"] == links["three"] != links["two"]


def test_commands_find_list_join_and_part(tmp_path, monkeypatch):
    from procurement_risk.storage import open_store

    url = f"sqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    store = open_store(url)
    put(store, "one", "Northwind Ltd", "04103211")
    put(store, "two", "Northwind (UK) Ltd")
    links = store.supplier_links()
    run = CliRunner().invoke

    told = run(main, ["find", "4103211"])
    assert told.exit_code == 0
    assert told.output.startswith("one\n")
    assert run(main, ["find", "';--"]).exit_code == 1
    told = run(main, ["suppliers"]).output
    assert "GB-COH 04103211" in told
    assert f"likely {links['two']}" in told
    joined = run(main, ["join-suppliers", links["one"], links["two"], "--reason", "One firm"])
    assert joined.exit_code == 0
    assert len(set(store.supplier_links().values())) == 1
    assert "One firm" in run(main, ["suppliers", "northwind"]).output
    parted = run(main, ["part-supplier", links["one"], "two"])
    assert parted.exit_code == 0
    assert len(set(store.supplier_links().values())) == 2
    refused = run(main, ["part-supplier", links["one"], "two"])
    assert refused.exit_code == 1
    assert "no longer of this supplier" in refused.output
    named = run(main, ["name-supplier", links["one"], "Eastwind", "--trading"])
    assert named.exit_code == 0
    assert "trades as: Eastwind" in run(main, ["suppliers", "eastwind"]).output
    assert run(main, ["name-supplier", links["one"], "eastwind"]).exit_code == 1
    assert run(main, ["name-supplier", links["one"], "eastwind", "--remove"]).exit_code == 0
    assert "took the name eastwind away" in run(main, ["suppliers", "northwind"]).output
    store.archive("one", "Ada")
    assert run(main, ["find", "04103211"]).output.startswith("one (set aside)\n")
    assert run(main, ["suppliers", "nobody"]).exit_code == 1
    store.close()


def test_an_added_name_is_offered_while_typing_and_on_import(memory):
    """By that reason alone: it was never typed into an assessment."""
    memory.name_supplier(memory.supplier_links()["one"], "Kestrel Ltd", "former", "Bo")
    assert offered(memory, "KESTREL LIMITED") == [("given", "Northwind Ltd")]
    assert offered(memory, "Kestrel plc") == [("form", "Northwind Ltd")]
    assert offered(memory, "Kite Ltd") == []
    said = LikelyTwins(memory).of(Supplier(name="Kestrel Limited"))
    assert "Kestrel Limited may be Northwind Ltd" in said
    assert "a former or trading name in common" in said
    assert LikelyTwins(memory).of(Supplier(name="Kite Ltd")) == ""
    put(memory, "two", "Kestrel Ltd")
    known = {each.name: each for each in memory.suppliers()}
    for one, other in (("Northwind Ltd", "Kestrel Ltd"), ("Kestrel Ltd", "Northwind Ltd")):
        (twin,) = twins_of(known[one], list(known.values()), memory.supplier_decisions())
        assert (twin.reason, twin.supplier.name) == ("given", other)
