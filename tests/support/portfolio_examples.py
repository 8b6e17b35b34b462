"""Items for the tests of the portfolio: small ones by hand, the demonstration, and by chance."""

from __future__ import annotations

import json
from functools import cache
from random import Random

from procurement_risk.assessment import (
    WORKFLOW_STATES,
    Purchase,
    RecordedDecision,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.assessment.record import read_record
from procurement_risk.methods import evaluate, score_to_document
from procurement_risk.portfolio.items import Condition, Expiry, PortfolioItem, Span, item_of
from tests.support.places import ROOT
from tests.support.stored_examples import AS_OF, framework

EXAMPLES = ROOT / "assessments" / "examples"
SMALL = framework()
ORGANISATION = framework(subject="supplier")


@cache
def demonstration() -> tuple[PortfolioItem, ...]:
    """Every record of the demonstration portfolio, earlier ones too."""
    items = []
    for path in sorted(EXAMPLES.glob("*.json")):
        record = read_record(path.read_bytes(), score_to_document)
        outcome = evaluate(record.framework, record.assessment.answer_set)
        items.append(item_of(record.assessment, record.framework, outcome))
    return tuple(items)


def results() -> dict[str, dict]:
    """What the records of the demonstration state as their results, by assessment."""
    records = [json.loads(path.read_bytes()) for path in sorted(EXAMPLES.glob("*.json"))]
    return {record["assessment"]["id"]: record["result"] for record in records}


def model(name, maker="", own=False, **more):
    return Upstream(kind="model", name=name, maker=maker, own=own, **more)


def item(name="one", **fields):
    """One item: ``purchase`` and ``supplier`` may be given as keys of their own."""
    bought = {key: fields.pop(key) for key in list(fields) if key in Purchase.__slots__}
    bought = {"id": f"p-{name}", "title": f"Purchase {name}", "buyer": "A council", **bought}
    supplier = fields.pop("supplier", "A supplier")
    if isinstance(supplier, str):
        supplier = Supplier(name=supplier)
    values = {"framework": SMALL, "as_of": AS_OF, "recommendation": "proceed", "tier": Span(1, 1)}
    return PortfolioItem(
        id=name, purchase=Purchase(**bought), supplier=supplier, **{**values, **fields}
    )


# --- By chance ----------------------------------------------------------------------------

NAMES = ("Ash", "Birch", "ASH", "Cedar Ltd", "Dogwood")
LAWS = ("", "Ireland", "Kenya")


def portfolio(rng: Random, largest: int = 8) -> tuple[PortfolioItem, ...]:
    """Some items, mostly each of a purchase of its own, with ids that differ."""
    return tuple(_any_item(rng, f"a{number}") for number in range(rng.randint(0, largest)))


def day(rng: Random) -> str:
    return f"{rng.randint(2024, 2028)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _some(rng, make, most=2):
    return tuple(make() for _ in range(rng.randint(0, most)))


def _any_item(rng: Random, name: str) -> PortfolioItem:
    choice = rng.choice
    decision = RecordedDecision(
        decision=choice(["proceed", "do_not_proceed"]),
        by="Ada",
        at=day(rng),
        review_by=choice(["", day(rng)]),
    )
    return item(
        name,
        framework=choice([SMALL, SMALL, SMALL, ORGANISATION]),
        id=choice([f"p-{name}", f"p-{name}", "shared"]),
        buyer=choice(NAMES),
        capability=choice(["", "drafting", "Drafting", "search"]),
        committed_value=choice([None, 0, rng.randint(1, 10**9)]),
        value_if_scaled=choice([None, None, rng.randint(0, 10**9)]),
        contract_end=choice(["", day(rng)]),
        break_dates=_some(rng, lambda: day(rng)),
        chosen_supplier=choice(["", "", "Ash", "birch", "Nobody"]),
        supplier=Supplier(
            name=choice(NAMES),
            company_number=choice(["", "", "ZZ1", "ZZ2"]),
            group=choice(["", "Forest Group"]),
            jurisdiction=choice(LAWS),
        ),
        as_of=day(rng),
        upstreams=_some(rng, lambda: _upstream(rng), 3),
        state=choice(WORKFLOW_STATES),
        replaces=choice(["", "", "a0", "a1", "a2"]),
        tier=choice([None, Span(1, 1), Span(1, 3), Span(4, 4)]),
        recommendation=choice(["", "proceed", "do_not_proceed", "not_ready"]),
        decided=choice([None, decision]),
        conditions=_some(rng, lambda: _condition(rng)),
        triggers=_some(
            rng, lambda: Trigger(what="Swapped", at=day(rng), resolved_at=choice(["", day(rng)]))
        ),
        expiries=_some(rng, lambda: Expiry("DP-01", day(rng))),
    )


def _upstream(rng: Random) -> Upstream:
    return Upstream(
        kind=rng.choice(["model", "host", "cloud"]),
        name=rng.choice(["Moss-1", "moss-1", "Fern", "own model"]),
        maker=rng.choice(["", "Ash", "Ash Ltd", "Lichen Inc"]),
        jurisdiction=rng.choice(LAWS),
        own=rng.random() < 0.5,
    )


def _condition(rng: Random) -> Condition:
    status = rng.choice(["proposed", "agreed", "verified"])
    return Condition("DP-01", status, "Ada", rng.choice(["", day(rng)]), "")
