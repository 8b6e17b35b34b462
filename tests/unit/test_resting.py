"""What rests on a supplier, as the seller and underneath: each purchase once."""

from random import Random

from hypothesis import given, settings

from procurement_risk.assessment import Upstream
from procurement_risk.exports import printed as files
from procurement_risk.portfolio import resting_words as words
from procurement_risk.portfolio.ahead import ahead as days_ahead
from procurement_risk.portfolio.census import census
from procurement_risk.portfolio.items import Condition
from procurement_risk.portfolio.resting import ahead, dated, resting
from procurement_risk.portfolio.same import supplier_keys
from procurement_risk.report.page import Bars
from procurement_risk.report.supplier_page import supplier_page
from tests.support.answer_sets import seeded_rngs
from tests.support.portfolio_examples import demonstration, item, model, portfolio

DAY = "2026-11-23"


def key(items, name):
    return next(supplier_keys(items)[each.id] for each in items if each.supplier.name == name)


def on(name, *items):
    return resting(census(items), key(items, name))


def told(rests):
    return {rest.item.id: (rest.ways, rest.stage) for rest in rests}


def test_the_demonstration_rests_on_halcyon_as_seller_and_as_model():
    found = on("Halcyon Frontier Inc", *demonstration())
    assert told(found) == {
        "demo-p03": (("model",), "live"),
        "demo-p01": (("model",), "decided"),
        "demo-p04": (("model",), "decided"),
        "demo-p02": (("model",), "in_review"),
        "demo-p09": (("seller", "model", "host"), "in_review"),
        "demo-p08": (("model",), "draft"),
    }
    assert words.headline(found) == "6 purchases rest on it, £6.925m committed"
    assert words.stage_rows(found)[-1] == (
        "All", "1 · £0", "6 · £6.925m", "1 · £0", "none", "6 · £6.925m",
    )  # fmt: skip


def test_joined_suppliers_count_as_one_under_any_of_their_names():
    joined = {"supplier_id": "s", "supplier_names": frozenset({"ash ltd", "old ash ltd"})}
    found = on(
        "Ash Ltd",
        item("own", supplier="Ash Ltd", **joined),
        item("other", supplier="Birch", supplier_id="b", upstreams=(model("M", "Old Ash Ltd"),)),
        item("none", supplier="Birch", supplier_id="b", upstreams=(model("M2", "Birch"),)),
    )
    assert told(found) == {"own": (("seller",), "draft"), "other": (("model",), "draft")}


def test_of_two_firms_that_call_their_model_their_own_only_its_own_counts():
    own = Upstream(kind="model", name="own model", own=True)
    one = item("one", supplier="Ash", supplier_id="a", upstreams=(own,))
    two = item("two", supplier="Ash", supplier_id="b", upstreams=(own,))
    assert told(resting(census([one, two]), "a")) == {"one": (("seller", "model"), "draft")}


def test_what_is_over_is_told_apart_and_an_open_supplier_counts_once():
    bid = {"id": "shared"}
    found = on(
        "Ash",
        item("a", supplier="Ash", committed_value=5, **bid),
        item("b", supplier="Birch", upstreams=(model("M", "Ash"),), **bid),
        item("c", supplier="Ash", state="closed", committed_value=9),
    )
    assert {(rest.item.id, rest.stage) for rest in found} == {
        ("a", "supplier_open"),
        ("c", "closed"),
    }
    assert words.headline(found) == "1 purchase rests on it, £5 committed"
    assert words.left_out(found) == "In no figure here: Closed: 1."


def test_a_bid_rests_on_nobody_once_another_supplier_is_chosen():
    assert on("Ash", item("a", supplier="Ash", chosen_supplier="Not assessed here")) == ()


def test_a_value_that_is_not_known_is_never_nothing():
    found = on("Ash", item("a", supplier="Ash"), item("b", supplier="Ash"))
    assert words.headline(found) == "2 purchases rest on it; no value is known"
    assert words.stage_rows(found)[-1][1] == "2 · not known"


def test_days_ahead_stand_in_order_and_what_is_late_is_marked():
    conditions = (
        Condition("DP-01", "agreed", "Ann", "2026-01-01", "Ours"),
        Condition("DP-02", "proposed", "", "2026-01-01", ""),
        Condition("DP-03", "verified", "Ann", "2027-01-01", ""),
        Condition("DP-04", "agreed", "", "2027-02-01", ""),
    )
    days = {"break_dates": ("2026-11-22", "2027-01-15"), "contract_end": "2027-03-01"}
    found = ahead(on("Ash", item("a", supplier="Ash", conditions=conditions, **days)), DAY)
    assert [(each.day, each.kind, each.is_late) for each in found] == [
        ("2026-01-01", "condition", True),
        ("2027-01-15", "break", False),
        ("2027-02-01", "condition", False),
        ("2027-03-01", "end", False),
    ]
    assert words.what_words(found[0]) == "Condition overdue: DP-01, Ours"


@given(seeded_rngs())
@settings(max_examples=40)
def test_counts_and_pounds_are_those_of_a_plain_sum(rng: Random):
    items = portfolio(rng)
    for supplier in set(supplier_keys(items).values()):
        found = resting(census(items), supplier)
        running = [rest for rest in found if not rest.is_over]
        assert len({rest.item.purchase.id for rest in found}) == len(found)
        counts = [len([r for r in running if way in r.ways]) for way in words.WAYS]
        if running:
            last = words.stage_rows(found)[-1]
            said = [0 if cell == "none" else int(cell.split(" ")[0]) for cell in last[1:]]
            assert said == [*counts, len(running)]


def test_the_page_to_print_carries_every_purchase_and_day():
    found = on("Halcyon Frontier Inc", *demonstration())
    page = supplier_page("Halcyon Frontier Inc", ["<b>Old</b>"], found, "Nobody has.", DAY)
    text = files.html(page).decode()
    assert all(rest.item.purchase.title in text for rest in found)
    assert "&lt;b&gt;Old&lt;/b&gt;" in text
    assert text.count("Break date") >= 1
    assert page.parts[2].title.endswith(f": {len(ahead(found, DAY))}")


def test_the_page_counts_what_is_due_month_by_month():
    found = on("Halcyon Frontier Inc", *demonstration())
    page = supplier_page("Halcyon Frontier Inc", [], found, "Nobody has.", DAY)
    (months,) = page.parts[1].blocks
    days = days_ahead(dated(found, DAY))
    assert days
    assert sum(int(cell) for row in months.rows for cell in row.cells) == len(days)
    for row in months.rows:
        assert (row.bar is None) is not any(map(int, row.cells))
    assert max(row.bar.filled.high for row in months.rows if row.bar) == 100
    over = [rest for rest in found if rest.is_over]
    assert all(rest.item not in dated(found, DAY).items for rest in over)


def test_without_a_day_within_a_year_no_month_stands_on_the_page():
    page = supplier_page("Ash", [], on("Ash", item("a", supplier="Ash")), "Nobody has.", DAY)
    assert not any(isinstance(block, Bars) for part in page.parts for block in part.blocks)
