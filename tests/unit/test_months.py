"""Exposure month by month: against copies of the portfolio made on those days."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from procurement_risk.assessment import Answer, AnswerSet, Purchase, Supplier
from procurement_risk.charts import exposure as chart
from procurement_risk.portfolio import months
from procurement_risk.portfolio.census import chosen_items
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.months import exposure, months_of
from procurement_risk.portfolio.totals import Filters
from procurement_risk.storage import checked
from tests.support.stored_examples import ANSWERS, BARE, framework

SMALL, TODAY = framework(), "2026-11-23"
BEST = {**ANSWERS, "DP-02": Answer(options=("a",), evidence="E4")}


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_TIME_ZONE", "Europe/London")

    def at(moment):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.fromisoformat(moment).replace(tzinfo=UTC)

        monkeypatch.setattr(checked, "datetime", Clock)

    return at


def put(store, name, value, **more):
    purchase = Purchase(
        id=f"p-{name}", title=name, buyer="A council", committed_value=value, **more
    )
    made = replace(
        BARE,
        id=name,
        purchase=purchase,
        supplier=Supplier(name=f"Supplier {name}"),
        answer_set=AnswerSet(as_of="2026-07-01", answers=BEST),
    )
    store.create(made, SMALL, "Ana")


def save(store, name, part, value):
    parts = store.parts(name)
    store.save(name, part, value, parts[part].revision if part in parts else 0, "Bo")


def whole(store):
    """What counts by now, all of it read: what an item reads later is as it is by then."""
    return tuple(replace(item) for item in chosen_items(items_of(store)))


def test_each_month_stands_as_a_copy_made_on_its_last_day(store, clock):
    copies = {}
    clock("2026-08-10T12:00:00")
    put(store, "a", 100)
    put(store, "b", None)
    copies["2026-08-31"] = whole(store)
    clock("2026-09-20T12:00:00")
    purchase = store.parts("a")["purchase"].value
    save(store, "a", "purchase", {**purchase, "committed_value": 5_000})
    save(store, "b", "answer:DP-01", {"option": "b"})
    save(store, "b", "answer:DP-01", {"option": "a"})
    copies["2026-09-30"] = whole(store)
    clock("2026-10-31T23:30:00")  # the day is over in London only half an hour later: GMT
    put(store, "c", 7)
    copies["2026-10-31"] = whole(store)
    clock("2026-11-01T00:10:00")
    save(store, "c", "state", "withdrawn")

    moments = months_of(store, TODAY)

    assert [each.day for each in moments] == [*copies, TODAY]
    for moment in moments[:-1]:
        bare = {replace(item, changed_at="") for item in moment.items}
        assert bare == {replace(item, changed_at="") for item in copies[moment.day]}
    found = exposure(moments, Filters())
    assert [each.purchases for each in found] == [2, 2, 3, 2]
    assert [each.committed for each in found] == [100, 5_000, 5_007, 5_000]
    assert [each.without_value for each in found] == [1, 1, 1, 1]
    assert chart.title(found) == (
        "£5,000 committed now, £100 at the end of August 2026; 0 with a stop"
    )
    assert chart.table(found).iloc[:, 2].tolist() == [100, 5_000, 5_007, 5_000]


def test_filters_hold_for_every_month(store, clock):
    clock("2026-09-10T12:00:00")
    put(store, "a", 100)
    put(store, "b", 50)
    clock("2026-10-10T12:00:00")
    purchase = store.parts("b")["purchase"].value
    save(store, "b", "purchase", {**purchase, "buyer": "A trust"})

    found = exposure(months_of(store, TODAY), Filters(buyers=frozenset({"a trust"})))

    assert [each.purchases for each in found] == [0, 1, 1]


def test_what_cannot_be_known_any_more_is_counted_and_not_guessed(store, clock, monkeypatch):
    clock("2026-09-10T12:00:00")
    put(store, "a", 100)
    put(store, "b", 50)
    clock("2026-10-10T12:00:00")
    save(store, "a", "owner", "Grace")
    monkeypatch.setattr(months, "item_before", lambda *_all: None)

    found = exposure(months_of(store, TODAY), Filters())

    assert [(each.purchases, each.committed, each.unknown) for each in found] == [
        (1, 50, 1),
        (2, 150, 0),
        (2, 150, 0),
    ]


def test_an_empty_store_has_only_now(store, clock):
    (now,) = months_of(store, TODAY)[-1:]

    assert now.is_now
    assert exposure([now], Filters())[0].purchases == 0
    assert chart.title([]) == "Nothing is on file yet"
