"""What leadership is told first: what is asked of it, and where it went against the advice.

counted items, purchases with the supplier open, a day ─> headlines
    asked       decisions that wait, by when, of whom
    against     in life, though the advice is "do not proceed" or "escalate"
    ahead       decided against that advice, and not in life yet
    barred      "do not proceed", not in life, and nobody has decided
    refused     decided not to proceed: settled, asked of nobody
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from procurement_risk.framework import DECISIONS
from procurement_risk.portfolio.census import SupplierOpen
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.totals import by_value
from procurement_risk.portfolio.waiting import Waiting, waits

Wanted = Literal["decision", "answers", "supplier", "review"]

GRAVE = ("do_not_proceed", "escalate")
"""The recommendations that nothing should be in life against."""

WAITS: dict[str, Wanted] = {
    "decision": "decision",
    "answers": "answers",
    "pack": "answers",
    "review": "review",
}
"""What of ``waiting`` is a decision, by its kind; ``answers`` must come in before it."""

READY: tuple[Wanted, ...] = ("decision", "supplier", "review")
"""What can be decided now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A decision that is asked of somebody.

    Attributes:
        item: The purchase, by the look that counts.
        wanted: What is to be decided, or that answers must come in first.
        due: The ISO day by which, or empty.
        signs: Who signs at its tier, as its framework says; or empty.
        owner: Who is responsible for it, or empty.
        is_late: Whether that day has passed.
        bids: Where the supplier is to be chosen: the bids.
    """

    item: PortfolioItem
    wanted: Wanted
    due: str
    signs: str
    owner: str
    is_late: bool
    bids: tuple[PortfolioItem, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing has to come in before it is decided."""
        return self.wanted in READY


@dataclass(frozen=True, slots=True, kw_only=True)
class Headlines:
    """The first of it; each tuple with the most pressing, or the largest value, first."""

    asked: Sequence[Asked] = ()
    against: Sequence[PortfolioItem] = ()
    ahead: Sequence[PortfolioItem] = ()
    barred: Sequence[PortfolioItem] = ()
    refused: Sequence[PortfolioItem] = ()

    def ready_and_late(self) -> tuple[int, int]:
        """Return how much of what is asked can be decided now, and how much is late."""
        ready = sum(each.is_ready for each in self.asked)
        return ready, sum(each.is_late for each in self.asked)


@once
def headlines(
    items: Iterable[PortfolioItem], supplier_open: Iterable[SupplierOpen], day: str
) -> Headlines:
    """Return what leadership is told first on ``day``.

    Args:
        items: The one assessment by which each purchase counts.
        supplier_open: The purchases whose supplier is not settled.
        day: From which dates are looked at, as an ISO text.
    """
    found = list(items)
    open_now = [_choice(each, day) for each in supplier_open]
    asked = [*open_now, *(each for item in found for each in _asked(item, day))]
    return Headlines(
        asked=tuple(sorted(asked, key=_urgency)),
        against=_largest(item for item in found if item.state == "live" and is_grave(item)),
        ahead=_largest(item for item in found if item.state != "live" and _overrides(item)),
        barred=_largest(
            item
            for item in found
            if item.state != "live"
            and item.decided is None
            and item.recommendation == "do_not_proceed"
        ),
        refused=_largest(
            item
            for item in found
            if item.state != "live" and item.decided and item.decided.decision == "do_not_proceed"
        ),
    )


def is_grave(item: PortfolioItem) -> bool:
    """Whether the advice is not to proceed, or to escalate."""
    return item.recommendation in GRAVE


def _overrides(item: PortfolioItem) -> bool:
    """Whether it was decided, more mildly than such advice."""
    if item.decided is None or not is_grave(item):
        return False
    return DECISIONS.index(item.decided.decision) < DECISIONS.index(item.recommendation)


def _largest(items: Iterable[PortfolioItem]) -> tuple[PortfolioItem, ...]:
    return tuple(sorted(items, key=by_value))


def _asked(item: PortfolioItem, day: str) -> list[Asked]:
    """Return the decision that ``item`` waits for, if it does."""
    return [_of(each) for each in waits(item, day, WAITS)[:1]]


def _of(each: Waiting) -> Asked:
    return Asked(
        item=each.item,
        wanted=WAITS[each.kind],
        due=each.due,
        signs=signs(each.item),
        owner=each.item.owner,
        is_late=each.is_late,
    )


def _choice(found: SupplierOpen, day: str) -> Asked:
    item = found.newest
    due = item.purchase.decision_due
    return Asked(
        item=item,
        wanted="supplier",
        due=due,
        signs=signs(item),
        owner=item.owner,
        is_late="" < due < day,
        bids=found.bids,
    )


def signs(item: PortfolioItem) -> str:
    """Return who signs at the tier or level of ``item``, the higher one where not settled."""
    if item.tier is not None:
        return item.framework.tier(item.tier.high).sign_off.rstrip(".")
    if item.level is not None:
        return item.framework.impact_policy.levels[item.level.high - 1].sign_off.rstrip(".")
    return ""


def _urgency(each: Asked) -> tuple[bool, bool, str, tuple[int, str]]:
    return not each.is_late, not each.is_ready, each.due or "9999", by_value(each.item)


def mildest_to_gravest(bids: Sequence[PortfolioItem]) -> tuple[str, ...]:
    """Return the mildest and the gravest recommendation of ``bids``, then what is not settled.

    Two where they differ, one where all agree; ``not_ready`` and none stand behind them.
    """
    settled = sorted({b.recommendation for b in bids} & {*DECISIONS}, key=DECISIONS.index)
    rest = sorted({b.recommendation or "none" for b in bids} - {*DECISIONS})
    return (*dict.fromkeys([*settled[:1], *settled[-1:]]), *rest)
