"""What of the list is shown, and in which order."""

import pytest

from procurement_risk.portfolio.narrowing import FACETS, SORTS, Narrowing
from procurement_risk.portfolio.worklist import Row

PLAIN = {
    "buyer": "Us", "supplier": "Ash", "tier": "Tier I", "recommendation": "", "waiting": "",
    "answered": 1, "asked": 2, "state": "draft", "due": "", "is_late": False, "owner": "Ana",
    "changed": "2026-11-01", "fictional": False, "date_note": "", "decision": "proceed",
}  # fmt: skip


def row(name, **fields):
    return Row(**{**PLAIN, "id": name, "title": name, **fields})


def of(rows, **chosen):
    return [each.id for each in Narrowing(**chosen).of(rows)]


@pytest.mark.parametrize(
    ("name", "value", "fields"),
    [
        ("recommendation", "escalate", {"decision": "escalate"}),
        ("recommendation", "none", {"decision": ""}),
        ("tier", "Tier IV", {"tier": "Tier IV"}),
        ("state", "live", {"state": "live"}),
        ("owner", "", {"owner": ""}),
        ("supplier", "Birch", {"supplier": "Birch"}),
        ("due", "past", {"due": "2026-01-01", "is_late": True}),
        ("due", "ahead", {"due": "2027-01-01"}),
        ("progress", "all", {"answered": 2}),
        ("progress", "none", {"answered": 0}),
        ("kind", "fictional", {"fictional": True}),
        ("version", "Ours, version 2", {"questionnaire": "Ours, version 2", "version": "2"}),
        ("version", "2", {"questionnaire": "Ours, version 2", "version": "2"}),
    ],
)
def test_each_facet_chooses(name, value, fields):
    rows = [row("a"), row("b", **fields)]
    assert of(rows, chosen={name: value}) == ["b"]
    assert len(of(rows, chosen={name: "any"})) == 2
    assert name in FACETS


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("changed", {"changed": "2026-11-02"}, {"changed": "2026-10-01"}),
        ("purchase", {"title": "Aa"}, {"title": "zz"}),
        ("supplier", {"supplier": "aa"}, {"supplier": "Zz"}),
        ("recommendation", {"decision": "conditions"}, {"decision": ""}),
        ("tier", {"tier": "Tier II"}, {"tier": ""}),
        ("progress", {"answered": 0}, {"answered": 2}),
        ("state", {"state": "draft"}, {"state": "closed"}),
        ("due", {"due": "2026-11-01"}, {"due": ""}),
        ("owner", {"owner": "bo"}, {"owner": ""}),
    ],
)
def test_each_order_sorts_and_can_be_turned_round(sort, first, last):
    rows = [row("last", **last), row("first", **first)]
    assert of(rows, sort=sort) == ["first", "last"]
    assert of(rows, sort=sort, is_turned=True) == ["last", "first"]
    assert sort in SORTS


def test_of_two_alike_the_title_decides():
    assert of([row("b"), row("a")], sort="state") == ["a", "b"]
