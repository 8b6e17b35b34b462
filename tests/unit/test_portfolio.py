"""Which assessments count, and what they come to: by hand, by law, and counted a second way."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings

from procurement_risk.assessment import RecordedDecision, Supplier, Trigger
from procurement_risk.canonical import canonical_bytes, read_json
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods import evaluate
from procurement_risk.portfolio.census import census, chosen_items
from procurement_risk.portfolio.concentration import KINDS, concentration
from procurement_risk.portfolio.days import dates_ahead, overdue, stale
from procurement_risk.portfolio.headlines import headlines
from procurement_risk.portfolio.item_documents import item_from_document, item_to_document
from procurement_risk.portfolio.items import Condition, Expiry, Span, item_of
from procurement_risk.portfolio.totals import (
    Filters,
    Money,
    duplicates,
    filtered,
    money,
    single_source,
)
from procurement_risk.portfolio.words import total_words
from tests.support.answer_sets import seeded_rngs
from tests.support.framework_versions import BASES, random_answer_set
from tests.support.portfolio_examples import (
    ORGANISATION,
    SMALL,
    demonstration,
    item,
    portfolio,
    results,
)
from tests.support.stored_examples import FULL

DAY = "2026-11-23"
chance = settings(max_examples=60, deadline=None)


def ids(items):
    return [each.id for each in items]


def undecided(items):
    """The look that says what each purchase is whose supplier is open."""
    return tuple(each.newest for each in census(items).supplier_open)


def told(items):
    return headlines(items, (), DAY)


# --- Items --------------------------------------------------------------------------------


@pytest.mark.parametrize("each", demonstration(), ids=lambda item: item.id)
def test_an_item_says_what_the_record_says(each):
    result = results()[each.id]

    assert [each.tier.low, each.tier.high] == [result["tier"]["low"], result["tier"]["high"]]
    assert each.recommendation == result["recommendation"]
    assert (each.decision_low, each.decision_high) == tuple(
        result["decision"][end] for end in ("low", "high")
    )
    assert list(each.stops) == result["stops"]["fired"]
    assert list(each.flags) == result["flags"]["fired"]
    assert each.open == len(result["open"])
    for figure in each.sections:
        said = result["sections"][figure.section]
        assert [figure.low, figure.central, figure.high] == [
            said["residual"][end] for end in ("low", "central", "high")
        ]
        assert [figure.band_low, figure.band_central, figure.band_high] == [
            said["band"][end] for end in ("low", "central", "high")
        ]


def test_the_worst_section_is_a_decisive_one():
    by_id = {each.id: each for each in demonstration()}

    assert by_id["demo-p01"].worst == "LI"  # SE is worse, and decides nothing
    assert by_id["demo-p05"].worst_figure().central == "78.7"


@pytest.mark.parametrize("each", demonstration(), ids=lambda item: item.id)
def test_an_item_comes_back_from_its_document(each):
    document = read_json(canonical_bytes(item_to_document(each)))

    assert item_from_document(document, each.framework) == each


@given(rng=seeded_rngs())
@chance
def test_any_outcome_comes_back_from_its_document(rng: Random):
    """Ranges, points, nothing scored: whatever a method may find."""
    framework = framework_from_document(BASES[rng.choice(sorted(BASES))])
    answer_set = random_answer_set(rng, framework)
    found = item_of(
        replace(FULL, answer_set=answer_set), framework, evaluate(framework, answer_set), DAY
    )
    document = read_json(canonical_bytes(item_to_document(found)))

    assert item_from_document(document, framework) == found
    assert (found.tier is None) is (framework.method == "impact-mitigation")
    assert found.changed_at == DAY


def test_a_description_is_left_out():
    found = item_of(FULL, SMALL, evaluate(SMALL, FULL.answer_set))

    assert FULL.purchase.description
    assert found.purchase == replace(FULL.purchase, description="")


# --- What counts --------------------------------------------------------------------------


def test_ten_purchases_of_the_demonstration_count():
    assert ids(chosen_items(demonstration())) == [f"demo-p{n:02}" for n in range(1, 11)]
    assert undecided(demonstration()) == ()


def test_another_bidder_counts_nowhere():
    chosen = item("a", id="p", supplier="Ash", chosen_supplier="ASH ")
    rival = item("b", id="p", supplier="Birch", chosen_supplier="Ash", as_of="2027-01-01")

    assert ids(chosen_items([rival, chosen])) == ["a"]


def test_without_a_choice_the_only_supplier_counts_and_several_do_not():
    one = item("a", id="p", supplier="Ash")
    later = item("b", id="p", supplier="Ash", as_of="2027-01-01")
    rival = item("c", id="p", supplier="Birch")

    assert ids(chosen_items([one, later])) == ["b"]
    assert chosen_items([one, later, rival]) == ()
    assert ids(undecided([one, later, rival])) == ["b"]


def test_what_was_withdrawn_or_not_chosen_counts_nowhere():
    one = item("a", id="p", supplier="Ash")
    rival = replace(item("b", id="p", supplier="Birch"), state="not_chosen")
    stopped = replace(item("c", id="q"), state="withdrawn")

    assert ids(chosen_items([one, rival, stopped])) == ["a"]
    assert undecided([one, rival, stopped]) == ()


def test_a_chosen_supplier_that_nobody_assessed_is_said():
    one = item("a", supplier="Ash", chosen_supplier="Birch")

    assert chosen_items([one]) == ()
    assert ids(undecided([one])) == ["a"]


def test_a_chosen_supplier_is_known_by_its_number_too():
    earlier = item("a", id="p", supplier=Supplier(name="Ash", company_number="ZZ1"))
    renamed = item(
        "b",
        id="p",
        supplier=Supplier(name="Ash Group", company_number="ZZ1"),
        as_of="2027-01-01",
        chosen_supplier="Ash",
    )

    assert ids(chosen_items([earlier, renamed])) == ["b"]


def test_what_is_replaced_is_never_the_latest():
    first = item("a", id="p", as_of="2027-01-01")
    second = item("b", id="p", as_of="2026-01-01", replaces="a")

    assert ids(chosen_items([first, second])) == ["b"]


def test_assessments_that_replace_each_other_still_count_once():
    first = item("a", id="p", replaces="b")
    second = item("b", id="p", replaces="a")

    assert ids(chosen_items([first, second])) == ["b"]


def test_an_assessment_of_a_supplier_is_no_purchase():
    assert chosen_items([item("a", framework=ORGANISATION)]) == ()


@given(rng=seeded_rngs())
@chance
def test_each_purchase_counts_at_most_once_in_any_order(rng: Random):
    items = portfolio(rng, largest=10)
    found = census(items)
    shuffled = rng.sample(items, len(items))

    assert census(shuffled) == found
    bought = [i.purchase.id for i in (*found.counted, *undecided(items), *found.closed)]
    assert sorted(bought) == sorted(
        {
            i.purchase.id
            for i in items
            if i.framework.subject == "purchase" and i.state not in ("withdrawn", "not_chosen")
        }
    )
    everything = [*bought, *(i.purchase.id for i in found.unbought)]
    assert sorted(everything) == sorted(
        {i.purchase.id for i in items if i.framework.subject == "purchase"}
    )
    for each in found.supplier_open:
        assert len({bid.purchase.id for bid in each.bids}) == 1
    assert all(i.state != "closed" for i in found.counted)
    assert all(i.state == "closed" for i in found.closed)


def test_closed_purchases_are_in_no_figure_until_one_looks_again():
    no = RecordedDecision(decision="proceed", by="Ada", at=DAY)
    over = replace(item("a", id="p", decided=no), state="closed")
    again = item("b", id="p", as_of="2027-01-01", replaces="a")
    rival = replace(item("c", id="q", supplier="Birch"), state="closed")
    bid = item("d", id="q", supplier="Ash")

    assert (census([over]).counted, ids(census([over]).closed)) == ((), ["a"])
    assert ids(census([over, again]).counted) == ["b"]
    assert ids(census([rival, bid]).counted) == ["d"]  # a bidder with whom it is over is out
    assert ids(census([rival]).closed) == ["c"]


@given(rng=seeded_rngs())
@chance
def test_an_unchosen_bid_changes_no_figure(rng: Random):
    items = chosen_items(portfolio(rng, largest=6))
    items = [
        replace(i, purchase=replace(i.purchase, chosen_supplier=i.supplier.name)) for i in items
    ]
    bids = [
        replace(i, id=f"rival-{i.id}", supplier=Supplier(name="Rival"), as_of="2029-01-01")
        for i in items
        if rng.random() < 0.6
    ]
    before, after = chosen_items(items), chosen_items([*bids, *items])

    assert after == before
    for kind in KINDS:
        assert concentration(after, kind) == concentration(before, kind)


# --- Filters ------------------------------------------------------------------------------


def any_filter(rng):
    wanted = {
        "buyers": frozenset({"Ash", "birch"}),
        "suppliers": frozenset({"CEDAR LTD", "Ash"}),
        "capabilities": frozenset({"DRAFTING"}),
        "tiers": frozenset({2, 4}),
        "decisions": frozenset({"proceed", "none"}),
        "since": "2025-06-01",
        "until": "2027-06-01",
    }
    names = rng.sample(sorted(wanted), rng.randint(0, 2))
    return Filters(**{name: wanted[name] for name in names})


@given(rng=seeded_rngs())
@chance
def test_filters_commute_and_only_take_away(rng: Random):
    items, one, other = portfolio(rng), any_filter(rng), any_filter(rng)

    assert filtered(filtered(items, one), other) == filtered(filtered(items, other), one)
    assert filtered(items, Filters()) == items
    assert set(ids(filtered(items, one))) <= set(ids(items))
    assert filtered(filtered(items, one), one) == filtered(items, one)


def test_each_filter_looks_at_its_own_field():
    items = chosen_items(demonstration())

    def kept(**filters):
        return [each.id[-2:] for each in filtered(items, Filters(**filters))]

    assert kept(buyers=frozenset({"department for civic benefits"})) == ["01", "05"]
    assert kept(suppliers=frozenset({"Kestrel Predict Ltd"})) == ["10"]
    assert kept(capabilities=frozenset({"draft-correspondence"})) == ["01", "02", "03", "09"]
    assert kept(tiers=frozenset({4})) == ["05", "06", "08"]
    assert kept(decisions=frozenset({"do_not_proceed"})) == ["05", "08", "09"]
    assert kept(since="2026-11-24") == []
    assert len(kept(since=DAY, until=DAY)) == 10


def test_a_supplier_is_let_through_by_whichever_name():
    items = [
        item("a", supplier="Ash", supplier_id="1"),
        item("b", supplier="Beech", supplier_id="1"),
        item("c", supplier="Ash", supplier_id="2"),
    ]
    assert ids(filtered(items, Filters(suppliers=frozenset({"1"})))) == ["a", "b"]
    assert filtered(items, Filters(suppliers=frozenset({"Ash"}))) == ()


def test_the_chosen_supplier_is_known_by_a_name_that_it_has_elsewhere():
    bids = [
        item("a", supplier="Ash", supplier_id="1", id="p"),
        item("b", supplier="Oak", supplier_id="2", id="p"),
    ]
    named = [replace(b, purchase=replace(b.purchase, chosen_supplier="Old Ash")) for b in bids]
    elsewhere = item("c", supplier="Old Ash", supplier_id="1", id="q")

    assert ids(chosen_items(named)) == []
    assert ids(chosen_items([*named, elsewhere])) == ["a", "c"]
    # A bidder that bears the name goes before one that has it elsewhere.
    rival = replace(named[1], supplier=Supplier(name="Old Ash"))
    assert ids(chosen_items([named[0], rival, elsewhere])) == ["b", "c"]


def test_an_unsettled_tier_is_let_through_by_each_that_is_possible():
    items = [item("a", tier=Span(2, 3)), item("b", tier=None)]

    assert ids(filtered(items, Filters(tiers=frozenset({3})))) == ["a"]
    assert filtered(items, Filters(tiers=frozenset({4}))) == ()


# --- What they come to --------------------------------------------------------------------


def test_what_the_demonstration_comes_to():
    items = chosen_items(demonstration())

    assert money(items) == Money(17_575_000, 28_575_000, unknown=0, known=len(items))
    assert ids(told(items).barred) == ["demo-p08", "demo-p09"]
    assert ids(told(items).refused) == ["demo-p05"]


def test_a_value_that_nobody_knows_is_no_amount():
    nobody, free = item("a", committed_value=None), item("b", committed_value=0)

    assert total_words(1, money([nobody])) == "1 purchase, value not known"
    assert total_words(1, money([free])) == "1 purchase, £0 committed"
    assert total_words(2, money([nobody, free])) == (
        "2 purchases, £0 committed; the value of 1 is not known"
    )


def test_three_buy_one_capability_and_a_trial_would_be_the_fourth():
    (found,) = duplicates(chosen_items(demonstration()))

    assert found.capability == "draft-correspondence"
    assert money(found.paid).committed == 3_185_000
    assert ids(found.paid) == ["demo-p01", "demo-p02", "demo-p03"]
    assert ids(found.free) == ["demo-p09"]
    assert len(found.buyers) == 4


def test_one_body_that_buys_twice_is_a_duplicate():
    twice = [item("a", capability="Search"), item("b", capability="search ")]
    (found,) = duplicates([*twice, item("c"), item("d", capability="other")])

    assert (ids(found.unknown), found.buyers) == (["a", "b"], ("A council",))


def test_a_capability_with_one_supplier_is_a_single_source():
    items = [
        item("a", capability="search", supplier="Ash", committed_value=5),
        item("b", capability="Search", supplier="ASH"),
        item("c", capability="drafting", supplier="Ash"),
        item("d", capability="drafting", supplier="Birch"),
        item("e", supplier="Birch"),
    ]
    (found,) = single_source(items)

    assert (found.capability, found.supplier, ids(found.items)) == ("Search", "ASH", ["a", "b"])


def test_a_decision_not_to_proceed_stops_it_too():
    no = RecordedDecision(decision="do_not_proceed", by="Ada", at=DAY)

    assert ids(told([item("a", decided=no), item("b")]).refused) == ["a"]


# --- Days ---------------------------------------------------------------------------------


def test_breaks_and_ends_of_the_next_year():
    found = dates_ahead(chosen_items(demonstration()), DAY)

    assert [(each.day, each.kind, each.item.id[-3:]) for each in found] == [
        ("2027-03-01", "break", "p09"),
        ("2027-03-31", "end", "p03"),
        ("2027-03-31", "break", "p07"),
        ("2027-06-01", "break", "p10"),
        ("2027-08-02", "break", "p04"),
        ("2027-08-31", "end", "p09"),
        ("2027-11-09", "break", "p06"),
    ]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-11-23", "2026-11-23", "2027-11-23"),
        ("2028-02-29", "2028-02-29", "2029-02-28"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_year_ahead_includes_its_first_and_last_day(day, first, last):
    one = item("a", break_dates=(first, last))

    assert [each.day for each in dates_ahead([one], day)] == [first, last]
    outside = item("b", break_dates=tuple(around(first, last)))
    assert dates_ahead([outside], day) == ()


def around(first, last):
    yield (date.fromisoformat(first) - timedelta(1)).isoformat()
    if last < "9999-12-31":
        yield (date.fromisoformat(last) + timedelta(1)).isoformat()


def test_agreed_conditions_past_their_day_are_overdue():
    kept = (
        Condition("DP-01", "agreed", "Ada", "2026-11-22", ""),
        Condition("DP-02", "agreed", "Ada", "2026-10-01", ""),
    )
    others = (
        Condition("DP-03", "agreed", "Ada", DAY, ""),
        Condition("DP-04", "proposed", "Ada", "2026-10-01", ""),
        Condition("DP-05", "verified", "Ada", "2026-10-01", ""),
        Condition("DP-06", "agreed", "Ada", "", ""),
    )
    found = overdue([item("a", conditions=(*kept, *others))], DAY)

    assert [each.condition.question for each in found] == ["DP-02", "DP-01"]


def test_nine_purchases_of_the_demonstration_have_a_condition_overdue():
    found = overdue(chosen_items(demonstration()), DAY)

    late = {each.item.id for each in found}
    assert set(ids(chosen_items(demonstration()))) - late == {"demo-p07"}
    assert found[0].condition.due == "2026-10-16"


def test_every_reason_for_a_new_look():
    fresh = item("a", as_of="2025-11-23")
    old = item("b", as_of="2025-11-22")
    swapped = item("c", triggers=(Trigger(what="Model swapped", at=DAY),))
    settled = item("d", triggers=(Trigger(what="Swapped", at=DAY, resolved_at=DAY),))
    run_out = item("e", expiries=(Expiry("DP-01", "2026-11-22"), Expiry("DP-02", DAY)))
    late = RecordedDecision(decision="proceed", by="Ada", at=DAY, review_by="2026-11-22")
    reviewed = item("f", decided=late)
    due = item("g", decided=replace(late, review_by=DAY))

    found = stale([fresh, old, swapped, settled, run_out, reviewed, due], DAY)

    assert [(each.item.id, each.reasons) for each in found] == [
        ("b", ("age",)),
        ("c", ("trigger",)),
        ("e", ("evidence",)),
        ("f", ("review",)),
    ]
    assert found[2].expired == ("DP-01",)


def test_the_swapped_model_of_the_demonstration_calls_for_a_new_look():
    found = {each.item.id: each.reasons for each in stale(chosen_items(demonstration()), DAY)}

    assert found["demo-p10"] == ("trigger",)
    assert found["demo-p03"] == ("trigger", "evidence")


# --- A second way of counting -------------------------------------------------------------


def naive(items):
    """The same rules again, as slowly and plainly as they can be written."""
    chosen = []
    items = [i for i in items if i.state not in ("withdrawn", "not_chosen")]
    for purchase in sorted({i.purchase.id for i in items if i.framework is not ORGANISATION}):
        bids = [i for i in items if i.framework is not ORGANISATION and i.purchase.id == purchase]
        bids.sort(key=lambda i: (i.as_of, i.id))
        wanted = [i.purchase.chosen_supplier.lower() for i in bids if i.purchase.chosen_supplier]
        families = {}
        for bid in bids:
            name, number = bid.supplier.name.lower(), bid.supplier.company_number
            known = {b.supplier.company_number for b in bids if b.supplier.name.lower() == name}
            known -= {""}
            # A name that two numbers go by tells nothing about one without a number.
            family = number or (known.pop() if len(known) == 1 else f"only {name}")
            families.setdefault(family, {"bids": []})["bids"].append(bid)
        families = list(families.values())
        if wanted:
            families = [
                f for f in families if wanted[-1] in {b.supplier.name.lower() for b in f["bids"]}
            ]
        stands = [naive_standing(f["bids"]) for f in families]
        if not wanted:
            stands = [each for each in stands if each.state != "closed"]
        if len(stands) == 1 and stands[0].state != "closed":
            chosen.append(stands[0])
    return {i.id for i in chosen}


def naive_standing(bids):
    mine = every = sorted(bids, key=lambda i: (i.as_of, i.created_at, i.id))
    mine = [b for b in mine if b.decided is not None] or mine
    kept = [b for b in mine if b.id not in {other.replaces for other in mine}] or mine
    begun = [b for b in every[every.index(kept[-1]) :] if b.state != "closed"]
    return naive_standing(begun) if kept[-1].state == "closed" and begun else kept[-1]


@given(rng=seeded_rngs())
@chance
def test_a_second_way_of_choosing_agrees(rng: Random):
    items = portfolio(rng, largest=10)

    assert set(ids(chosen_items(items))) == naive(items)


@given(rng=seeded_rngs())
@chance
def test_a_second_way_of_counting_agrees(rng: Random):
    items = portfolio(rng, largest=10)
    tags = [i.purchase.capability.lower() for i in items]

    for found in duplicates(items):
        assert len(found.items) == tags.count(found.capability.lower()) > 1
        assert money(found.paid).committed == sum(
            i.purchase.committed_value or 0
            for i in items
            if i.purchase.capability.lower() == found.capability.lower()
        )
    assert len(duplicates(items)) == sum(tags.count(tag) > 1 for tag in set(tags) - {""})
    late = [c for i in items for c in i.conditions if c.status == "agreed" and "" < c.due < DAY]
    assert len(overdue(items, DAY)) == len(late)
    days = [
        d
        for i in items
        for d in (*i.purchase.break_dates, i.purchase.contract_end)
        if d and 0 <= (date.fromisoformat(d) - date.fromisoformat(DAY)).days <= 365
    ]
    assert [each.day for each in dates_ahead(items, DAY)] == sorted(days)
