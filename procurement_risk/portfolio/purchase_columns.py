"""How each look at a purchase stands, as the columns of ``storage.purchase_lines``.

looks at some purchases ── rows_of ──> a row each, by what ``census`` and ``headlines`` say
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from procurement_risk.assessment import UNBOUGHT_STATES
from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.portfolio.brief import Later, item_of_brief, with_changes
from procurement_risk.portfolio.census import SupplierOpen, census, grouped
from procurement_risk.portfolio.headlines import Asked, headlines
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.same import folded, models_of
from procurement_risk.portfolio.waiting import SOON_DAYS, days_of
from procurement_risk.storage.asking_lines import between
from procurement_risk.storage.operations.counted_purchases import Names
from procurement_risk.storage.settling_purchases import Look, told

FIRST, LAST = "0001-01-01", "9999-11-30"
"""A day before everything, and one behind everything, of which what is soon has a day too."""


def rows_of(looks: Sequence[Look], names: Names) -> list[dict[str, Any]]:
    """Return a row for each of ``looks``, which are all there are at their purchases."""
    items = {look.id: _item(look) for look in looks}
    leaning = _leaning(items.values())
    known = names(sorted({look.supplier_id for look in looks if look.id in leaning}))
    for look in looks:
        if look.id in leaning:
            given = known.get(look.supplier_id, frozenset())
            items[look.id] = with_changes(items[look.id], supplier_names=given)
    found = census(items.values())
    places = {item.id: "counted" for item in found.counted}
    places |= {item.id: "closed" for item in found.closed}
    places |= {item.id: "unbought" for item in found.unbought}
    newest = {each.newest.id: each for each in found.supplier_open}
    places |= {bid.id: "open" for each in found.supplier_open for bid in each.bids}
    return [
        {
            "assessment_id": look.id,
            "purchase_id": look.purchase,
            "revision": look.revision,
            "framework_digest": look.framework_digest,
            "supplier_id": look.supplier_id,
            "is_foreign": look.is_foreign,
            "names": told(known.get(look.supplier_id, ())) if look.id in leaning else "",
            "place": places.get(look.id, ""),
            "is_newest": look.id in newest,
            **_asked(items[look.id], places.get(look.id, ""), newest.get(look.id)),
            **_figures(items[look.id]),
        }
        for look in looks
    ]


def _item(look: Look) -> PortfolioItem:
    later = Later(_never)
    item = item_of_brief(look.id, look.brief, look.framework, later, look.supplier_id)
    return with_changes(item, foreign=True) if look.is_foreign else item


def _never(ids: Sequence[str]) -> dict[str, PortfolioItem]:
    """Refuse to read more of an item: no column rests on more than what is kept in brief."""
    raise AssertionError(ids)


def _leaning(items: Iterable[PortfolioItem]) -> set[str]:
    """Return the looks at purchases where it matters by what names a supplier goes.

    That is where a supplier was chosen whose very name none of the bids bears: see ``census``.
    """
    found: set[str] = set()
    for looks in grouped(items, lambda item: item.purchase.id).values():
        bids = [each for each in looks if each.state not in UNBOUGHT_STATES]
        chosen = {each.purchase.chosen_supplier for each in bids}
        wanted = {normal_name(name) for name in chosen if folded(name)}
        if wanted - {normal_name(bid.supplier.name) for bid in bids}:
            found.update(each.id for each in looks)
    return found


def _asked(item: PortfolioItem, place: str, opened: SupplierOpen | None) -> dict[str, str]:
    """Return what is asked of a leader there, from which day on, and by when."""
    counted = (item,) if place == "counted" else ()
    bids = (opened,) if opened is not None else ()
    days = [FIRST, *_soon(item), LAST] if counted or bids else []
    for day in days:
        asked: Sequence[Asked] = headlines(counted, bids, day).asked
        for each in asked:
            return {"asked": each.wanted, "asked_from": day, "asked_due": each.due}
    return {"asked": "", "asked_from": LAST, "asked_due": ""}


def _soon(item: PortfolioItem) -> list[str]:
    """Return the day on which a review begins to be asked for."""
    review = item.decided.review_by if item.decided else ""
    if not review:
        return []
    try:
        return [(date.fromisoformat(review) - timedelta(SOON_DAYS)).isoformat()]
    except OverflowError:
        return []


def _figures(item: PortfolioItem) -> Mapping[str, Any]:
    """Return what a portfolio is narrowed by and what it counts."""
    models = [each for each in item.upstreams if each.kind == "model"]
    due_set, due_soon, due_past = item.days_known() or days_of(item)
    tier = item.tier or (None, None)
    return {
        "fictional": item.fictional,
        "committed": item.committed,
        "scaled": item.scaled,
        "state": item.state,
        "recommendation": item.recommendation,
        "decided": item.decided.decision if item.decided else "",
        "tier_low": tier[0],
        "tier_high": tier[1],
        "as_of": item.as_of,
        "due_set": due_set,
        "due_soon": due_soon,
        "due_past": due_past,
        "buyer": item.purchase.buyer,
        "buyer_key": folded(item.purchase.buyer),
        "capability": item.purchase.capability,
        "capability_key": folded(item.purchase.capability),
        "owner": item.owner,
        "owner_key": folded(item.owner),
        "supplier": item.supplier.name,
        "company_number": item.supplier.company_number,
        "hangs_on": json.dumps([[m.name, m.maker, m.own] for m in models], ensure_ascii=False),
        "model_keys": between(list(dict.fromkeys(map(folded, models_of(item))))),
    }
