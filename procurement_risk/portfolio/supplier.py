"""What one supplier's assessments say together: purchases, conditions, evidence, dates.

    Held ── one purchase, or the supplier as an organisation, with its looks, the newest first

All of it is told from what the portfolio knows of each assessment, so none has to be read. Never
a score for the supplier, and no ranking: the same supplier can be low risk in one use and high in
another. What a bid that was not chosen would have needed is no longer open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from procurement_risk.assessment import OVER_STATES, Purchase, Trigger, Upstream
from procurement_risk.assessment.chosen import is_chosen
from procurement_risk.assessment.overdue import is_overdue, urgency
from procurement_risk.assessment.standing import standing
from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.assessment.today import years_from
from procurement_risk.portfolio.items import Condition, Expiry, PortfolioItem, look_of_item

Standing = Literal["chosen", "undecided", "not_chosen", "organisation"]
DateKind = Literal["start", "break", "end"]

STANDINGS: tuple[Standing, ...] = ("organisation", "chosen", "undecided", "not_chosen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One purchase from the supplier, or the supplier as an organisation.

    Attributes:
        purchase: As the newest assessment has it.
        standing: Whether the supplier was chosen for it.
        looks: Its assessments, the newest first.
        current: Those that still hold: of each framework the one that stands, unless it is over
            or followed by another. Empty for a bid that was not chosen.
    """

    purchase: Purchase
    standing: Standing
    looks: tuple[PortfolioItem, ...]
    current: tuple[PortfolioItem, ...]

    @property
    def counting(self) -> PortfolioItem:
        """The assessment by which the purchase counts: see ``assessment.standing``."""
        return standing(self.looks, look_of_item)


@dataclass(frozen=True, slots=True)
class OpenCondition:
    """A mitigation that is not verified yet."""

    held: Held
    condition: Condition
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class RunningOut:
    """Evidence that has run out, or does so within the twelve months."""

    held: Held
    item: PortfolioItem
    expiry: Expiry
    has_run_out: bool


@dataclass(frozen=True, slots=True)
class FiredTrigger:
    """Something that calls for a new look, or called for one."""

    held: Held
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class ContractDate:
    """A day on which a contract starts, may be left, or ends."""

    held: Held
    kind: DateKind
    day: str
    has_passed: bool


@dataclass(frozen=True, slots=True)
class Underneath:
    """An upstream of the supplier, and the purchases that rest on it."""

    upstream: Upstream
    rests_on_it: tuple[Held, ...]


def hold(items: Iterable[PortfolioItem], names: Iterable[str]) -> tuple[Held, ...]:
    """Return the assessments by purchase: the organisation first, bids not chosen last, by title.

    Args:
        items: Every assessment of the supplier.
        names: Every name the supplier goes by, as typed or made comparable.
    """
    known = {normal_name(name) for name in names}
    by_purchase: dict[tuple[bool, str], list[PortfolioItem]] = {}
    for item in items:
        is_organisation = item.framework.subject == "supplier"
        name = "" if is_organisation else item.purchase.id
        by_purchase.setdefault((is_organisation, name), []).append(item)
    held = [_held(found, known) for found in by_purchase.values()]
    return tuple(sorted(held, key=_place))


def _place(held: Held) -> tuple[int, str, str]:
    title = held.purchase.title.casefold()
    return STANDINGS.index(held.standing), title, held.purchase.id


def _held(items: list[PortfolioItem], names: set[str]) -> Held:
    newest_first = sorted(items, key=_age, reverse=True)
    purchase = newest_first[0].purchase
    stands: Standing
    if newest_first[0].framework.subject == "supplier":
        stands = "organisation"
    elif not purchase.chosen_supplier:
        stands = "undecided"
    else:
        supplier = newest_first[0].supplier
        stands = "chosen" if is_chosen(purchase, supplier, names) else "not_chosen"
    current = () if stands == "not_chosen" else tuple(_current(newest_first))
    return Held(purchase=purchase, standing=stands, looks=tuple(newest_first), current=current)


def _age(item: PortfolioItem) -> tuple[str, str, str]:
    return item.as_of, item.changed_at, item.id


