"""Everything that rests on one supplier: as the seller, and as who makes or runs what is under it.

    census, a supplier's id ── resting ──> a Rest for each purchase, with every way it rests
    rests, a day ── ahead ──> breaks, contract ends and conditions due, the next one first

Each purchase counts once, however many ways it rests. A bid that was not chosen rests on nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from procurement_risk.assessment import WORKFLOW_STATES
from procurement_risk.assessment.chosen import is_chosen
from procurement_risk.assessment.overdue import is_overdue
from procurement_risk.portfolio.ahead import Dated
from procurement_risk.portfolio.census import Census, SupplierOpen
from procurement_risk.portfolio.concentration import made_by
from procurement_risk.portfolio.items import Condition, PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.same import supplier_keys
from procurement_risk.portfolio.totals import by_value

Way = Literal["seller", "model", "host", "cloud"]
Stage = Literal[
    "live", "decided", "in_review", "draft", "supplier_open", "closed", "withdrawn", "not_chosen"
]
Coming = Literal["break", "end", "condition"]

WAYS: tuple[Way, ...] = ("seller", "model", "host", "cloud")
STAGES: tuple[Stage, ...] = ("live", "decided", "in_review", "draft", "supplier_open")
"""Where a purchase that is counted stands, the furthest first."""

OVER: tuple[Stage, ...] = ("closed", "withdrawn", "not_chosen")
"""Where one stands that is in no figure of what is bought."""

assert {*STAGES, *OVER} - {"supplier_open"} == {*WORKFLOW_STATES}


@dataclass(frozen=True, slots=True)
class Rest:
    """One purchase that rests on the supplier.

    Attributes:
        item: The look that says so: the one by which it counts, or a bid where that is open.
        ways: How it rests on it, in the order of ``WAYS``.
        stage: Where it stands.
    """

    item: PortfolioItem
    ways: tuple[Way, ...]
    stage: Stage

    @property
    def is_over(self) -> bool:
        """Whether it is in no figure of what is bought."""
        return self.stage in OVER


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day of one purchase: it may be left, ends, or a condition is due."""

    day: str
    kind: Coming
    item: PortfolioItem
    condition: Condition | None = None
    is_late: bool = False


def resting(census: Census, supplier: str) -> tuple[Rest, ...]:
    """Return what rests on the supplier of that id, the furthest on and the dearest first."""
    every = _every(census.counted, census.supplier_open, census.closed, census.unbought)
    ways = _ways(every, supplier)
    found = [
        Rest(item, ways[item.id], item.state)
        for item in (*census.counted, *census.closed, *census.unbought)
        if item.id in ways
    ]
    for each in census.supplier_open:
        if on_it := [bid for bid in each.bids if bid.id in ways and _may_win(bid, each)]:
            # A bid of its own says the most; all of them are for one purchase.
            bid = min(on_it, key=lambda bid: (WAYS.index(ways[bid.id][0]), bid.id))
            all_ways = {way for bid in on_it for way in ways[bid.id]}
            ordered = tuple(way for way in WAYS if way in all_ways)
            found.append(Rest(bid, ordered, "supplier_open"))
    return tuple(sorted(found, key=_place))


@once
def _every(
    counted: tuple[PortfolioItem, ...],
    supplier_open: tuple[SupplierOpen, ...],
    closed: tuple[PortfolioItem, ...],
    unbought: tuple[PortfolioItem, ...],
) -> tuple[PortfolioItem, ...]:
    """Return them all: the same tuple, whichever supplier is asked about."""
    bids = (bid for each in supplier_open for bid in each.bids)
    return (*counted, *bids, *closed, *unbought)


def _ways(items: Iterable[PortfolioItem], supplier: str) -> dict[str, tuple[Way, ...]]:
    """Return how each item rests on the supplier, by its id; those that do not are left out."""
    known = tuple(items)
    keys = supplier_keys(known)
    on_it: dict[Way, Collection[str]] = {
        "seller": {item.id for item in known if keys[item.id] == supplier}
    }
    for kind in ("model", "host", "cloud"):
        on_it[kind] = made_by(known, kind, supplier)
    return {
        item.id: ways
        for item in known
        if (ways := tuple(way for way in WAYS if item.id in on_it[way]))
    }


def _may_win(bid: PortfolioItem, found: SupplierOpen) -> bool:
    """Whether nobody was chosen yet; the chosen supplier may be one that is not assessed."""
    purchase = found.purchase
    return not purchase.chosen_supplier or is_chosen(purchase, bid.supplier, bid.supplier_names)


def _place(rest: Rest) -> tuple[int, tuple[int, str]]:
    return (*STAGES, *OVER).index(rest.stage), by_value(rest.item)


def dated(rests: Iterable[Rest], day: str) -> Dated:
    """Return the purchases that are not over, to be drawn as days from ``day`` on."""
    return Dated(tuple(rest.item for rest in rests if not rest.is_over), day)


def ahead(rests: Iterable[Rest], day: str) -> tuple[Ahead, ...]:
    """Return every break, contract end and condition due from ``day`` on, and what is late."""
    found = [each for rest in rests if not rest.is_over for each in _days(rest, day)]
    return tuple(sorted(found, key=lambda each: (each.day, each.item.id, each.kind)))


def _days(rest: Rest, day: str) -> Iterator[Ahead]:
    item = rest.item
    for when in item.purchase.break_dates:
        if when >= day:
            yield Ahead(when, "break", item)
    if item.purchase.contract_end >= day:
        yield Ahead(item.purchase.contract_end, "end", item)
    for each in item.conditions:
        late = is_overdue(each, day)
        if each.due and each.status != "verified" and (each.due >= day or late):
            yield Ahead(each.due, "condition", item, each, late)
