"""The days of a portfolio: what ends, what is overdue, what calls for a new look.

Nothing here knows today's date: whoever asks says which day they look from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from procurement_risk.assessment.overdue import is_overdue
from procurement_risk.assessment.today import years_from
from procurement_risk.portfolio.items import Condition, PortfolioItem
from procurement_risk.portfolio.once import once

IsLate = Callable[[Condition, str], bool]

DateKind = Literal["break", "end"]

Reason = Literal["age", "trigger", "evidence", "review"]


@dataclass(frozen=True, slots=True)
class DateAhead:
    """A day on which a contract can be left, or ends."""

    day: str
    kind: DateKind
    item: PortfolioItem


@once
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


@once
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


@once
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
