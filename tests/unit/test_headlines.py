"""What leadership is told first, by hand and counted a second way."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from procurement_risk.assessment import RecordedDecision
from procurement_risk.language.phrases import about_pounds
from procurement_risk.portfolio import asked_words, headline_words as words
from procurement_risk.portfolio.census import Census, census
from procurement_risk.portfolio.headlines import headlines, mildest_to_gravest
from procurement_risk.portfolio.items import Span
from procurement_risk.portfolio.portfolio_list import ABOUT, ids_behind, ids_of
from procurement_risk.portfolio.totals import duplicates
from procurement_risk.portfolio.words import capability_words
from tests.support.answer_sets import seeded_rngs
from tests.support.portfolio_examples import demonstration, item, portfolio

DAY = "2026-11-23"
chance = settings(max_examples=60, deadline=None)


def decided(decision, by="Grace"):
    return RecordedDecision(decision=decision, by=by, at=DAY)


def told(*items):
    found = census(items)
    return headlines(found.counted, found.supplier_open, DAY)


def ids(items):
    return [each.id for each in items]


def test_the_demonstration_asks_four_decisions_and_says_of_whom():
    found = told(*demonstration())

    assert [
        (each.item.id, asked_words.by_when(each), asked_words.of_whom(each))
        for each in found.asked
    ] == [
        ("demo-p08", "by 4 December 2026", "Accounting officer or AI board"),
        ("demo-p02", "by 11 December 2026", "Head of procurement and information owner"),
        ("demo-p03", "by 15 January 2027", "Head of procurement and information owner"),
        ("demo-p09", "by 31 March 2027", "Head of procurement and information owner"),
    ]
    assert asked_words.asked_title(found) == "4 decisions are asked of you"
    assert words.against_title(found) == "2 run against advice, £395,000"
    assert words.against_words(found.against[0]) == (
        "Escalate · £310,000 · Proceed, decided by Head of estates (fictional)"
    )
    assert words.against_words(found.against[1]).endswith("nobody decided")
    assert words.barred_title(found) == "2 must not start, £3.1m"
    assert words.barred_sentence(found) == (
        "£14.1m if they scale. Stopped already, decided not to proceed: Claims fraud scoring."
    )
    assert "SR-04: " in words.why(found.refused[0])


def test_what_is_bought_more_than_once_names_the_bodies_beside_their_prices():
    (found,) = duplicates(census(demonstration()).counted)

    assert capability_words(found.capability) == "Draft correspondence"
    assert words.twice_words(found) == (
        "Department for Civic Benefits £1.9m; Ministry of Transport Links £1.2m; "
        "Northmere City Council £85,000; Cabinet Coordination Unit £0, £11m if it scales"
    )
    assert words.twice_words(found, most=1) == "Department for Civic Benefits £1.9m; 3 more"


@pytest.mark.parametrize(
    ("state", "advice", "decision", "where"),
    [
        ("live", "escalate", "", {"against", "asked"}),
        ("live", "escalate", "proceed", {"against"}),
        ("live", "do_not_proceed", "conditions", {"against"}),
        ("live", "conditions", "proceed", set()),
        ("draft", "do_not_proceed", "", {"barred", "asked"}),
        ("decided", "do_not_proceed", "do_not_proceed", {"refused"}),
        ("decided", "do_not_proceed", "proceed", {"ahead"}),
        ("decided", "escalate", "escalate", set()),
        ("decided", "proceed", "do_not_proceed", {"refused"}),
        ("closed", "do_not_proceed", "", set()),
        ("withdrawn", "do_not_proceed", "", set()),
    ],
)
def test_where_a_purchase_stands(state, advice, decision, where):
    one = item(
        "a", state=state, recommendation=advice, decided=decided(decision) if decision else None
    )
    found = told(one)

    assert {about for about in ABOUT if "a" in ids_behind(about, found)} == where


def test_answers_that_are_missing_come_before_the_decision():
    found = told(
        item("a", open=3, decision_due="2026-11-01"), item("b", decision_due="2026-12-01")
    )

    assert [(each.wanted, each.is_late) for each in found.asked] == [
        ("answers", True), ("decision", False),
    ]  # fmt: skip
    assert asked_words.asked_sentence(found) == (
        "1 can be decided now; 1 waits for answers; 1 is past its day."
    )


def test_several_bidders_count_once_with_the_range_of_their_results():
    bids = [
        item("a", id="p", supplier="Ash", recommendation="proceed", committed_value=5),
        item("b", id="p", supplier="Birch", recommendation="escalate", committed_value=9),
        item("c", id="p", supplier="Cedar", recommendation="not_ready"),
    ]
    found = census(bids)
    (asked,) = headlines(found.counted, found.supplier_open, DAY).asked

    assert (asked.wanted, asked_words.advice_words(asked)) == (
        "supplier", "3 bids, Proceed to Escalate and Not ready",
    )  # fmt: skip
    assert asked_words.bids_value(asked.bids) == "£5 to £9"
    assert words.open_words(found.supplier_open).startswith(
        "1 of them with its supplier open and in no sum (3 bids, Proceed to Escalate"
    )
    assert ids_of(found) == {"a", "b", "c"}
    assert mildest_to_gravest(bids[:1]) == ("proceed",)


def test_what_is_left_out_is_said():
    found = Census(closed=(item("a"),), unbought=(item("b"), item("c")))

    assert words.left_out_words(found, 4) == (
        "In no figure here: 1 closed, 2 withdrawn or not chosen and 4 assessments set aside."
    )
    assert "No purchase is left out" in words.left_out_words(Census(), 0)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (None, "not known"),
        (85_000, "£85,000"),
        (17_575_000, "£17.575m"),
        (123_456_789, "£123m"),
        (1_234_567, "£1.23m"),
        (999_999_999, "£1.00bn"),
        (4_031_000_000, "£4.03bn"),
        (12_345_678_901, "£12.3bn"),
    ],
)
def test_money_for_people(amount, said):
    assert about_pounds(amount) == said


@given(rng=seeded_rngs())
@chance
def test_a_second_way_of_counting_agrees(rng: Random):
    items = [
        replace(each, state=rng.choice(["draft", "live", "decided", "closed"]), tier=Span(1, 1))
        for each in portfolio(rng, largest=10)
    ]
    found = census(items)
    told_first = headlines(found.counted, found.supplier_open, DAY)
    grave = [i for i in found.counted if i.recommendation in ("escalate", "do_not_proceed")]

    assert set(ids(told_first.against)) == {i.id for i in grave if i.state == "live"}
    assert set(ids(told_first.barred)) == {
        i.id
        for i in grave
        if i.state in ("draft", "decided")
        and i.recommendation == "do_not_proceed"
        and i.decided is None
    }
    undecided = [i for i in found.counted if i.decided is None]
    reviews = [i for i in found.counted if i.decided and "" < i.decided.review_by <= "2026-12-23"]
    assert len(told_first.asked) == len(undecided) + len(reviews) + len(found.supplier_open)
    assert not {i.id for i in items if i.state == "closed"} & {
        each.item.id for each in told_first.asked if not each.bids
    }
