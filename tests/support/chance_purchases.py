"""Purchases by chance, unlike the demonstration: several bidders, and values 0 or not known."""

from dataclasses import replace
from functools import cache

from procurement_risk.assessment import Purchase, RecordedDecision, Supplier, Upstream
from procurement_risk.assessment.record import read_record
from procurement_risk.methods import evaluate, score_to_document
from tests.support.portfolio_examples import EXAMPLES

TODAY = "2026-11-23"
STATES = ("draft", "in_review", "decided", "live", "closed", "withdrawn", "not_chosen")
MODELS = {"Moss": "Lichen Inc", "Fern": "Lichen Inc", "Reed": "Marsh Ltd"}


def day(rng):
    """Return a day near today, as an ISO text."""
    return f"{rng.randint(2025, 2028)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def purchase_and_bidders(rng, place):
    """Return the purchase number ``place``, and the names of who bids for it."""
    bidders = rng.sample(["Ash", "Birch", "Cedar", "Dogwood"], rng.choice([1, 1, 1, 2, 3]))
    purchase = Purchase(
        id=f"p{place}",
        title=f"Purchase {place}",
        buyer=rng.choice(["North", "South", "East"]),
        capability=rng.choice(["", "drafting", "search", f"only {place}"]),
        committed_value=rng.choice([None, 0, rng.randint(1, 10**8)]),
        value_if_scaled=rng.choice([None, None, rng.randint(1, 10**8)]),
        contract_end=rng.choice(["", day(rng)]),
        break_dates=tuple(sorted({day(rng) for _ in range(rng.randint(0, 2))})),
        decision_due=rng.choice(["", day(rng)]),
        chosen_supplier=rng.choice(["", "", *bidders, "Nobody assessed"]),
    )
    return purchase, bidders


@cache
def answered():
    """Answer sets with what they come to, from the records of the demonstration."""
    records = [
        read_record(path.read_bytes(), score_to_document) for path in EXAMPLES.glob("*.json")
    ]
    found = sorted(records, key=lambda each: each.assessment.id)
    return [
        (each.assessment, each.framework, evaluate(each.framework, each.assessment.answer_set))
        for each in found
    ]


def made(rng, number):
    """Return ``number`` purchases as assessments with what each comes to."""
    found = []
    for place in range(number):
        purchase, bidders = purchase_and_bidders(rng, place)
        for bidder in bidders:
            earlier = ""
            for look in range(rng.choice([1, 1, 2])):
                base, framework, outcome = rng.choice(answered())
                name = f"a{place}-{bidder}-{look}"
                decided = RecordedDecision(
                    decision=rng.choice(["proceed", "escalate", "do_not_proceed"]),
                    by="Ada",
                    at=TODAY,
                    review_by=rng.choice(["", day(rng)]),
                )
                model = rng.choice([*MODELS])
                assessment = replace(
                    base,
                    id=name,
                    purchase=purchase,
                    supplier=Supplier(name=bidder),
                    upstreams=(Upstream(kind="model", name=model, maker=MODELS[model]),),
                    answer_set=replace(
                        base.answer_set, as_of=f"202{5 + look}-{1 + place % 12:02}-05"
                    ),
                    state=rng.choice(STATES),
                    replaces=earlier,
                    decision=rng.choice([None, decided]),
                    created_at=f"2025-01-0{1 + look}T09:00:00+00:00",
                )
                earlier = name
                found.append((assessment, framework, outcome))
    return found
