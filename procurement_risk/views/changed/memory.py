"""What changed, worked out once for a day until something changes in the store; for all visits."""

from __future__ import annotations

from procurement_risk.portfolio.changed import Event, changed_since
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.then import then_of
from procurement_risk.views.shared import session

MOST = 8
_kept: dict[tuple[str, str], tuple[tuple[PortfolioItem, ...], tuple[Event, ...]]] = {}


def events(since: str) -> tuple[Event, ...]:
    """Return everything that changed since the day ``since`` began."""
    store, today = session.store(), session.today()
    items = items_of(store)
    key = since, today
    kept = _kept.pop(key, None)
    if kept is None or kept[0] is not items:
        kept = items, changed_since(then_of(store, since), items, today)
    _kept[key] = kept
    for old in list(_kept)[:-MOST]:
        _kept.pop(old, None)
    return kept[1]
