"""What changed since a day, put together from the history: against a copy made on that day."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Mitigation,
    Purchase,
    RecordedDecision,
    Supplier,
)
from procurement_risk.assessment.today import start_of
from procurement_risk.exports import printed
from procurement_risk.portfolio import changed_words as words
from procurement_risk.portfolio.changed import KINDS, changed_since
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.then import then_of
from procurement_risk.report.changed_page import changed_page
from procurement_risk.storage import checked
from tests.support import tagged_pdf
from tests.support.stored_examples import ANSWERS, BARE, framework

SMALL = framework()
DAY, TODAY = "2026-11-01", "2026-11-23"
BEST = {**ANSWERS, "DP-02": Answer(options=("a",), evidence="E4")}


@pytest.fixture(autouse=True)
def zone(monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_TIME_ZONE", "Europe/London")


@pytest.fixture
def clock(monkeypatch):
    """Sets the time that the store writes into its history."""

    def at(moment):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime.fromisoformat(moment).replace(tzinfo=UTC)

        monkeypatch.setattr(checked, "datetime", Clock)

    at("2026-10-01T12:00:00")
    return at


def one(name, answers=BEST, **more):
    return replace(
        BARE,
        id=name,
        purchase=Purchase(id=f"p-{name}", title=f"Purchase {name}", buyer="A council"),
        supplier=Supplier(name=f"Supplier {name}"),
        answer_set=AnswerSet(as_of="2026-10-01", answers=answers),
        **more,
    )


def save(store, name, part, value, by="Bo"):
    parts = store.parts(name)
    store.save(name, part, value, parts[part].revision if part in parts else 0, by)


def events(store):
    return changed_since(then_of(store, DAY), items_of(store), TODAY)


def told(store):
    return [(each.kind, each.assessment, each.question, each.by) for each in events(store)]


def bare(items):
    return {replace(each, changed_at="") for each in items}


def test_nothing_changed(store, clock):
    store.create(one("a"), SMALL, "Ana")

    assert events(store) == ()
    assert words.summary(()) == "Nothing changed."


def test_what_stood_then_is_put_together_as_it_was(store, clock):
    for name in ("a", "b", "c", "d"):
        store.create(one(name), SMALL, "Ana")
    before = bare(items_of(store))
    clock("2026-11-05T12:00:00")
    store.create(one("new"), SMALL, "Ana")
    save(store, "a", "answer:DP-01", {"option": "a", "evidence": "E4"})
    save(store, "a", "answer:DP-02", None)
    save(store, "b", "state", "withdrawn")
    save(store, "b", "as_of", "2026-11-05")
    save(store, "c", "owner", "Grace")
    save(store, "c", "answer:DP-01", {"option": "a"})
    save(store, "c", "answer:DP-01", {"option": "b"})
    then = then_of(store, DAY)

    assert bare(items_of(store)) != before
    assert bare(then.items) == before
    assert then.unknown == frozenset()


def test_each_change_is_told_with_who_made_it(store, clock):
    agreed = Mitigation(
        question="DP-01", status="agreed", target="a", owner="Ada", due="2026-10-20", clause="4"
    )
    for name in ("kept", "gone", "decided", "over"):
        store.create(
            replace(one(name), answer_set=replace(one(name).answer_set, mitigations=(agreed,)))
            if name == "kept"
            else one(name),
            SMALL,
            "Ana",
        )
    clock("2026-11-05T12:00:00")
    verified = {"question": "DP-01", "status": "verified", "target": "a", "owner": "Ada"}
    verified |= {"due": "2026-10-20", "clause": "4", "evidence": "E4"}
    save(store, "kept", "mitigation:DP-01", verified)
    save(store, "gone", "answer:DP-01", {"state": "withheld"})
    save(store, "over", "state", "withdrawn")
    store.create(one("new"), SMALL, "Cy")
    found = told(store)

    assert ("kept", "kept", "DP-01", "Bo") in found
    assert ("withdrawn", "gone", "DP-01", "Bo") in found
    assert ("over", "over", "", "Bo") in found
    assert ("new", "new", "", "Cy") in found
    (kept,) = [each for each in events(store) if each.kind == "kept"]
    assert kept.days == 16
    assert "16 days late · Bo · 5 November 2026" in words.words(kept)
    assert [each.kind for each in events(store)] == sorted(
        (each.kind for each in events(store)), key=KINDS.index
    )


def test_of_what_began_since_only_where_it_stands_is_read(store, clock):
    """And that is enough to tell everything, also of one that is over or set aside by now."""
    store.create(one("old"), SMALL, "Ana")
    clock("2026-11-05T12:00:00")
    for name in ("new", "over", "aside"):
        store.create(one(name), SMALL, "Cy")
        save(store, name, "answer:DP-01", None)
    save(store, "old", "answer:DP-01", None)
    save(store, "over", "state", "withdrawn")
    store.archive("aside", "Cy")
    then = then_of(store, DAY)
    whole = replace(then, changes=store.changed_since(start_of(DAY)))

    assert {each.part for each in then.changes["new"]} == {"assessment", "state"}
    assert {each.part for each in whole.changes["new"]} > {"assessment", "state"}
    assert then.changes["old"] == whole.changes["old"]
    found = changed_since(then, items_of(store), TODAY)
    assert found == changed_since(whole, items_of(store), TODAY)
    assert {"new", "aside", "withdrawn"} <= {each.kind for each in found}


def test_what_became_late_or_expired_since_is_told_and_not_what_was_so_before(store, clock):
    def case(name, due, until):
        mitigation = Mitigation(
            question="DP-01", status="agreed", target="a", owner="Ada", due=due, clause="4"
        )
        answers = {**BEST, "DP-01": Answer(options=("c",), evidence="E2", valid_until=until)}
        answer_set = AnswerSet(as_of="2026-10-01", answers=answers, mitigations=(mitigation,))
        store.create(replace(one(name), answer_set=answer_set), SMALL, "Ana")

    case("since", "2026-11-10", "2026-11-12")
    case("before", "2026-10-10", "2026-10-12")
    case("ahead", "2026-11-23", "2026-11-23")

    assert [(e.kind, e.assessment, e.by, e.days) for e in events(store)] == [
        ("late", "since", "Ada", 13), ("expired", "since", "", 11),
    ]  # fmt: skip


def test_a_decision_and_a_worse_result_are_told(store, clock):
    settled = {
        name: Answer(options=(question.options[0].id,), evidence="E4")
        for name, question in SMALL.by_id.items()
        if question.options
    }
    store.create(one("a", settled), SMALL, "Ana")
    (item,) = items_of(store)
    clock("2026-11-05T12:00:00")
    for name in ("CX-01", "DP-01", "DP-02"):
        worst = SMALL.by_id[name].options[-1].id
        save(store, "a", f"answer:{name}", {"option": worst, "evidence": "E4"})
    (after,) = items_of(store)
    assert after.recommendation != item.recommendation
    (event,) = events(store)

    assert (event.kind, event.before, event.after) == (
        "worse", item.recommendation, after.recommendation,
    )  # fmt: skip
    decided = RecordedDecision(decision=after.recommendation, by="Grace", at="2026-11-06")
    document = {"decision": decided.decision, "by": decided.by, "at": decided.at}
    save(store, "a", "decision", document)
    assert [each.kind for each in events(store)] == ["worse", "decided"]
    assert "Grace · 6 November 2026" in words.words(events(store)[1])


def test_what_is_set_aside_is_told_and_a_purchase_is_new_once_only(store, clock):
    store.create(one("a"), SMALL, "Ana")
    clock("2026-11-05T12:00:00")
    store.archive("a", "Bo")
    store.create(replace(one("b"), state="in_review"), SMALL, "Ana")

    assert told(store) == [("new", "b", "", "Ana"), ("aside", "a", "", "Bo")]


def test_a_day_begins_where_the_work_is_done():
    assert start_of("2026-11-01") == "2026-11-01T00:00:00"
    assert start_of("2026-07-01") == "2026-06-30T23:00:00"


def test_the_monthly_page_says_the_same(store, clock):
    clock("2026-11-05T12:00:00")
    store.create(one("a"), SMALL, "Ana")
    found = events(store)
    html = printed.html(changed_page(found, DAY, TODAY)).decode()
    sheets = printed.pdf(changed_page(found, DAY, TODAY))

    assert "The portfolio since 1 November 2026" in html
    assert "Purchase a, A council" in html
    assert tagged_pdf.faults(sheets) == []
    assert "1 change" in tagged_pdf.text(sheets)
    assert tagged_pdf.faults(printed.pdf(changed_page((), DAY, TODAY))) == []
