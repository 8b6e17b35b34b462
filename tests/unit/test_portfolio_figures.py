"""The portfolio's leadership page, from the items on screen: the same story on one sheet."""

from fractions import Fraction

import pytest

from procurement_risk.exports.leadership import (
    html as leadership_html,
    portfolio as leadership_portfolio,
)
from procurement_risk.portfolio.census import Census, census
from procurement_risk.portfolio.concentration_words import kind_label
from procurement_risk.portfolio.items import Condition, Span
from procurement_risk.portfolio.totals import Filters, money
from procurement_risk.portfolio.words import date_label
from procurement_risk.report import portfolio_page
from procurement_risk.report.portfolio.deciding import why_barred
from procurement_risk.report.portfolio.figures import figures_of
from procurement_risk.report.portfolio.page import condition_words
from procurement_risk.views.portfolio.downloads import scope_words
from tests.support import portfolio_examples as examples, tagged_pdf

DAY = "2026-11-23"


@pytest.fixture(scope="module")
def story():
    return figures_of(census(examples.demonstration()), DAY)


def test_the_demonstration_is_counted_as_on_the_portfolio_page(story):
    sums = story.sums
    assert (story.purchases, sums.committed, sums.scaled) == (10, 17_575_000, 28_575_000)
    told = story.headlines
    assert [each.purchase.title for each in told.refused] == ["Claims fraud scoring"]
    assert [each.purchase.title for each in told.barred] == [
        "Interview translation and summary",
        "Staff assistant, free twelve-month trial",
    ]
    assert why_barred(told.refused[0]).startswith("£7.8m · SR-04: ")
    (twice,) = story.repeated  # the free trial of it stands apart
    assert (twice.capability, len(twice.paid)) == ("draft-correspondence", 3)
    assert len(twice.free) + len(twice.unknown) == 1
    assert money(twice.paid).committed == 3_185_000
    assert sum(map(len, story.decisions.values())) == 10
    assert story.fictional


def test_the_model_that_most_purchases_hang_on_is_named_with_its_shares(story):
    models, suppliers = story.concentrations[:2]
    halcyon = next(each for each in models.groups if each.name == "Halcyon-3")

    assert (kind_label(models.kind), kind_label(suppliers.kind)) == ("Upstream model", "Supplier")
    assert len(halcyon.items) == 6
    assert models.share(halcyon, "committed") == Fraction(6_925, 17_575)
    assert round(float(models.share(halcyon, "scaled")), 3) == 0.627
    assert suppliers.groups[0].name == "Ironvale Analytics plc"


def test_both_forms_tell_the_story_on_one_page(story):
    found = leadership_portfolio.pdf(story)
    html = leadership_portfolio.html(story).decode().replace("\xa0", " ")

    assert tagged_pdf.pages(found) == 1
    assert not tagged_pdf.faults(found)
    for words in ("Claims fraud scoring", "Halcyon-3", "39.4 %", "62.7 %", story.digest):
        assert words in html
    assert "4 decisions are asked of you" in html
    assert "Accounting officer or AI board" in html
    assert "2 run against advice, £395,000" in html
    assert "2 must not start, £3.1m" in html


def test_a_method_that_recommends_nothing_is_said_in_words():
    page = portfolio_page(figures_of(Census(counted=(examples.item(recommendation=""),)), DAY))
    html = leadership_html.fitted(lambda _room: page).decode()

    assert "No recommendation: points only" in html
    assert ">none<" not in html


def test_dates_and_overdue_conditions_are_carried_over():
    late = Condition("Q-1", "agreed", "Bo", "2026-01-31", "A clause")
    found = figures_of(
        Census(
            counted=(
                examples.item(title="Letters", contract_end="2027-03-01", conditions=(late,)),
            )
        ),
        DAY,
    )

    ((coming,), (overdue,)) = found.coming, found.overdue
    assert (coming.day, date_label(coming.kind), coming.item.purchase.title) == (
        "2027-03-01", "Contract ends", "Letters",
    )  # fmt: skip
    assert overdue.item.purchase.title == "Letters"
    assert condition_words(overdue.condition) == "Q-1: A clause"
    assert (overdue.condition.owner, overdue.condition.due) == ("Bo", "2026-01-31")


def test_what_is_not_known_is_never_zero():
    found = figures_of(Census(counted=(examples.item(),)), DAY)

    assert (found.strong, found.open) == (None, None)
    assert found.sums.unknown == 1
    suppliers = found.concentrations[1]
    assert suppliers.share(suppliers.groups[0], "committed") is None


def test_the_evidence_is_weighed_over_all_purchases():
    weights = [(0, 1, 2, 3, 4, 5), (5, 0, 0, 0, 0, 0)]
    found = figures_of(
        Census(counted=tuple(examples.item(str(n), evidence=w) for n, w in enumerate(weights))),
        DAY,
    )

    assert (found.strong, found.open) == (Fraction(7, 20), Fraction(5, 20))


def test_the_digest_changes_with_any_purchase():
    one = examples.item(committed_value=1)
    other = examples.item(committed_value=2)

    assert (
        figures_of(Census(counted=(one,)), DAY).digest
        == figures_of(Census(counted=(one,)), DAY).digest
    )
    assert (
        figures_of(Census(counted=(one,)), DAY).digest
        != figures_of(Census(counted=(other,)), DAY).digest
    )


def test_the_filters_are_said_on_the_page():
    items = [examples.item(tier=Span(1, 1))]
    label = items[0].framework.tier(1).label

    assert scope_words(Filters(), items) == ""
    assert scope_words(
        Filters(
            suppliers=frozenset({"Birch", "Ash"}),
            tiers=frozenset({1}),
            decisions=frozenset({"proceed"}),
            since="2026-01-01",
        ),
        items,
    ) == (
        f"Supplier: Ash and Birch; Tier: {label}; Recommendation: Proceed; "
        "Assessed from: 2026-01-01"
    )
