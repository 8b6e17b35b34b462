"""The portfolio: what the purchases that count, see ``census``, come to together.

chosen_items -> filtered -> money, duplicates, single_source; days: dates_ahead, overdue, stale
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procurement_risk.portfolio.census import grouped
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.same import folded, models_of, supplier_keys, usual, usual_of
from procurement_risk.portfolio.several import Some
from procurement_risk.portfolio.waiting import due_standing, first_due

NO_RECOMMENDATION = "none"
"""Stands for the decision of an assessment whose method recommends nothing."""

GRAVEST_FIRST = (
    "do_not_proceed",
    "escalate",
    "conditions",
    "proceed",
    "not_ready",
    NO_RECOMMENDATION,
)


# --- Filters ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to look at; an empty filter lets everything through.

    Attributes:
        buyers, capabilities: Names, capital letters aside.
        suppliers: Their ids in the store; names where the items are of no store.
        tiers: Tier numbers; an unsettled tier is let through by any that is still possible.
        decisions: What is recommended, ``not_ready`` and ``none`` included.
        states: Where an assessment stands.
        models: Upstream models, by any of which it is let through.
        owners: Who is responsible; the empty name is nobody.
        dues: Of the first thing that waits: its day is ``past``, ``ahead`` or ``none`` on ``day``.
        since: The first day assessed as of, or empty.
        until: The last such day, or empty.
    """

    buyers: frozenset[str] = frozenset()
    suppliers: frozenset[str] = frozenset()
    capabilities: frozenset[str] = frozenset()
    tiers: frozenset[int] = frozenset()
    decisions: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    dues: frozenset[str] = frozenset()
    day: str = ""
    since: str = ""
    until: str = ""


def filtered(items: Iterable[PortfolioItem], filters: Filters) -> tuple[PortfolioItem, ...]:
    """Return the items that every filter lets through, in their order."""
    names = [
        (frozenset(map(folded, wanted)), of)
        for wanted, of in (
            (filters.buyers, _buyer),
            (filters.suppliers, _supplier),
            (filters.capabilities, _capability),
            (filters.owners, _owner),
        )
        if wanted
    ]
    models = frozenset(map(folded, filters.models))
    return tuple(
        item
        for item in items
        if all(of(item) in wanted for wanted, of in names)
        and (not filters.states or item.state in filters.states)
        and (not models or not models.isdisjoint(map(folded, models_of(item))))
        and (not filters.dues or _due(item, filters.day) in filters.dues)
        and (not filters.tiers or _may_be(item, filters.tiers))
        and (not filters.decisions or decision_of(item) in filters.decisions)
        and filters.since <= item.as_of
        and (not filters.until or item.as_of <= filters.until)
    )


def decision_of(item: PortfolioItem) -> str:
    """Return what is recommended, or ``none`` where the method recommends nothing."""
    return item.recommendation or NO_RECOMMENDATION


def _buyer(item: PortfolioItem) -> str:
    return folded(item.purchase.buyer)


def _supplier(item: PortfolioItem) -> str:
    return item.supplier_id or folded(item.supplier.name)


def _capability(item: PortfolioItem) -> str:
    return folded(item.purchase.capability)


def _owner(item: PortfolioItem) -> str:
    return folded(item.owner)


def _due(item: PortfolioItem, day: str) -> str:
    return due_standing(first_due(item, day), day)


def _may_be(item: PortfolioItem, tiers: frozenset[int]) -> bool:
    return item.tier is not None and any(item.tier.low <= n <= item.tier.high for n in tiers)


# --- What they come to --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Money:
    """What purchases come to, whole pounds. What is not known is counted, never taken for 0.

    Attributes:
        committed: Of those whose value is known.
        scaled: The same if every pilot grows to full use.
        unknown: How many have no known value.
        known: How many have one.
    """

    committed: int
    scaled: int
    unknown: int
    known: int


@once
def money(items: Iterable[PortfolioItem]) -> Money:
    """Return what ``items`` come to together."""
    committed = scaled = unknown = known = 0
    for item in items.alike if isinstance(items, Some) else items:
        committed += item.committed or 0
        scaled += item.scaled or 0
        if item.committed is None:
            unknown += item.times
        else:
            known += item.times
    return Money(committed, scaled, unknown, known)


def by_value(item: PortfolioItem) -> tuple[int, str]:
    """Return what sorts the largest committed value first, an unknown one last."""
    return -1 - item.committed if item.committed is not None else 0, item.id


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A capability that is bought more than once.

    Attributes:
        capability: Its tag, as most write it.
        paid: Purchases with a committed value above 0.
        free: Purchases that commit nothing, such as trials.
        unknown: Purchases whose value is not known.
        buyers: The public bodies, in alphabetical order.
        named: The first of the purchases, where those above stand for several.
    """

    capability: str
    paid: tuple[PortfolioItem, ...]
    free: tuple[PortfolioItem, ...]
    unknown: tuple[PortfolioItem, ...]
    buyers: tuple[str, ...]
    named: tuple[PortfolioItem, ...] = ()

    @property
    def items(self) -> tuple[PortfolioItem, ...]:
        """All of them, those that are paid for first."""
        return (*self.paid, *self.free, *self.unknown)

    @property
    def number(self) -> int:
        """How many purchases there are of it."""
        return sum(item.times for item in self.items)


@once
def duplicates(items: Iterable[PortfolioItem]) -> tuple[Duplicate, ...]:
    """Return each capability bought by two or more bodies, or by one body twice.

    The one that most is paid for comes first. A purchase without a tag is no duplicate of another.
    """
    tagged = (item for item in items if _capability(item))
    found = [
        _duplicate(each)
        for each in grouped(tagged, _capability).values()
        if len(each) > 1 or each[0].times > 1
    ]
    return tuple(sorted(found, key=lambda d: (-money(d.paid).committed, -d.number, d.capability)))


def _duplicate(items: Sequence[PortfolioItem]) -> Duplicate:
    ordered = sorted(items, key=by_value)
    return Duplicate(
        capability=usual_of(items, lambda item: item.purchase.capability),
        paid=tuple(item for item in ordered if item.committed),
        free=tuple(item for item in ordered if item.committed == 0),
        unknown=tuple(item for item in ordered if item.committed is None),
        buyers=tuple(
            sorted(
                usual(item.purchase.buyer for item in each)
                for each in grouped(items, _buyer).values()
            )
        ),
    )


@dataclass(frozen=True, slots=True)
class SingleSource:
    """A capability that comes from one supplier only."""

    capability: str
    supplier: str
    items: tuple[PortfolioItem, ...]


@once
def single_source(items: Iterable[PortfolioItem]) -> tuple[SingleSource, ...]:
    """Return each capability with one supplier, the one that most is paid for first."""
    tagged = [item for item in items if _capability(item)]
    keys = supplier_keys(tagged)
    found = [
        SingleSource(
            usual(item.purchase.capability for item in each),
            usual(item.supplier.name for item in each),
            tuple(sorted(each, key=by_value)),
        )
        for each in grouped(tagged, _capability).values()
        if len({keys[item.id] for item in each}) == 1
    ]
    return tuple(sorted(found, key=lambda s: (-money(s.items).committed, s.capability)))
