"""Portfolios by chance: every headline counted again from the assessments, by other code.

The purchases are unlike the demonstration: several bidders and looks, what is over, values that
are 0 or not known. Nothing below asks the portfolio's own modules what anything means.
"""

from collections import Counter, defaultdict
from random import Random

import pytest

from procurement_risk.portfolio.census import census
from procurement_risk.portfolio.items import item_of
from procurement_risk.report.portfolio.figures import figures_of
from tests.support.chance_purchases import made

TODAY, YEAR_ON, SOON = "2026-11-23", "2027-11-23", "2026-12-23"
GRAVE = {"do_not_proceed", "escalate"}


# --- Counted again ------------------------------------------------------------------------


def counts_now(looks):
    """Return the look of one supplier that counts: the last decided one, else the last."""
    bought = [each for each in looks if each[0].state not in ("withdrawn", "not_chosen")] or looks
    pool = [each for each in bought if each[0].decision] or bought
    last = max(pool, key=lambda each: each[0].answer_set.as_of)
    if last[0].state != "closed":
        return last
    after = [
        each
        for each in bought
        if each[0].answer_set.as_of > last[0].answer_set.as_of
        and each[0].state not in ("closed", "withdrawn", "not_chosen")
    ]
    return counts_now(after) if after else last


def places(found):
    """Return what counts, how many suppliers are open, and how many are over."""
    by_purchase = defaultdict(list)
    for each in found:
        by_purchase[each[0].purchase.id].append(each)
    counted, open_, over = [], [], 0
    for looks in by_purchase.values():
        bids = defaultdict(list)
        for each in looks:
            if each[0].state not in ("withdrawn", "not_chosen"):
                bids[each[0].supplier.name].append(each)
        stands = {name: counts_now(each) for name, each in bids.items()}
        settled = supplier_of(looks[0][0].purchase.chosen_supplier, stands)
        if settled == "open":
            open_.append(looks)
        elif settled == "over" or stands[settled][0].state == "closed":
            over += 1
        else:
            counted.append(stands[settled])
    return counted, open_, over


def supplier_of(chosen, stands):
    """Return from whom it is bought, or that this is open, or that nothing is bought any more."""
    running = [name for name, each in stands.items() if each[0].state != "closed"]
    if not stands:
        return "over"
    if chosen:
        return chosen if chosen in stands else "open"
    return {0: "over", 1: (running or [""])[0]}.get(len(running), "open")


def worth(found):
    values = [each[0].purchase for each in found]
    committed = sum(each.committed_value or 0 for each in values)
    scaled = sum(
        (each.committed_value or 0) if each.value_if_scaled is None else each.value_if_scaled
        for each in values
    )
    return committed, scaled, sum(each.committed_value is None for each in values)


def ids(found):
    return {each[0].id for each in found}


def check(found):
    """Hold every headline of the portfolio against the same counted again."""
    figures = figures_of(census([item_of(*each) for each in found]), TODAY)
    counted, open_, __ = places(found)
    said = figures.headlines
    live = [each for each in counted if each[0].state == "live"]
    waiting = [each for each in counted if each[0].state != "live"]

    assert figures.purchases == len(counted) + len(open_)
    sums = figures.sums
    assert (sums.committed, sums.scaled, sums.unknown) == worth(counted)
    assert {i.id for i in said.against} == ids(e for e in live if e[2].recommendation in GRAVE)
    barred = [
        each
        for each in waiting
        if each[0].decision is None and each[2].recommendation == "do_not_proceed"
    ]
    assert {i.id for i in said.barred} == ids(barred)
    refused = [e for e in waiting if e[0].decision and e[0].decision.decision == "do_not_proceed"]
    assert {i.id for i in said.refused} == ids(refused)
    undecided = [each for each in counted if each[0].decision is None]
    reviewed = [e for e in counted if e[0].decision and "" < e[0].decision.review_by <= SOON]
    assert len(said.asked) == len(open_) + len(undecided) + len(reviewed)
    assert sum(bool(each.bids) for each in said.asked) == len(open_)

    models = Counter(each[0].upstreams[0].name for each in counted)
    (on_models,) = [each for each in figures.concentrations if each.kind == "model"]
    assert {group.name: len(group.items) for group in on_models.groups} == dict(models)
    for group in on_models.groups:
        on_it = [each for each in counted if each[0].upstreams[0].name == group.name]
        assert group.weights["committed"] == worth(on_it)[0]
        assert group.weights["scaled"] == worth(on_it)[1]

    tags = Counter(e[0].purchase.capability for e in counted if e[0].purchase.capability)
    twice = {tag: number for tag, number in tags.items() if number > 1}
    assert {each.capability: len(each.items) for each in figures.repeated} == twice

    late = [
        (each[0].id, condition.question)
        for each in counted
        for condition in each[0].answer_set.mitigations
        if condition.status == "agreed" and "" < condition.due < TODAY
    ]
    assert sorted((e.item.id, e.condition.question) for e in figures.overdue) == sorted(late)
    days = [
        when
        for each in counted
        for when in (*each[0].purchase.break_dates, each[0].purchase.contract_end)
        if TODAY <= when <= YEAR_ON
    ]
    assert sorted(each.day for each in figures.coming) == sorted(days)
    recommended = Counter(each[2].recommendation for each in counted)
    assert {name: len(each) for name, each in figures.decisions.items()} == dict(recommended)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("number", [2, 40])
def test_every_headline_is_what_a_second_count_gives(seed, number):
    check(made(Random(100 * seed + number), number))


def test_a_count_that_is_wrong_is_seen():
    found = made(Random(7), 40)
    counted, open_, __ = places(found)
    lost = [each for each in found if each[0].purchase.id != counted[0][0].purchase.id]
    told = figures_of(census([item_of(*each) for each in lost]), TODAY).purchases
    assert told == len(counted) + len(open_) - 1
