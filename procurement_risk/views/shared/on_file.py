"""What is on file, read anew only when something in the store has changed.

Of very many, only what may be like what is typed: see ``storage.searched.near``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from procurement_risk.assessment import OVER_STATES, Purchase, Supplier, Upstream
from procurement_risk.assessment.chosen import is_chosen
from procurement_risk.portfolio.alike import OnFile
from procurement_risk.storage import KnownSupplier, Store, Summary

MANY = 2_000
"""Of more than so many, nobody looks through all; and so many are like something at the most."""

_kept: WeakKeyDictionary[Store, dict[object, tuple[object, Any]]] = WeakKeyDictionary()
"""What was read last of each store, by what read it, and of what and when."""
T = TypeVar("T")


def purchases(
    store: Store, typed: Purchase | None = None, upstreams: Sequence[Upstream] = ()
) -> tuple[OnFile, ...]:
    """Return every purchase once, by the assessment to open for it.

    Of very many, those that may be like the one that is ``typed``, or rest on its models.
    """
    models = tuple(each.name for each in upstreams if each.kind == "model")
    asked = typed and (typed.title, typed.capability, models)
    return _read(store, _purchases, asked)


def suppliers(store: Store, typed: Supplier | None = None) -> tuple[KnownSupplier, ...]:
    """Return every supplier once, by name; of very many, those that may be the one ``typed``."""
    return _read(store, _suppliers, typed)


def _read(
    store: Store, read: Callable[[Store, Any], tuple[T, ...]], asked: object
) -> tuple[T, ...]:
    stamp, kept = store.stamp(), _kept.setdefault(store, {})
    asked = asked if stamp[0] > MANY else None
    known = kept.get(read)
    if known is None or known[0] != (stamp, asked):
        known = kept[read] = (stamp, asked), read(store, asked)
    found: tuple[T, ...] = known[1]
    return found


def _suppliers(store: Store, typed: Supplier | None) -> tuple[KnownSupplier, ...]:
    if typed is None:
        return tuple(store.suppliers())
    texts = (typed.name, typed.company_number)
    near = [each for text in texts for each in store.near(text, "supplier", MANY)]
    return tuple(store.suppliers([*near, *store.of_supplier(typed)]))


def _purchases(store: Store, asked: tuple[str, str, tuple[str, ...]] | None) -> tuple[OnFile, ...]:
    if asked is None:
        lines = store.summaries(archived=False)
        return _once_each(lines, store.upstreams(), store.supplier_names())
    lines = [each for each in store.summaries(_near(store, *asked)) if not each.archived]
    # Whoever was chosen under a name that the supplier has no more is not looked up for each.
    return _once_each(lines, store.upstreams([each.id for each in lines]), {})


def _near(store: Store, title: str, capability: str, models: Iterable[str]) -> set[str]:
    """Return assessments whose purchase may be like that, with the others of each purchase."""
    texts = [(title, "purchase"), (capability, "purchase"), *((e, "upstreams") for e in models)]
    near = {each for text, part in texts for each in store.near(text, part, MANY)}
    bought = {each.purchase.id for each in store.summaries(near)}
    return near | set(store.of_purchases(bought))


def _once_each(
    lines: Iterable[Summary],
    upstreams: Mapping[str, tuple[Upstream, ...]],
    names: Mapping[str, frozenset[str]],
) -> tuple[OnFile, ...]:
    chosen: dict[str, Summary] = {}
    for summary in lines:
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
