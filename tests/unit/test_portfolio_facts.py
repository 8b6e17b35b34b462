"""What the portfolio adds to the leadership page of one purchase."""

from dataclasses import replace
from fractions import Fraction

import pytest

from procurement_risk.exports.export import Exported
from procurement_risk.exports.gather import gather
from procurement_risk.exports.sealed import matter
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.report import Room
from procurement_risk.report.portfolio.facts import facts_of
from procurement_risk.storage import open_store
from tests.support.stored_examples import put_demonstration

ROOM = Room(rows=6, bars=8, text=400, name=80)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.sqlite3'}")
    put_demonstration(opened)
    yield opened
    opened.close()


def facts(store, name):
    return facts_of(portfolio_store.items_of(store), name)


def test_the_model_underneath_is_named_with_its_share(store):
    """39.4 % of committed value and 6 of 10 purchases; 62.7 % of value if the trial scales."""
    halcyon = {share.model: share for share in facts(store, "demo-p01").upstreams}["Halcyon-3"]

    assert (halcyon.purchases, halcyon.of) == (6, 10)
    assert round(float(halcyon.of_value) * 100, 1) == 39.4
    assert round(float(halcyon.of_value_if_scaled) * 100, 1) == 62.7


def test_what_a_bid_would_add_is_counted_as_though_it_were_chosen(store):
    purchase = store.load("demo-p01").assessment.purchase
    bids = [s.id for s in store.summaries() if s.purchase.id == purchase.id and s.id != "demo-p01"]
    found = {
        share.model: (share.purchases, share.of)
        for bid in bids
        for share in facts(store, bid).upstreams
    }

    assert len(bids) == 2
    assert found.pop("Halcyon-3") == (
        6,
        10,
    )
    assert found == {"Tarn-Open 70B": (2, 10)}  # and the planning search


def test_purchases_for_the_same_need_are_named_and_no_others(store):
    capability = store.load("demo-p01").assessment.purchase.capability
    others = {
        f"{s.purchase.title} ({s.purchase.buyer})"
        for s in store.summaries()
        if s.purchase.capability == capability
        and s.purchase.id != store.load("demo-p01").assessment.purchase.id
        and s.subject == "purchase"
    }
    assert set(facts(store, "demo-p01").similar) == others


def test_an_assessment_that_is_in_no_portfolio_has_none(store):
    gone = replace(store.load("demo-p01").assessment, id="gone")

    assert facts_of(portfolio_store.items_of(store), gone.id) is None


def test_the_page_says_it(store):
    (exported,) = gather(store, ["demo-p01"], {"words", "earlier", "portfolio"})
    text = str(matter(exported).page(ROOM))

    assert "6 of 10 purchases rest on Halcyon-3" in text
    assert "rest on" not in str(
        matter(Exported(exported.assessment, exported.framework)).page(ROOM)
    )


def test_history_is_taken_along_only_where_it_is_wanted(store):
    (with_history,) = gather(store, ["demo-p01"], {"history"})
    (without,) = gather(store, ["demo-p01"])

    assert with_history.history == tuple(store.history("demo-p01"))
    assert with_history.history
    assert (without.history, without.portfolio, without.earlier) == ((), None, None)


def test_shares_are_exact(store):
    for share in facts(store, "demo-p05").upstreams:
        assert isinstance(share.of_value, Fraction)
