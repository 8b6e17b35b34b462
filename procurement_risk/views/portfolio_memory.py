"""The portfolio in the visit's language, worked out once until something changes in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from procurement_risk import portfolio_store
from procurement_risk.framework import Framework
from procurement_risk.portfolio import chosen_items, undecided
from procurement_risk.portfolio_items import PortfolioItem
from procurement_risk.views import session


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What the page is about.

    Attributes:
        items: The one assessment by which each purchase counts.
        undecided: The newest assessment of each purchase that cannot be counted yet.
        frameworks: Those of ``items``, by the version in their first language.
    """

    items: tuple[PortfolioItem, ...]
    undecided: tuple[PortfolioItem, ...]
    frameworks: Mapping[Framework, Framework]


_last: dict[str, tuple[tuple[PortfolioItem, ...], Portfolio]] = {}  # by language


def portfolio() -> Portfolio:
    """Return the portfolio as the store has it now."""
    whole = portfolio_store.items_of(session.store())
    kept = _last.get(session.wanted_language())
    if kept is not None and kept[0] is whole and _still_spoken(kept[1]):
        return kept[1]
    chosen, left = chosen_items(whole), undecided(whole)
    spoken = {
        framework: session.spoken(framework)
        for framework in dict.fromkeys(item.framework for item in (*chosen, *left))
    }
    found = Portfolio(_speaking(chosen, spoken), _speaking(left, spoken), spoken)
    _last[session.wanted_language()] = whole, found
    return found


def _still_spoken(found: Portfolio) -> bool:
    return all(session.spoken(one) is spoken for one, spoken in found.frameworks.items())


def _speaking(
    items: tuple[PortfolioItem, ...], spoken: Mapping[Framework, Framework]
) -> tuple[PortfolioItem, ...]:
    return tuple(
        item
        if spoken[item.framework] is item.framework
        else replace(item, framework=spoken[item.framework])
        for item in items
    )
