"""Concentration: every figure as counted by hand, and laws that hold for any portfolio."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings

from procurement_risk.assessment import Supplier, Upstream
from procurement_risk.language.percent import one_decimal
from procurement_risk.portfolio.census import chosen_items
from procurement_risk.portfolio.concentration import KINDS, MEASURES, concentration
from tests.support.answer_sets import seeded_rngs
from tests.support.places import ROOT
from tests.support.portfolio_examples import LAWS, demonstration, item, model, portfolio


def spread(kind, items=None):
    return concentration(chosen_items(demonstration()) if items is None else items, kind)


def group(found, name):
    (one,) = [each for each in found.groups if each.name == name]
    return one


def percent(found, name, measure):
    return one_decimal(100 * found.share(group(found, name), measure))


# --- The demonstration --------------------------------------------------------------------


def test_six_of_ten_purchases_and_two_fifths_of_the_value_hang_on_one_model():
    found = spread("model")
    halcyon = group(found, "Halcyon-3")

    assert percent(found, "Halcyon-3", "committed") == "39.4"
    assert (len(halcyon.items), len(found.stated)) == (6, 10)
    assert halcyon.weights["committed"] == 6_925_000
    assert halcyon.maker == "Halcyon Frontier Inc"
    assert found.totals["committed"] == 17_575_000


def test_most_of_the_value_hangs_on_it_if_the_trial_scales():
    found = spread("model")

    assert percent(found, "Halcyon-3", "scaled") == "62.7"
    assert found.totals["scaled"] == 28_575_000


def test_its_maker_hides_when_grouped_by_supplier():
    found = spread("supplier")
    maker = group(found, "Halcyon Frontier Inc")

    assert found.share(maker, "committed") == 0
    assert found.share(maker, "count") == Fraction(1, 10)
    assert percent(found, "Halcyon Frontier Inc", "scaled") == "38.5"


def test_the_largest_supplier_is_one_purchase():
    found = spread("supplier")
    largest = found.largest("committed")

    assert (largest.name, len(largest.items)) == ("Ironvale Analytics plc", 1)
    assert percent(found, largest.name, "committed") == "44.4"


def test_a_supplier_s_own_model_is_an_upstream_of_its_own():
    names = {group.name for group in spread("model").groups}

    assert names == {
        "Halcyon-3",
        "Ironvale CaseScore 4",
        "Kestrel v2",
        "Meridian ScanRank 2",
        "Tarn-Open 70B",
    }


def test_three_of_nine_clouds_and_one_that_names_none():
    found = spread("cloud")

    assert [(g.name, len(g.items)) for g in found.groups] == [
        ("Tidewater Compute", 2),
        ("Cirrane Cloud", 4),
        ("Brackenfell Cloud", 3),
    ]
    assert [each.id for each in found.unstated] == ["demo-p07"]
    assert found.share(found.groups[0], "committed") == Fraction(10_200_000, 17_435_000)


# --- By hand ------------------------------------------------------------------------------


def test_hhi_and_effective_number_by_hand():
    """Halves and two quarters: 2,500 + 625 + 625."""
    items = [
        item("a", supplier="Ash", committed_value=200),
        item("b", supplier="Birch", committed_value=100),
        item("c", supplier="Cedar", committed_value=100),
    ]
    found = spread("supplier", items)

    assert found.hhi("committed") == 3750
    assert found.effective("committed") == Fraction(8, 3)
    assert found.hhi("count") == Fraction(10_000, 3)


def test_the_methodology_gives_this_example():
    """The page that explains the method and the test above say the same."""
    text = (ROOT / "docs" / "methodology.md").read_text("utf-8")

    assert "Shares of 50 %, 25 % and 25 % give 2,500 + 625 + 625 = 3,750." in text
    assert f"10,000 ÷ 3,750 is {one_decimal(Fraction(10_000, 3750))}" in text


def test_five_equal_suppliers_are_two_thousand_already():
    items = [item(name, supplier=name, committed_value=7) for name in "abcde"]

    assert spread("supplier", items).hhi("committed") == 2000
    assert spread("supplier", items).effective("committed") == 5


def test_an_unknown_value_counts_as_a_purchase_and_never_as_nothing():
    items = [
        item("a", supplier="Ash", committed_value=100),
        item("b", supplier="Birch"),
        item("c", supplier="Birch", committed_value=300),
    ]
    found = spread("supplier", items)
    birch = group(found, "Birch")

    assert found.share(birch, "committed") == Fraction(3, 4)
    assert found.share(birch, "count") == Fraction(2, 3)


def test_a_pilot_of_unknown_cost_has_a_value_if_it_scales():
    found = spread("supplier", [item("a", value_if_scaled=500)])

    assert found.share(found.groups[0], "committed") is None
    assert found.share(found.groups[0], "scaled") == 1


def test_nothing_has_no_share_and_no_index():
    found = spread("model", [])

    assert found.groups == ()
    assert found.largest("count") is found.hhi("count") is found.effective("count") is None


def test_only_free_purchases_have_a_count_and_no_share_of_value():
    found = spread("supplier", [item("a", committed_value=0)])

    assert found.hhi("committed") is found.largest("committed") is None
    assert found.hhi("count") == 10_000


def test_an_item_with_two_models_hangs_on_each_with_its_whole_value():
    items = [
        item("a", committed_value=300, upstreams=(model("Moss"), model("Fern"))),
        item("b", committed_value=100, upstreams=(model("Fern"),)),
    ]
    found = spread("model", items)

    assert found.overlaps
    assert found.share(group(found, "Fern"), "committed") == 1
    assert found.share(group(found, "Moss"), "committed") == Fraction(3, 4)
    assert found.hhi("committed") == Fraction(10_000 * (400**2 + 300**2), 700**2)


def test_one_model_named_twice_counts_once():
    twice = item("a", committed_value=5, upstreams=(model("Moss"), model("MOSS ")))

    assert spread("model", [twice]).groups[0].weights["committed"] == 5


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (model("Moss-1", "Lichen Inc"), model("moss-1", "LICHEN, Inc."), True),
        (model("Moss-1", "Lichen Inc"), model("Moss-1"), True),
        (model("Moss-1", "Lichen Inc"), model("Moss-1", "Fungus Inc"), False),
        (model("Moss-1", "Lichen Inc"), model("Moss-2", "Lichen Inc"), False),
        (model("Moss-1", "Ash"), model("Moss-1", own=True), False),
        (model("own model"), model("own model"), False),
        (model("Own model", own=True), model("own model", own=True), False),
        (model("Moss-1", own=True), model("Moss-1", own=True), False),
        (model("Moss-1", own=True), model("Moss-1", "Birch Ltd"), False),
        (model("Moss-1", own=True), model("Moss-1", "Ash plc"), True),
    ],
)
def test_which_models_are_the_same(one, other, same):
    """``one`` is Ash's, ``other`` is Birch's."""
    items = [
        item("a", supplier="Ash plc", upstreams=(one,)),
        item("b", supplier="Birch Ltd", upstreams=(other,)),
    ]

    assert (len(spread("model", items).groups) == 1) is same


def test_two_models_of_one_name_are_told_apart_by_their_makers():
    items = [
        item("a", supplier="Ash", upstreams=(model("own model", own=True),)),
        item("b", upstreams=(model("Moss", "Lichen"),)),
        item("c", upstreams=(model("Moss", "Fungus"),)),
    ]

    names = [each.name for each in spread("model", items).groups]
    assert sorted(names) == ["Moss (Fungus)", "Moss (Lichen)", "own model (Ash)"]


def test_an_own_model_goes_by_the_supplier_as_joined():
    """By whichever name of it; and two firms of one name have a model each."""
    own, by_name = (model("own model", own=True),), (model("Moss-1", "Beech plc"),)
    items = [
        item("a", supplier="Ash", supplier_id="1", upstreams=(*own, model("Moss-1", own=True))),
        item("b", supplier="Beech", supplier_id="1", upstreams=own),
        item("c", supplier="Ash", supplier_id="2", upstreams=own),
        item("d", supplier="Oak", supplier_id="3", upstreams=by_name),
    ]

    found = {g.name: [i.id for i in g.items] for g in spread("model", items).groups}
    assert sorted(found.values()) == [["a", "b"], ["a", "d"], ["c"]]
    assert found["own model (Ash (no number) · 2)"] == ["c"]
    assert found["Moss-1"] == ["a", "d"]


def test_two_suppliers_of_one_name_are_told_apart_by_their_numbers():
    items = [
        item("a", supplier=Supplier(name="Ash", company_number="00000001"), supplier_id="1"),
        item("b", supplier=Supplier(name="Ash"), supplier_id="2"),
        item("c", supplier=Supplier(name="Oak"), supplier_id="2"),
        item("d", supplier=Supplier(name="Elm"), supplier_id="3"),
    ]
    names = {each.name for each in spread("supplier", items).groups}
    assert names == {"Ash (00000001)", "Ash (no number)", "Elm"}


def test_one_company_number_joins_two_names():
    suppliers = [
        Supplier(name="Ash Ltd", company_number="ZZ1"),
        Supplier(name="ASH  LTD"),
        Supplier(name="Ash Systems", company_number="zz1"),
        Supplier(name="Birch"),
    ]
    items = [item(str(n), supplier=each) for n, each in enumerate(suppliers)]

    assert [len(each.items) for each in spread("supplier", items).groups] == [3, 1]


def test_a_supplier_without_an_owner_is_its_own():
    items = [
        item("a", supplier=Supplier(name="Ash", group="Forest")),
        item("b", supplier=Supplier(name="Forest")),
        item("c", supplier=Supplier(name="Birch")),
    ]

    found = {each.name: len(each.items) for each in spread("group", items).groups}
    assert found == {"Forest": 2, "Birch": 1}


def test_jurisdictions_of_suppliers_and_of_models_are_two_things():
    one = item(
        "a",
        supplier=Supplier(name="Ash", jurisdiction="Kenya"),
        upstreams=(model("Moss", jurisdiction="Ireland"),),
    )

    assert spread("jurisdiction", [one]).groups[0].name == "Kenya"
    assert spread("model_jurisdiction", [one]).groups[0].name == "Ireland"


# --- Laws ---------------------------------------------------------------------------------


def every(items):
    return [(spread(kind, items), measure) for kind in KINDS for measure in MEASURES]


@given(rng=seeded_rngs())
@settings(max_examples=40, deadline=None)
def test_hhi_lies_between_equal_shares_and_a_single_group(rng: Random):
    for found, measure in every(portfolio(rng)):
        hhi = found.hhi(measure)
        if hhi is not None:
            assert Fraction(10_000, len(found.groups)) <= hhi <= 10_000
            assert 1 <= found.effective(measure) <= len(found.groups)


@given(rng=seeded_rngs())
@settings(max_examples=40, deadline=None)
def test_shares_add_up_to_one_where_nothing_overlaps(rng: Random):
    for found, measure in every(portfolio(rng)):
        shares = [found.share(each, measure) for each in found.groups]
        if None not in shares and shares:
            assert sum(shares) == 1 if not found.overlaps else sum(shares) >= 1
            assert max(shares) <= 1


@given(rng=seeded_rngs())
@settings(max_examples=40, deadline=None)
def test_order_never_matters(rng: Random):
    items = portfolio(rng)
    shuffled = rng.sample(items, len(items))

    for kind in KINDS:
        assert spread(kind, shuffled) == spread(kind, items)


@given(rng=seeded_rngs())
@settings(max_examples=40, deadline=None)
def test_everything_is_stated_or_not(rng: Random):
    items = portfolio(rng)
    for kind in KINDS:
        found = spread(kind, items)

        both = [each.id for each in (*found.stated, *found.unstated)]
        assert sorted(both) == sorted(each.id for each in items)
        assert {e.id for g in found.groups for e in g.items} == {e.id for e in found.stated}


@given(rng=seeded_rngs())
@settings(max_examples=40, deadline=None)
def test_a_second_way_of_counting_agrees(rng: Random):
    """One law at a time, in floats, without the code above."""
    items = portfolio(rng, largest=12)
    found = spread("jurisdiction", items)
    sums = {
        law: sum(i.purchase.committed_value or 0 for i in items if i.supplier.jurisdiction == law)
        for law in LAWS[1:]
    }
    total = sum(sums.values())
    index = sum((100 * worth / total) ** 2 for worth in sums.values()) if total else 0.0

    assert {g.name: g.weights["committed"] for g in found.groups}.items() <= sums.items()
    assert float(found.hhi("committed") or 0) == pytest.approx(index)


def test_hosts_and_clouds_are_counted_apart():
    one = item(
        "a",
        upstreams=(Upstream(kind="host", name="Barn"), Upstream(kind="cloud", name="Barn")),
    )

    assert [len(spread(kind, [one]).groups) for kind in ("host", "cloud", "model")] == [1, 1, 0]
