"""What is on file, read anew only when something in the store has changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from procurement_risk.assessment import OVER_STATES
from procurement_risk.assessment.chosen import is_chosen
from procurement_risk.portfolio.alike import OnFile
from procurement_risk.storage import KnownSupplier, Store, Summary

_kept: WeakKeyDictionary[Store, dict[object, tuple[tuple[int, int], Any]]] = WeakKeyDictionary()
"""What was read last of each store, by what read it, and when."""
T = TypeVar("T")


def summaries(store: Store) -> tuple[Summary, ...]:
    """Return a line for every assessment that is not archived, the one changed last first."""
    return _read(store, _lines)


def purchases(store: Store) -> tuple[OnFile, ...]:
    """Return every purchase once, by the assessment to open for it."""
    return _read(store, _purchases)


def suppliers(store: Store) -> tuple[KnownSupplier, ...]:
    """Return every supplier once, by name."""
    return _read(store, _suppliers)


def _read(store: Store, read: Callable[[Store], tuple[T, ...]]) -> tuple[T, ...]:
    stamp, kept = store.stamp(), _kept.setdefault(store, {})
    known = kept.get(read)
    if known is None or known[0] != stamp:
        known = kept[read] = stamp, read(store)
    found: tuple[T, ...] = known[1]
    return found


def _lines(store: Store) -> tuple[Summary, ...]:
    return tuple(each for each in store.summaries() if not each.archived)


def _suppliers(store: Store) -> tuple[KnownSupplier, ...]:
    return tuple(store.suppliers())


def _purchases(store: Store) -> tuple[OnFile, ...]:
    upstreams, names = store.upstreams(), store.supplier_names()
    chosen: dict[str, Summary] = {}
    for summary in summaries(store):
        if summary.subject == "purchase":
            known = chosen.get(summary.purchase.id)
            if known is None or _rank(summary, names) > _rank(known, names):
                chosen[summary.purchase.id] = summary
    return tuple(
        OnFile(
            assessment=summary.id,
            purchase=summary.purchase,
            supplier=summary.supplier.name,
            supplier_id=summary.supplier_id,
            upstreams=upstreams.get(summary.id, ()),
            fictional=summary.fictional,
        )
        for summary in chosen.values()
    )


def _rank(summary: Summary, names: Mapping[str, frozenset[str]]) -> tuple[bool, bool, str]:
    """Put the supplier that was chosen first, then what is not over, then the last change."""
    chosen = is_chosen(summary.purchase, summary.supplier, names.get(summary.id, ()))
    return chosen, summary.state not in OVER_STATES, summary.changed_at
