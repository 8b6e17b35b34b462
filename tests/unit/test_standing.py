"""Which of several looks at one purchase counts now: one rule for every door."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import RecordedDecision
from procurement_risk.assessment.standing import Look, look_of, standing
from procurement_risk.comparison.candidates import Entry
from procurement_risk.comparison.comparable import counting
from procurement_risk.methods import evaluate
from procurement_risk.portfolio.census import chosen_items
from procurement_risk.portfolio.items import item_of
from procurement_risk.portfolio.supplier import hold
from tests.support.stored_examples import BARE, framework

DECIDED = RecordedDecision(decision="proceed", by="Grace", at="2026-11-22")


def look(id, as_of, *, decided=False, replaces="", unbought=False, foreign=False):
    return Look(id, as_of, as_of, replaces, decided, unbought, foreign)


def counts(*looks):
    return standing(looks, lambda each: each).id


@pytest.mark.parametrize(
    ("looks", "which"),
    [
        ([look("a", "2026-01-01")], "a"),
        ([look("a", "2026-01-01"), look("b", "2026-06-01")], "b"),
        ([look("a", "2026-01-01", decided=True), look("b", "2026-06-01", replaces="a")], "a"),
        ([look("a", "2026-01-01", decided=True), look("b", "2026-06-01")], "a"),
        (
            [
                look("a", "2026-01-01", decided=True),
                look("b", "2026-06-01", decided=True, replaces="a"),
            ],
            "b",
        ),
        (
            [
                look("a", "2026-07-01", decided=True),  # its date was moved on by mistake
                look("b", "2026-06-01", decided=True, replaces="a"),
            ],
            "b",
        ),
        (
            [
                look("a", "2026-01-01", decided=True),
                look("b", "2026-06-01", replaces="a"),
                look("c", "2026-09-01", replaces="b"),
            ],
            "a",
        ),
        (
            [look("a", "2026-01-01", replaces="b"), look("b", "2026-01-01", replaces="a")],
            "b",
        ),
        (
            [look("a", "2026-01-01"), look("b", "2026-06-01", decided=True, foreign=True)],
            "a",
        ),
        ([look("b", "2026-06-01", foreign=True)], "b"),
        ([look("a", "2026-01-01"), look("b", "2026-06-01", decided=True, unbought=True)], "a"),
    ],
)
def test_the_newest_decided_look_counts(looks, which):
    assert counts(*looks) == which
    assert counts(*reversed(looks)) == which


def test_of_nothing_nothing_counts():
    with pytest.raises(ValueError, match="empty"):
        standing([], lambda each: each)


def test_a_look_is_told_from_its_assessment():
    assert look_of(BARE) == Look("bare", "2026-11-23", "", "", decided=False)
    assert look_of(replace(BARE, decision=DECIDED), foreign=True) == Look(
        "bare", "2026-11-23", "", "", decided=True, foreign=True
    )


def test_every_door_asks_the_same(store):
    """The portfolio, the supplier page and the comparison; before and after the new decision."""
    small = framework()
    last = replace(BARE, id="last", decision=DECIDED, created_at="2026-11-01")
    new = replace(
        last,
        id="new",
        decision=None,
        replaces="last",
        answer_set=replace(last.answer_set, as_of="2027-03-12"),
    )
    store.create(last, small, "Ada")
    store.create(new, small, "Ada")
    assert doors(store) == {"last"}
    decided = replace(new, decision=DECIDED)
    assert doors_of([last, decided], small) == {"new"}
    assert doors_of([last, replace(decided, state="withdrawn")], small) == {"last"}


def doors(store):
    stored = store.load_many()
    return doors_of([each.assessment for each in stored], stored[0].framework)


def doors_of(assessments, asked):
    """The ids by which each door counts the one purchase there is."""
    results = [(each, evaluate(asked, each.answer_set)) for each in assessments]
    items = [item_of(each, asked, result) for each, result in results]
    (item,) = chosen_items(items)
    (held,) = hold(items, ["S"])
    entries = [Entry(assessment=a, framework=asked, outcome=r) for a, r in results]
    compared = counting(entries, {each.id: "one" for each in assessments})
    current = {each.id for each in held.current}
    return {item.id, held.counting.id, *current, *compared}
