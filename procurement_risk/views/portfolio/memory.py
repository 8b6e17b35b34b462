"""The portfolio in the visit's language, worked out once until something changes in the store.

All visits share what is kept here.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from procurement_risk.framework import Framework
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.portfolio.asked_portfolio import AskedPortfolio
from procurement_risk.portfolio.brief import with_changes
from procurement_risk.portfolio.census import Census, SupplierOpen, census
from procurement_risk.portfolio.first_screen import View, view_of
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.kept import MADE_BY
from procurement_risk.portfolio.offered import Offered, offered_of
from procurement_risk.portfolio.settled_purchases import is_asked
from procurement_risk.portfolio.totals import Filters, filtered
from procurement_risk.storage.people.acting import behind, visible
from procurement_risk.views.shared import session


@dataclass(frozen=True, eq=False)
class Portfolio:
    """What the page is about.

    Attributes:
        census: Every purchase, by where it stands.
        frameworks: Those of its assessments, by the version in their first language.
    """

    census: Census
    frameworks: Mapping[Framework, Framework]

    @property
    def items(self) -> tuple[PortfolioItem, ...]:
        """The one assessment by which each purchase counts."""
        return tuple(self.census.counted)

    @cached_property
    def every(self) -> tuple[PortfolioItem, ...]:
        """Those, and every bid where the supplier is open."""
        bids = (bid for each in self.census.supplier_open for bid in each.bids)
        return (*self.items, *bids)

    @property
    def offered(self) -> Offered:
        """What the filters offer."""
        return offered_of(self.every)


MOST_VIEWS = 8
_views: dict[
    tuple[str, Filters, str], tuple[Portfolio, View]
] = {}  # the one asked for last at the end
_last: dict[str, tuple[tuple[PortfolioItem, ...], Portfolio]] = {}  # by language


def portfolio() -> Portfolio:
    """Return the portfolio as the store has it now."""
    whole = portfolio_store.items_of(session.store(), wait=False)
    kept = _last.get(session.wanted_language())
    if kept is not None and kept[0] is whole and _still_spoken(kept[1]):
        return kept[1]
    spoken = {
        framework: session.spoken(framework)
        for framework in dict.fromkeys(item.framework for item in whole)
    }
    found = Portfolio(census(_speaking(whole, spoken)), spoken)
    _last[session.wanted_language()] = whole, found
    return found


_asked: dict[Hashable, AskedPortfolio] = {}
"""Those that were asked for last, each by who sees what of which store, and when."""


def asked() -> AskedPortfolio | None:
    """Return the portfolio as the database tells it; None where it is read into memory."""
    store = session.store()
    if not is_asked(store):
        return None
    whole, key = behind(store), session.wanted_language()
    stand = whole.lines_stamp(MADE_BY), whole.foreign(), visible(store)
    known = (id(whole), key, session.today(), *stand)
    found = _asked.pop(known, None)
    if found is None or not found.is_spoken(session.spoken):
        found = AskedPortfolio(store, session.today(), session.spoken)
    _asked[known] = found
    for old in list(_asked)[:-MOST_VIEWS]:
        _asked.pop(old, None)
    return found if found.is_whole else None


def view(portfolio: Portfolio | AskedPortfolio, filters: Filters) -> View:
    """Return what ``filters`` let through of ``portfolio``, worked out once a day for each."""
    if isinstance(portfolio, AskedPortfolio):
        return portfolio.view(filters, lambda: _read(filters))
    key = session.wanted_language(), filters, session.today()
    kept = _views.pop(key, None)
    if kept is None or kept[0] is not portfolio:
        kept = portfolio, view_of(_narrowed(portfolio.census, filters), session.today())
    _views[key] = kept
    for old in list(_views)[:-MOST_VIEWS]:
        _views.pop(old, None)
    return kept[1]


def _read(filters: Filters) -> Census:
    return view(portfolio(), filters).whole()


def set_aside() -> int:
    """Return how many assessments are set aside: they are in no figure."""
    return len(session.store().summaries(archived=True))


def _narrowed(whole: Census, filters: Filters) -> Census:
    """Return what the filters let through; a purchase with several bids by any of them."""
    if replace(filters, day="") == Filters():
        return whole
    return Census(
        counted=filtered(whole.counted, filters),
        supplier_open=_open(whole.supplier_open, filters),
        closed=filtered(whole.closed, filters),
        unbought=filtered(whole.unbought, filters),
    )


def _open(found: Sequence[SupplierOpen], filters: Filters) -> tuple[SupplierOpen, ...]:
    return tuple(each for each in found if filtered(each.bids, filters))


def _still_spoken(found: Portfolio) -> bool:
    return all(session.spoken(one) is spoken for one, spoken in found.frameworks.items())


def _speaking(
    items: tuple[PortfolioItem, ...], spoken: Mapping[Framework, Framework]
) -> tuple[PortfolioItem, ...]:
    if all(wanted is framework for framework, wanted in spoken.items()):
        return items
    return tuple(
        item
        if spoken[item.framework] is item.framework
        else with_changes(item, framework=spoken[item.framework])
        for item in items
    )
