"""What lies ahead of a portfolio: breaks, contract ends, conditions and decisions due, by day.

What has passed its day already is not ahead: ``totals.overdue`` has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from procurement_risk.assessment.today import years_from
from procurement_risk.portfolio.days import dates_ahead
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once

Kind = Literal["break", "end", "condition", "decision"]
KINDS: tuple[Kind, ...] = ("decision", "condition", "break", "end")


class Dated(NamedTuple):
    """Purchases, looked at on a day."""

    items: tuple[PortfolioItem, ...]
    day: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """One day that something is due.

    Attributes:
        question: The question that a condition is about, or empty.
    """

    day: str
    kind: Kind
    item: PortfolioItem
    question: str = ""


@once
def ahead(about: Dated) -> tuple[Ahead, ...]:
    """Return everything due from that day to a year later, the next first."""
    found = [
        *(Ahead(each.day, each.kind, each.item) for each in dates_ahead(about.items, about.day)),
        *_due(about.items, about.day),
    ]
    return tuple(sorted(found, key=lambda each: (each.day, KINDS.index(each.kind), each.item.id)))


@once
def by_month(about: Dated) -> dict[str, dict[Kind, int]]:
    """Return how much of each kind is due in each of the next months, such as ``2027-03``."""
    found: dict[str, dict[Kind, int]] = {}
    at = date.fromisoformat(about.day).replace(day=1)
    for _month in range(13):
        found[at.isoformat()[:7]] = dict.fromkeys(KINDS, 0)
        at = (at + timedelta(days=32)).replace(day=1)
    for each in ahead(about):
        found[each.day[:7]][each.kind] += 1
    return found


def _due(items: Iterable[PortfolioItem], day: str) -> Iterator[Ahead]:
    last = years_from(day, 1)
    for item in items:
        due = item.purchase.decision_due
        if item.decided is None and day <= due <= last:
            yield Ahead(due, "decision", item)
        for each in item.conditions:
            if day <= each.due <= last and each.status == "agreed":
                yield Ahead(each.due, "condition", item, each.question)
