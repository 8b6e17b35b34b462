"""Items that are kept in memory: what most figures rest on, and the rest when it is asked for.

    PortfolioItem ── brief_of ──> a line of text ── item_of_brief ──> KeptItem, a PortfolioItem

The first screen of a portfolio, its list and what hangs on what rest on the brief alone, which is
a twelfth of an item. What takes the room (``LATER``) is read, a few neighbours at a time, from the
outcomes that are kept, and stays with the items that it was read for.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from sys import intern
from typing import Any

from procurement_risk.assessment import Purchase, RecordedDecision, Supplier, Upstream
from procurement_risk.assessment.document import (
    from_document,
    from_documents,
    to_document,
    to_documents,
)
from procurement_risk.framework import Framework
from procurement_risk.portfolio.items import PortfolioItem, SectionFigure, Span
from procurement_risk.portfolio.same import MOST_REMEMBERED
from procurement_risk.portfolio.waiting import days_of

LATER = ("sections", "conditions", "triggers", "expiries", "exits", "benefits")
"""What of an item is read when somebody asks for it."""
REPEATED = (
    "as_of", "state", "replaces", "recommendation", "decision_low", "decision_high", "worst",
    "owner", "larger_pack",
)  # fmt: skip
"""Texts that many items share: each is kept once."""
AS_THEY_ARE = ("fictional", "created_at", "changed_at", "open", "answered", "asked")
TUPLES = ("stops", "flags", "evidence")
MADE = ("tier", "level", "decided", "purchase", "supplier", "upstreams", "days", "worst_shown")
NAMES = (*REPEATED, *AS_THEY_ARE, *TUPLES, *MADE)
"""What is read at once, in the order in which a brief has it."""

_REPEATED, _MADE = slice(len(REPEATED)), slice(len(REPEATED) + len(AS_THEY_ARE), None)

_put = object.__setattr__


class KeptItem(PortfolioItem):
    """An item whose ``LATER`` is read from the store when it is asked for.

    Attributes:
        later: Reads what is read later, into this item and its neighbours.
        worst_shown: What ``worst_figure`` gives.
        days: What ``waiting.days_of`` gives.
    """

    __slots__ = ("days", "later", "worst_shown")
    later: Later
    days: tuple[str, str, str]
    worst_shown: SectionFigure | None

    def __new__(cls, **fields: Any) -> PortfolioItem:  # type: ignore[misc]  # noqa: ANN401
        """Return a plain item: one of which ``replace`` changes something has all of it."""
        return PortfolioItem(**fields)

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, however much of it is read by now."""
        if self is other or not isinstance(other, PortfolioItem):
            return self is other
        return replace(self) == replace(other)

    __hash__ = PortfolioItem.__hash__

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Return what is read later, after reading it."""
        if name not in LATER:
            raise AttributeError(name)
        self.later.read(self)
        return object.__getattribute__(self, name)

    def worst_figure(self) -> SectionFigure | None:
        """Return the figure of the worst decisive section, or None where none is scored."""
        return self.worst_shown

    def days_known(self) -> tuple[str, str, str]:
        """Return the days that ``waiting.days_of`` gives."""
        return self.days


class Later:
    """Reads what of the items of one store is read later, of a few neighbours at once.

    Attributes:
        items: Those items, by id.
        ids: Their ids, in order.
    """

    AT_ONCE = 50

    def __init__(self, read: Callable[[Sequence[str]], dict[str, PortfolioItem]]) -> None:
        self._read = read
        self.items: Mapping[str, PortfolioItem] = {}
        self.ids: Sequence[str] = ()

    def read(self, item: KeptItem) -> None:
        """Put into ``item``, and its neighbours, what is read later."""
        place = bisect_left(self.ids, item.id)
        near = map(self.items.get, self.ids[place : place + self.AT_ONCE])
        self.read_of([item, *filter(None, near)])

    def read_of(self, items: Iterable[PortfolioItem]) -> None:
        """Put into ``items`` what is read later."""
        unread = [each for each in items if not _is_read(each)]
        known = {each.id: self.items.get(each.id, each) for each in unread}
        here = {name: own for name, own in known.items() if _is_read(own)}
        wanted = [name for name in known if name not in here]
        found = here | (self._read(wanted) if wanted else {})
        for each in unread:
            _fill(each, found.get(each.id))


def read_whole(items: Iterable[PortfolioItem]) -> None:
    """Read at once what is read later of ``items``, which are all of one store."""
    kept = [each for each in items if isinstance(each, KeptItem)]
    for each in kept[:1]:
        each.later.read_of(kept)


def _is_read(item: PortfolioItem) -> bool:
    try:
        object.__getattribute__(item, LATER[0])
    except AttributeError:
        return False
    return True


def _fill(item: PortfolioItem, whole: PortfolioItem | None) -> None:
    """Put into ``item`` what ``whole`` has; where it is gone by now there is nothing of it."""
    for name in LATER:
        _put(item, name, () if whole is None else getattr(whole, name))


def brief_of(item: PortfolioItem) -> str:
    """Return what is kept in memory of ``item`` as JSON: a list, in order of ``NAMES``."""
    values = {name: getattr(item, name) for name in (*REPEATED, *AS_THEY_ARE, *TUPLES)}
    values |= {
        "tier": item.tier,
        "level": item.level,
        "decided": to_document(item.decided) if item.decided else None,
        "purchase": to_document(item.purchase),
        "supplier": _text(to_document(item.supplier)),
        "upstreams": _text(to_documents(item.upstreams)),
        "days": days_of(item),
        "worst_shown": item.worst_figure(),
    }
    return _text([values[name] for name in NAMES])


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def item_of_brief(
    name: str,
    text: str,
    framework: Framework,
    later: Later,
    supplier_id: str = "",
    supplier_names: frozenset[str] = frozenset(),
) -> KeptItem:
    """Return the item of which ``brief_of`` gave ``text``."""
    values = json.loads(text)
    values[_REPEATED] = map(intern, values[_REPEATED])
    stops, flags, evidence, tier, level, decided, purchase, supplier, upstreams, days, worst = (
        values[_MADE]
    )
    values[_MADE] = (
        tuple(stops),
        tuple(flags),
        tuple(evidence),
        _span(tier),
        _span(level),
        from_document(RecordedDecision, decided) if decided else None,
        from_document(Purchase, purchase),
        _supplier(supplier),
        _upstreams(upstreams),
        tuple(days),
        SectionFigure(*map(intern, worst)) if worst else None,
    )
    return _made((*values, name, framework, later, supplier_id, supplier_names, False))


def with_changes(item: PortfolioItem, **changes: Any) -> PortfolioItem:  # noqa: ANN401
    """Return ``item`` with other values of fields, and nothing read that is read later."""
    if not isinstance(item, KeptItem):
        return replace(item, **changes)
    return _made([changes.get(name, getattr(item, name)) for name in _HERE])


_HERE = (*NAMES, "id", "framework", "later", "supplier_id", "supplier_names", "foreign")
_PUTTERS = [getattr(KeptItem, name).__set__ for name in _HERE]


def _made(values: Iterable[Any]) -> KeptItem:
    item = object.__new__(KeptItem)
    for put, value in zip(_PUTTERS, values, strict=True):
        put(item, value)
    return item


@lru_cache(maxsize=MOST_REMEMBERED)
def _supplier(text: str) -> Supplier:
    """Return the supplier written so; the same few are written again and again."""
    return Supplier(**json.loads(text))


@lru_cache(maxsize=MOST_REMEMBERED)
def _upstreams(text: str) -> tuple[Upstream, ...]:
    return from_documents(Upstream, json.loads(text))


def _span(ends: list[int] | None) -> Span | None:
    return Span(*ends) if ends else None
