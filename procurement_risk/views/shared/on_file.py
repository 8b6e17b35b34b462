"""What is on file, read anew only when something in the store has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from procurement_risk.assessment import OVER_STATES, Upstream
from procurement_risk.assessment.chosen import is_chosen
from procurement_risk.portfolio.alike import OnFile
from procurement_risk.storage import KnownSupplier, Store, Summary


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: tuple[int, int]
    summaries: tuple[Summary, ...]
    purchases: tuple[OnFile, ...]
    suppliers: tuple[KnownSupplier, ...]


_kept: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()


def summaries(store: Store) -> tuple[Summary, ...]:
    """Return a line for every assessment that is not archived, the one changed last first."""
    return _read(store).summaries


def purchases(store: Store) -> tuple[OnFile, ...]:
    """Return every purchase once, by the assessment to open for it."""
    return _read(store).purchases


def suppliers(store: Store) -> tuple[KnownSupplier, ...]:
    """Return every supplier once, by name."""
    return _read(store).suppliers


def _read(store: Store) -> _Kept:
    stamp = store.stamp()
    kept = _kept.get(store)
    if kept is None or kept.stamp != stamp:
        found = tuple(each for each in store.summaries() if not each.archived)
        purchases = _purchases(found, store.upstreams(), store.supplier_names())
        kept = _Kept(stamp, found, purchases, tuple(store.suppliers()))
        _kept[store] = kept
    return kept


def _purchases(
    found: tuple[Summary, ...],
    upstreams: dict[str, tuple[Upstream, ...]],
    names: Mapping[str, frozenset[str]],
) -> tuple[OnFile, ...]:
    chosen: dict[str, Summary] = {}
    for summary in found:
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
