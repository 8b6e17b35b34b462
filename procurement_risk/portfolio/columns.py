"""What the list is narrowed and sorted by, as the columns of ``storage.outcome_lines``."""

from __future__ import annotations

from typing import Any

from procurement_risk.portfolio.brief import brief_of
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.same import models_of
from procurement_risk.portfolio.waiting import days_of
from procurement_risk.storage import Summary
from procurement_risk.storage.asking_lines import between


def of_item(item: PortfolioItem) -> dict[str, Any]:
    """Return the columns of an assessment that is scored."""
    tier, level, models = item.tier or (None, None), item.level or (None, None), models_of(item)
    due_set, due_soon, due_past = days_of(item)
    return {
        "is_scored": True,
        "title_key": item.purchase.title.casefold(),
        "supplier": item.supplier.name,
        "supplier_key": item.supplier.name.casefold(),
        "owner": item.owner,
        "owner_key": item.owner.casefold(),
        "models": between(list(models)),
        "state": item.state,
        "recommendation": item.recommendation,
        "tier_low": tier[0],
        "tier_high": tier[1],
        "level_low": level[0],
        "level_high": level[1],
        "answered": item.answered,
        "asked": item.asked,
        "committed": item.committed,
        "changed": item.changed_at[:10],
        "due_set": due_set,
        "due_soon": due_soon,
        "due_past": due_past,
        "shown_key": shown(
            item.purchase.title, item.purchase.buyer, item.supplier.name, item.owner
        ),
        "brief": brief_of(item),
    }


def unscored(summary: Summary) -> dict[str, Any]:
    """Return the columns of an assessment that cannot be scored, or not be read."""
    texts = ("owner", "owner_key", "models", "recommendation", "brief")
    days = ("due_set", "due_soon", "due_past")
    numbers = ("tier_low", "tier_high", "level_low", "level_high", "committed")
    return {
        **dict.fromkeys((*texts, *days), ""),
        **dict.fromkeys(numbers),
        "is_scored": False,
        "title_key": summary.purchase.title.casefold(),
        "supplier": summary.supplier.name,
        "supplier_key": summary.supplier.name.casefold(),
        "state": summary.state,
        "answered": summary.answered,
        "asked": 0,
        "changed": summary.changed_at[:10],
        "shown_key": shown(
            summary.purchase.title, summary.purchase.buyer, summary.supplier.name, ""
        ),
    }


def shown(title: str, buyer: str, supplier: str, owner: str) -> str:
    """Return what a row of the list shows in words, but for what is recommended, in small."""
    return f"{title} {buyer} {supplier} {owner}".lower()
