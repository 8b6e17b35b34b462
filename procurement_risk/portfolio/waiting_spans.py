"""From which day to which each thing waits, found by asking the rule about it on every such day.

PortfolioItem ── spans_of ──> Span …    one for each thing that ``waiting.waits`` ever gives
              ── lines_of ──> the columns of ``storage.waiting_lines``
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.same import folded
from procurement_risk.portfolio.waiting import SOON_DAYS, Waiting, waits
from procurement_risk.storage.waiting_lines import LONGEST, UNDATED

FIRST, LAST = "0001-01-01", "9999-12-31"


class Told(NamedTuple):
    """What tells one thing that waits from others, as it is the same on several days.

    Attributes:
        turn: Which it is of several that are alike.
    """

    kind: str
    question: str
    due: str
    people: tuple[str, ...]
    turn: int


class Span(NamedTuple):
    """One thing, and the first and the last ISO day on which it waits."""

    told: Told
    begins: str
    ends: str


def spans_of(item: PortfolioItem) -> list[Span]:
    """Return everything that ever waits in an assessment, in the order of ``waits``."""
    turns = _turning_days(item)
    held = [_told(waits(item, day)) for day in turns]
    # On the last day all is there but evidence that still runs, which stands last anyway.
    order = dict.fromkeys(told for each in reversed(held) for told in each)
    return [
        Span(told, begins, ends)
        for told in order
        for begins, ends in _stretches(told, turns, held)
    ]


def lines_of(item: PortfolioItem) -> list[dict[str, Any]]:
    """Return the same as columns."""
    return [
        {
            "place": place,
            "kind": told.kind,
            "question": told.question,
            "due": told.due or UNDATED,
            "begins": begins,
            "ends": ends,
            "title": item.purchase.title,
            **dict(zip(("person", "beside"), map(compared, (*told.people, "")), strict=False)),
        }
        for place, (told, begins, ends) in enumerate(spans_of(item))
    ]


def compared(name: str) -> str:
    """Return a name as the columns hold it."""
    return folded(name)[:LONGEST]


def _told(found: list[Waiting]) -> list[Told]:
    told: dict[Told, None] = {}
    for each in found:
        one = Told(each.kind, each.question, each.due, each.people, 0)
        while one in told:
            one = one._replace(turn=one.turn + 1)
        told[one] = None
    return list(told)


def _stretches(told: Told, turns: list[str], held: list[list[Told]]) -> Iterator[tuple[str, str]]:
    """Yield each stretch of days in which it waits."""
    begins = ""
    for day, each in zip(turns, held, strict=True):
        if told in each:
            begins = begins or day
        elif begins:
            yield begins, _shifted(day, -1)
            begins = ""
    if begins:
        yield begins, LAST


def _turning_days(item: PortfolioItem) -> list[str]:
    """Return every day on which something may begin or cease to wait."""
    review = item.decided.review_by if item.decided else ""
    days = {review, *(each.due for each in item.conditions), *(e.until for e in item.expiries)}
    found = {_shifted(day, by) for day in days - {""} for by in (-SOON_DAYS, 1)}
    return sorted({FIRST, *found})


def _shifted(day: str, by: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(by)).isoformat()
    except OverflowError:
        return FIRST if by < 0 else LAST