def _current(newest_first: Sequence[PortfolioItem]) -> Iterator[PortfolioItem]:
    by_framework: dict[str, list[PortfolioItem]] = {}
    for item in newest_first:
        by_framework.setdefault(item.framework.id, []).append(item)
    for items in by_framework.values():
        item = standing(items, look_of_item)
        if item.state not in OVER_STATES and not _is_followed(item, newest_first):
            yield item


def _is_followed(item: PortfolioItem, others: Sequence[PortfolioItem]) -> bool:
    """Whether an assessment against another framework has taken its place."""
    followers = [each for each in others if each.replaces == item.id]
    return any(standing([item, each], look_of_item) is each for each in followers)


# --- What is open -------------------------------------------------------------------------


def open_conditions(held: Iterable[Held], today: str) -> tuple[OpenCondition, ...]:
    """Return every condition that is not verified, the most urgent first."""
    found = [
        OpenCondition(each, condition, is_overdue(condition, today))
        for each in held
        for item in each.current
        for condition in item.conditions
        if condition.status != "verified"
    ]

    def place(each: OpenCondition) -> tuple[bool, bool, str, str, str]:
        condition, title = each.condition, each.held.purchase.title
        return *urgency(condition, today), title, condition.question

    return tuple(sorted(found, key=place))


def running_out(held: Iterable[Held], today: str) -> tuple[RunningOut, ...]:
    """Return evidence that has run out or does so within twelve months, the earliest first.

    Only under answers that count: those the pack asks for, and whose condition holds or may.
    """
    until = years_from(today, 1)
    found = [
        RunningOut(each, item, expiry, _is_past(expiry.until, today))
        for each in held
        for item in each.current
        for expiry in item.expiries
        if expiry.counts and expiry.until <= until
    ]

    def place(each: RunningOut) -> tuple[str, str, str]:
        return each.expiry.until, each.held.purchase.title, each.expiry.question

    return tuple(sorted(found, key=place))


def triggers(held: Iterable[Held]) -> tuple[FiredTrigger, ...]:
    """Return what calls for a new look: what is open first, then the latest first."""
    found = [
        FiredTrigger(each, trigger)
        for each in held
        for item in each.current
        for trigger in item.triggers
    ]
    latest_first = sorted(found, key=lambda fired: fired.trigger.at, reverse=True)
    return tuple(sorted(latest_first, key=lambda fired: bool(fired.trigger.resolved_at)))


def contract_dates(held: Iterable[Held], today: str) -> tuple[ContractDate, ...]:
    """Return when contracts start, may be left and end: what lies ahead first, then the past."""
    found = []
    for each in held:
        if each.standing in ("not_chosen", "organisation"):
            continue
        purchase = each.purchase
        days: list[tuple[DateKind, str]] = [("start", purchase.contract_start)]
        days += [("break", day) for day in purchase.break_dates]
        days.append(("end", purchase.contract_end))
        found += [ContractDate(each, kind, day, _is_past(day, today)) for kind, day in days if day]
    return tuple(sorted(found, key=lambda d: (d.has_passed, d.day, d.held.purchase.title)))


def underneath(held: Iterable[Held]) -> tuple[Underneath, ...]:
    """Return every upstream once with the purchases on it: models, then hosts, then clouds."""
    resting: dict[Upstream, list[Held]] = {}
    for each in held:
        for upstream in dict.fromkeys(each.counting.upstreams):
            resting.setdefault(upstream, []).append(each)
    kinds = ("model", "host", "cloud")
    return tuple(
        Underneath(upstream, tuple(resting[upstream]))
        for upstream in sorted(resting, key=lambda u: (kinds.index(u.kind), u.name, u.maker))
    )


def organisation(held: Iterable[Held]) -> PortfolioItem | None:
    """Return the assessment of the supplier as an organisation that stands, or None."""
    return next((each.counting for each in held if each.standing == "organisation"), None)


# --- Days ---------------------------------------------------------------------------------


def _is_past(day: str, today: str) -> bool:
    return bool(day) and day < today
