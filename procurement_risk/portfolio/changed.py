"""What changed in a portfolio since a day: which purchases, by whom, from what to what.

    Then, items now, today ─> changed_since ─> Event …   in the order of ``KINDS``

Every purchase is compared by the assessment by which it counted then and counts now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from procurement_risk.assessment.overdue import is_overdue
from procurement_risk.assessment.parts import ANSWER, MITIGATION
from procurement_risk.framework import DECISIONS
from procurement_risk.portfolio.census import Census, census
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.then import Then
from procurement_risk.storage.history import HEADER, HistoryEntry

Kind = Literal[
    "new", "decided", "worse", "better", "settled", "unsettled",
    "kept", "late", "expired", "withdrawn", "over", "aside", "unknown",
]  # fmt: skip

KINDS: tuple[Kind, ...] = (
    "worse", "late", "expired", "withdrawn", "unsettled", "decided", "new", "better", "settled",
    "kept", "over", "aside", "unknown",
)  # fmt: skip
"""What may have changed, what calls for attention first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that changed.

    Attributes:
        item: The assessment that it is about; None where it is set aside and no item is at hand.
        assessment: Its id.
        before: What it was, by id; empty where there was nothing.
        after: What it is.
        question: The id of the question that it is about, or empty.
        by: Who did it, or whose it is; empty where nobody did.
        at: When, as an ISO day or time, or empty.
        days: How long it is late, or was when it was kept; 0 where it is not.
    """

    kind: Kind
    assessment: str
    item: PortfolioItem | None = None
    before: str = ""
    after: str = ""
    question: str = ""
    by: str = ""
    at: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class _Between:
    """Both moments, each purchase once."""

    then: Then
    before: Mapping[str, PortfolioItem]
    after: Mapping[str, PortfolioItem]
    was_there: frozenset[str]
    now: Mapping[str, PortfolioItem]
    census: Census
    today: str

    def same(self) -> Iterator[tuple[PortfolioItem, PortfolioItem]]:
        """Yield each purchase that counted then and counts now."""
        for purchase, item in self.after.items():
            if purchase in self.before:
                yield self.before[purchase], item

    def changes_of(self, part: str) -> Iterator[tuple[PortfolioItem, str, list[HistoryEntry]]]:
        """Yield the changes to each part whose name so begins, of what counts now."""
        for item in self.after.values():
            found: dict[str, list[HistoryEntry]] = {}
            for change in self.then.changes.get(item.id, ()):
                if change.part.startswith(part):
                    found.setdefault(change.part.removeprefix(part), []).append(change)
            for name, of in found.items():
                yield item, name, of


def changed_since(then: Then, items: Iterable[PortfolioItem], today: str) -> tuple[Event, ...]:
    """Return everything that changed, in the order of ``KINDS``, then as its finder gives it."""
    found = list(items)
    now = census(found)
    was = census(then.items)
    bids = [bid for each in was.supplier_open for bid in each.bids]
    everywhere = (*was.counted, *was.closed, *was.unbought, *bids)
    between = _Between(
        then=then,
        before={item.purchase.id: item for item in was.counted},
        after={item.purchase.id: item for item in now.counted},
        was_there=frozenset(item.purchase.id for item in everywhere),
        now={item.id: item for item in found},
        census=now,
        today=today,
    )
    events = [event for finder in FINDERS for event in finder(between)]
    return tuple(sorted(events, key=lambda event: KINDS.index(event.kind)))


def _new(between: _Between) -> Iterator[Event]:
    unknown = {between.now[name].purchase.id for name in between.then.unknown}
    bids = (each.newest for each in between.census.supplier_open)
    for item in (*between.after.values(), *bids):
        if item.purchase.id not in between.was_there | unknown:
            first = next(iter(between.then.changes.get(item.id, ())), None)
            yield Event(
                kind="new",
                assessment=item.id,
                item=item,
                after=item.recommendation,
                by=first.by if first else "",
                at=first.at if first else item.created_at,
            )


def _decided(between: _Between) -> Iterator[Event]:
    for purchase, item in between.after.items():
        before = between.before.get(purchase)
        if item.decided is None or item.id in between.then.unknown:
            continue
        was = before.decided if before else None
        if was == item.decided or (before is None and item.decided.at[:10] < between.then.day):
            continue
        yield Event(
            kind="decided",
            assessment=item.id,
            item=item,
            before=was.decision if was else "",
            after=item.decided.decision,
            by=item.decided.by,
            at=item.decided.at,
        )


def _moved(between: _Between) -> Iterator[Event]:
    for before, after in between.same():
        if after.recommendation != before.recommendation and after.recommendation:
            yield Event(
                kind=_direction(before.recommendation, after.recommendation),
                assessment=after.id,
                item=after,
                before=before.recommendation,
                after=after.recommendation,
            )


def _direction(before: str, after: str) -> Kind:
    if after not in DECISIONS:
        return "unsettled"
    if before not in DECISIONS:
        return "settled"
    return "worse" if DECISIONS.index(after) > DECISIONS.index(before) else "better"


def _kept(between: _Between) -> Iterator[Event]:
    for item, question, changes in between.changes_of(MITIGATION):
        was, last = _status(changes[0].before), changes[-1]
        if was != "verified" and _status(last.after) == "verified" and was:
            due = str(last.after.get("due", "")) if isinstance(last.after, dict) else ""
            yield Event(
                kind="kept",
                assessment=item.id,
                item=item,
                question=question,
                by=last.by,
                at=last.at,
                days=_days(due, last.at[:10]),
            )


def _late(between: _Between) -> Iterator[Event]:
    """Yield what became overdue since: what was late already is nothing new."""
    for item in between.after.values():
        for each in item.conditions:
            if is_overdue(each, between.today) and each.due >= between.then.day:
                yield Event(
                    kind="late",
                    assessment=item.id,
                    item=item,
                    question=each.question,
                    by=each.owner,
                    at=each.due,
                    days=_days(each.due, between.today),
                )


def _expired(between: _Between) -> Iterator[Event]:
    for item in between.after.values():
        for each in item.expiries:
            if between.then.day <= each.until < between.today:
                yield Event(
                    kind="expired",
                    assessment=item.id,
                    item=item,
                    question=each.question,
                    at=each.until,
                    days=_days(each.until, between.today),
                )


def _withdrawn(between: _Between) -> Iterator[Event]:
    for item, question, changes in between.changes_of(ANSWER):
        last = changes[-1]
        if _is_answered(changes[0].before) and not _is_answered(last.after):
            yield Event(
                kind="withdrawn",
                assessment=item.id,
                item=item,
                question=question,
                by=last.by,
                at=last.at,
            )


def _over(between: _Between) -> Iterator[Event]:
    for item in (*between.census.closed, *between.census.unbought):
        if item.purchase.id in between.before:
            last = _last(between.then.changes.get(item.id, ()), "state")
            yield Event(
                kind="over",
                assessment=item.id,
                item=item,
                after=item.state,
                by=last.by if last else "",
                at=last.at if last else "",
            )


def _aside(between: _Between) -> Iterator[Event]:
    for name, changes in between.then.changes.items():
        last = _last(changes, HEADER)
        if name not in between.now and last and _archived(last.after):
            yield Event(kind="aside", assessment=name, by=last.by, at=last.at)


def _unknown(between: _Between) -> Iterator[Event]:
    for name in sorted(between.then.unknown):
        yield Event(kind="unknown", assessment=name, item=between.now[name])


FINDERS: tuple[Callable[[_Between], Iterator[Event]], ...] = (
    _new,
    _decided,
    _moved,
    _kept,
    _late,
    _expired,
    _withdrawn,
    _over,
    _aside,
    _unknown,
)
"""What finds each kind of change."""


def _last(changes: Sequence[HistoryEntry], part: str) -> HistoryEntry | None:
    return next((each for each in reversed(changes) if each.part == part), None)


def _status(value: Any) -> str:  # noqa: ANN401  JSON
    return str(value.get("status", "")) if isinstance(value, dict) else ""


def _is_answered(value: Any) -> bool:  # noqa: ANN401  JSON
    return isinstance(value, dict) and value.get("state", "answered") == "answered"


def _archived(value: Any) -> bool:  # noqa: ANN401  JSON
    return isinstance(value, dict) and bool(value.get("archived"))


def _days(due: str, day: str) -> int:
    """Return how many days ``day`` is after ``due``; 0 where it is not, or none is set."""
    if not due or day <= due:
        return 0
    return (date.fromisoformat(day) - date.fromisoformat(due)).days
