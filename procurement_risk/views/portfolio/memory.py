"""The portfolio in the visit's language, worked out once until something changes in the store.

All visits share what is kept here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from procurement_risk.framework import Framework
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.portfolio.concentration import Concentration, concentration
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.totals import (
    Duplicate,
    Filters,
    Money,
    chosen_items,
    duplicates,
    filtered,
    money,
    stopped,
    undecided,
)
from procurement_risk.views.shared import session


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


@dataclass(frozen=True, slots=True)
class View:
    """What the filters let through, with what the summary says of it."""

    items: tuple[PortfolioItem, ...]
    sums: Money
    stopped: tuple[PortfolioItem, ...]
    models: Concentration
    suppliers: Concentration
    duplicates: tuple[Duplicate, ...]


MOST_VIEWS = 8
_views: dict[tuple[str, Filters], tuple[Portfolio, View]] = {}  # the one asked for last at the end
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


def view(portfolio: Portfolio, filters: Filters) -> View:
    """Return what ``filters`` let through of ``portfolio``, worked out once for each."""
    key = session.wanted_language(), filters
    kept = _views.pop(key, None)
    if kept is None or kept[0] is not portfolio:
        kept = portfolio, _view(filtered(portfolio.items, filters))
    _views[key] = kept
    for old in list(_views)[:-MOST_VIEWS]:
        _views.pop(old, None)
    return kept[1]


def _view(items: tuple[PortfolioItem, ...]) -> View:
    return View(
        items=items,
        sums=money(items),
        stopped=stopped(items),
        models=concentration(items, "model"),
        suppliers=concentration(items, "supplier"),
        duplicates=duplicates(items),
    )


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
