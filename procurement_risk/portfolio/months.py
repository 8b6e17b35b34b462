"""A portfolio as it stood when each of the last months ended, put together from the history.

    store, today ─> months_of ─> Moment …     every purchase that counted then
    moments      ─> exposure  ─> Exposure …   what they came to: purchases, pounds, stops

Only what changed is read from the history, and scored once for each month in which it changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from procurement_risk.assessment.today import start_of
from procurement_risk.portfolio.census import census
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.then import AT_ONCE, item_before
from procurement_risk.portfolio.totals import Filters, filtered, money
from procurement_risk.storage import Store

MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What there was when a day ended; on the last of them, what there is now.

    Attributes:
        day: The last of a month; today for the last moment.
        is_now: Whether it is the last.
        items: The one assessment by which each purchase counted.
        unknown: How many assessments were on file whose result then is not known any more.
    """

    day: str
    is_now: bool
    items: tuple[PortfolioItem, ...]
    unknown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What the purchases of one moment came to.

    Attributes:
        committed: Whole pounds, of those whose value was known.
        without_value: How many had no known value.
        stopped: How many had a stop that had fired.
        stopped_pounds: What those committed, where known.
    """

    day: str
    is_now: bool
    purchases: int
    committed: int
    without_value: int
    stopped: int
    stopped_pounds: int
    unknown: int


def months_of(store: Store, today: str, number: int = MONTHS) -> tuple[Moment, ...]:
    """Return the moments of the last ``number`` months and now, from the first with anything in.

    Before the first there was nothing on file here, which is not the same as nothing bought.
    """
    days = _month_ends(today, number)
    now = {item.id: item for item in items_of(store)}
    past = _Past(store, now, [_after(day) for day in days])
    moments = [past.moment(day) for day in days]
    moments.append(Moment(day=today, is_now=True, items=census(now.values()).counted))
    began = next((at for at, each in enumerate(moments) if each.items or each.unknown), 0)
    return tuple(moments[began:])


def exposure(moments: Sequence[Moment], filters: Filters) -> tuple[Exposure, ...]:
    """Return what the purchases that ``filters`` let through came to at each moment."""
    return tuple(_exposure(each, filtered(each.items, filters)) for each in moments)


def _exposure(moment: Moment, items: Sequence[PortfolioItem]) -> Exposure:
    sums, stopped = money(items), [item for item in items if item.stops]
    return Exposure(
        day=moment.day,
        is_now=moment.is_now,
        purchases=len(items),
        committed=sums.committed,
        without_value=sums.unknown,
        stopped=len(stopped),
        stopped_pounds=money(stopped).committed,
        unknown=moment.unknown,
    )


def _month_ends(today: str, number: int) -> list[str]:
    """Return the last days of the ``number`` months before that of ``today``, the oldest first."""
    found = [date.fromisoformat(today)]
    while len(found) <= number:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return [each.isoformat() for each in reversed(found[1:])]


def _after(day: str) -> str:
    """Return the moment at which ``day`` is over."""
    return start_of((date.fromisoformat(day) + timedelta(days=1)).isoformat())


class _Past:
    """The items of the past, each put together once for every line of history it ends before.

    What changed is read and put together a few assessments at a time: history may be long.
    """

    def __init__(
        self, store: Store, now: Mapping[str, PortfolioItem], moments: Sequence[str]
    ) -> None:
        self._firsts, self._now = store.first_changes(moments), now
        self._made: dict[tuple[str, int], PortfolioItem | None] = {}
        lines = {
            name: {seq for seq in found.values() if seq > 1}
            for name, found in self._firsts.items()
            if name in now
        }
        wanted = [name for name, seqs in lines.items() if seqs]
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            changes = store.changed_since(moments[0], some)
            for stored in store.read_many(some).stored:
                name = stored.assessment.id
                for seq in lines[name]:
                    after = [each for each in changes.get(name, ()) if each.seq >= seq]
                    made = item_before(stored, after, now[name]) if after else None
                    self._made[name, seq] = made

    def moment(self, day: str) -> Moment:
        """Return what there was when ``day`` ended."""
        moment, items, unknown = _after(day), [], 0
        for name, now in self._now.items():
            seq = self._firsts.get(name, {}).get(moment)
            if seq == 1:
                continue  # it was not on file yet
            item = now if seq is None else self._made.get((name, seq))
            if item is None:
                unknown += 1
            else:
                items.append(item)
        return Moment(day=day, is_now=False, items=census(items).counted, unknown=unknown)
