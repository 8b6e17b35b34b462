"""The portfolio: which assessments count, and what they come to together.

    items -> chosen_items -> filtered -> totals, stopped, duplicates, single_source,
                                         dates_ahead, overdue, stale

Nothing here knows today's date: whoever asks says which day they look from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from procurement_risk.assessment import UNBOUGHT_STATES
from procurement_risk.assessment.overdue import is_overdue
from procurement_risk.assessment.standing import standing
from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.assessment.years import years_from
from procurement_risk.portfolio.called import names_by_id
from procurement_risk.portfolio.items import (
    Condition,
    PortfolioItem,
    folded,
    look_of_item,
    supplier_keys,
    usual,
)

Key = TypeVar("Key")
IsLate = Callable[[Condition, str], bool]

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

DateKind = Literal["break", "end"]
Reason = Literal["age", "trigger", "evidence", "review"]


# --- What counts --------------------------------------------------------------------------


def chosen_items(items: Iterable[PortfolioItem]) -> tuple[PortfolioItem, ...]:
    """Return the one assessment by which each purchase counts, in order of their ids.

    That is the one that stands of its chosen supplier, or of the only supplier assessed: see
    ``assessment.standing``. Other bidders, other looks, assessments of a supplier as an
    organisation, and what was withdrawn or not chosen, are left out; so is a purchase with
    several bidders none of whom is chosen yet, see ``undecided``.
    """
    found = list(items)
    names = names_by_id(found)
    counted = (_counted(bids, names) for bids in _purchases(found).values())
    return tuple(sorted((item for item in counted if item), key=_id))


def undecided(items: Iterable[PortfolioItem]) -> tuple[PortfolioItem, ...]:
    """Return the newest assessment of each purchase that ``chosen_items`` leaves out."""
    found = list(items)
    names = names_by_id(found)
    bids = _purchases(found).values()
    missing = (each for each in bids if _counted(each, names) is None)
    return tuple(sorted((_latest(each) for each in missing), key=_id))


def _purchases(items: Iterable[PortfolioItem]) -> Mapping[str, list[PortfolioItem]]:
    about = (
        item
        for item in items
        if item.framework.subject == "purchase" and item.state not in UNBOUGHT_STATES
    )
    return grouped(about, lambda item: item.purchase.id)


def _counted(bids: Sequence[PortfolioItem], names: Mapping[str, set[str]]) -> PortfolioItem | None:
    chosen = max((b for b in bids if folded(_chosen(b))), key=_recency, default=None)
    if len(bids) == 1 and chosen is None:
        return bids[0]
    keys = supplier_keys(bids)
    meant = {keys[bid.id] for bid in bids}
    if chosen is not None:
        wanted = normal_name(_chosen(chosen))
        named = {keys[bid.id] for bid in bids if normal_name(bid.supplier.name) == wanted}
        meant = named or {key for key in meant if wanted in names.get(key, ())}
    if len(meant) != 1:
        return None
    return _latest([bid for bid in bids if keys[bid.id] in meant])


def _chosen(item: PortfolioItem) -> str:
    return item.purchase.chosen_supplier


def _latest(bids: Sequence[PortfolioItem]) -> PortfolioItem:
    return standing(bids, look_of_item)


def _recency(item: PortfolioItem) -> tuple[bool, str, str, str]:
    return not item.foreign, item.as_of, item.created_at, item.id


def _id(item: PortfolioItem) -> str:
    return item.id


def grouped(
    items: Iterable[PortfolioItem], key: Callable[[PortfolioItem], Key]
) -> dict[Key, list[PortfolioItem]]:
    """Return the items by their key, in their order."""
    found: dict[Key, list[PortfolioItem]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


# --- Filters ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to look at; an empty filter lets everything through.

    Attributes:
        buyers, capabilities: Names, capital letters aside.
        suppliers: Their ids in the store; names where the items are of no store.
        tiers: Tier numbers; an unsettled tier is let through by any that is still possible.
        decisions: What is recommended, ``not_ready`` and ``none`` included.
        since: The first day assessed as of, or empty.
        until: The last such day, or empty.
    """

    buyers: frozenset[str] = frozenset()
    suppliers: frozenset[str] = frozenset()
    capabilities: frozenset[str] = frozenset()
    tiers: frozenset[int] = frozenset()
    decisions: frozenset[str] = frozenset()
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
        )
        if wanted
    ]
    return tuple(
        item
        for item in items
        if all(of(item) in wanted for wanted, of in names)
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
    """

    committed: int
    scaled: int
    unknown: int


def money(items: Iterable[PortfolioItem]) -> Money:
    """Return what ``items`` come to together."""
    committed = scaled = unknown = 0
    for item in items:
        committed += item.committed or 0
        scaled += item.scaled or 0
        unknown += item.committed is None
    return Money(committed, scaled, unknown)


def stopped(items: Iterable[PortfolioItem]) -> tuple[PortfolioItem, ...]:
    """Return what must not go ahead: recommended or decided so; the largest value first."""
    found = (
        item
        for item in items
        if item.recommendation == "do_not_proceed"
        or (item.decided is not None and item.decided.decision == "do_not_proceed")
    )
    return tuple(sorted(found, key=by_value))


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
    """

    capability: str
    paid: tuple[PortfolioItem, ...]
    free: tuple[PortfolioItem, ...]
    unknown: tuple[PortfolioItem, ...]
    buyers: tuple[str, ...]

    @property
    def items(self) -> tuple[PortfolioItem, ...]:
        """All of them, those that are paid for first."""
        return (*self.paid, *self.free, *self.unknown)


def duplicates(items: Iterable[PortfolioItem]) -> tuple[Duplicate, ...]:
    """Return each capability bought by two or more bodies, or by one body twice.

    The one that most is paid for comes first. A purchase without a tag is no duplicate of another.
    """
    tagged = (item for item in items if _capability(item))
    found = [_duplicate(each) for each in grouped(tagged, _capability).values() if len(each) > 1]
    return tuple(
        sorted(found, key=lambda d: (-money(d.paid).committed, -len(d.items), d.capability))
    )


def _duplicate(items: Sequence[PortfolioItem]) -> Duplicate:
    ordered = sorted(items, key=by_value)
    return Duplicate(
        capability=usual(item.purchase.capability for item in items),
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


# --- Days ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DateAhead:
    """A day on which a contract can be left, or ends."""

    day: str
    kind: DateKind
    item: PortfolioItem


def dates_ahead(items: Iterable[PortfolioItem], day: str) -> tuple[DateAhead, ...]:
    """Return every break and contract end from ``day`` to a year later, the next one first."""
    last = years_from(day, 1)
    found = [
        DateAhead(when, kind, item)
        for item in items
        for kind, days in _contract_days(item)
        for when in days
        if day <= when <= last
    ]
    return tuple(sorted(found, key=lambda each: (each.day, each.item.id, each.kind)))


def _contract_days(item: PortfolioItem) -> tuple[tuple[DateKind, tuple[str, ...]], ...]:
    end = item.purchase.contract_end
    return ("break", item.purchase.break_dates), ("end", (end,) if end else ())


@dataclass(frozen=True, slots=True)
class Overdue:
    """A condition whose day has passed."""

    item: PortfolioItem
    condition: Condition


def overdue(
    items: Iterable[PortfolioItem], day: str, is_late: IsLate = is_overdue
) -> tuple[Overdue, ...]:
    """Return the conditions that are overdue on ``day``, or late otherwise, the longest first."""
    found = [
        Overdue(item, condition)
        for item in items
        for condition in item.conditions
        if is_late(condition, day)
    ]
    found.sort(key=lambda each: (each.condition.due, each.item.id, each.condition.question))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Stale:
    """An assessment that calls for a new look, with every reason for it.

    Attributes:
        reasons: ``age``: assessed more than a year ago. ``trigger``: something happened that
            nobody has dealt with. ``evidence``: some has run out. ``review``: the day on which
            the decision was to be reviewed has passed.
        expired: The questions whose evidence has run out.
    """

    item: PortfolioItem
    reasons: tuple[Reason, ...]
    expired: tuple[str, ...]


def stale(items: Iterable[PortfolioItem], day: str) -> tuple[Stale, ...]:
    """Return the assessments that call for a new look on ``day``, the oldest first."""
    year_ago = years_from(day, -1)
    found = []
    for item in items:
        expired = tuple(each.question for each in item.expiries if each.until < day)
        signs: tuple[tuple[Reason, bool], ...] = (
            ("trigger", any(not trigger.resolved_at for trigger in item.triggers)),
            ("age", item.as_of < year_ago),
            ("evidence", bool(expired)),
            ("review", bool(item.decided and "" < item.decided.review_by < day)),
        )
        reasons = tuple(reason for reason, holds in signs if holds)
        if reasons:
            found.append(Stale(item, reasons, expired))
    return tuple(sorted(found, key=lambda each: (each.item.as_of, each.item.id)))
