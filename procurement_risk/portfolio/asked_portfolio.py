"""The first screen of a large portfolio and its list, asked of the database.

    store ── is_asked ──> whether it may be asked; then every look stands beside its purchase
          ── AskedPortfolio ──> what the filters offer, and a View through some of them

The database puts together what is alike; the figures of that are told by the same rules as those
of single items. A test holds both together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from procurement_risk.framework import Framework
from procurement_risk.portfolio import kept
from procurement_risk.portfolio.alike_purchases import MOST, AlikePurchases
from procurement_risk.portfolio.asked_view import KIND, AskedView, HeadlinesInShort, sought_by
from procurement_risk.portfolio.brief import with_changes
from procurement_risk.portfolio.census import Census, CensusInShort, SupplierOpen
from procurement_risk.portfolio.concentration import concentration
from procurement_risk.portfolio.first_screen import FIRST, FIRST_DUPLICATES, FIRST_OF_EACH
from procurement_risk.portfolio.headlines import READY, Asked, headlines
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.offered import Offered, few_in, models_in
from procurement_risk.portfolio.part_of_list import kinds_of
from procurement_risk.portfolio.portfolio_list import About
from procurement_risk.portfolio.same import folded, times_of
from procurement_risk.portfolio.several import Several, Some
from procurement_risk.portfolio.totals import (
    Duplicate,
    Filters,
    duplicates,
    money,
)
from procurement_risk.portfolio.waiting import ahead
from procurement_risk.storage import Store
from procurement_risk.storage.people.acting import behind
from procurement_risk.storage.purchase_lines import SHOWN, Sought


class AskedPortfolio:
    """A portfolio as the database has it now."""

    def __init__(
        self, store: Store, day: str, spoken: Callable[[Framework], Framework] = lambda each: each
    ) -> None:
        self.store, self.day = store, day
        self._every = Sought(day=day, ahead=ahead(day))
        self._foreign, self._spoken = behind(store).foreign(), spoken
        kinds = kinds_of(store) or {}
        own = {kind.framework_digest: each for kind, each in kinds.items() if each is not None}
        self._own, self._frameworks = own, {name: spoken(each) for name, each in own.items()}
        self._views: dict[Filters, AskedView] = {}
        self._alike = AlikePurchases(store, self._frameworks, self._every)

    def is_spoken(self, spoken: Callable[[Framework], Framework]) -> bool:
        """Whether its questionnaires are still what ``spoken`` makes of them."""
        return all(spoken(each) is self._frameworks[name] for name, each in self._own.items())

    @property
    def is_whole(self) -> bool:
        """Whether the database knows of each look by which supplier it is."""
        return all(
            each.supplier_id for of in self._alike.hanging(self._every).values() for each in of
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self._shown

    @cached_property
    def _shown(self) -> list[Several]:
        return [each for place in SHOWN for each in self._alike.few(self._every)[place]]

    @cached_property
    def offered(self) -> Offered:
        """What the filters offer."""
        sellers = tuple(each for of in self._alike.hanging(self._every).values() for each in of)
        return Offered(
            sellers=sellers,
            bodies=self._alike.named("buyer"),
            capabilities=times_of(
                (each.purchase.capability, each.times)
                for of in self._alike.tagged(self._every).values()
                for each in of
            ),
            models=models_in(sellers),
            owners=self._alike.named("owner"),
            **few_in(self._shown),
        )

    def view(self, filters: Filters, whole: Callable[[], Census]) -> AskedView:
        """Return what ``filters`` let through; ``whole`` reads that into memory."""
        if filters not in self._views:
            self._views[filters] = self._view(filters, whole)
        for old in list(self._views)[:-MOST]:
            del self._views[old]
        return self._views[filters]

    def _view(self, filters: Filters, whole: Callable[[], Census]) -> AskedView:
        sought = sought_by(filters, self.day)
        few = self._alike.few(sought)
        hanging = self._alike.hanging(sought)["counted"]
        found, kinds = self._headlines(few, sought)
        return AskedView(
            census=CensusInShort(
                counted=_some(few["counted"]),
                supplier_open=_some(few["open"], sum(e.times for e in few["newest"])),
                closed=_some(few["closed"]),
                unbought=_some(few["unbought"]),
            ),
            sums=money(tuple(few["counted"])),
            headlines=found,
            models=concentration(hanging, "model"),
            suppliers=concentration(hanging, "supplier"),
            duplicates=self._duplicates(sought),
            sought=sought,
            kinds=kinds,
            few=tuple(few["counted"]),
            hanging=hanging,
            whole=whole,
        )

    def _headlines(
        self, few: Mapping[str, Sequence[Several]], sought: Sought
    ) -> tuple[HeadlinesInShort, dict[About, frozenset[tuple[str, ...]]]]:
        """Return the headlines, and which kinds of purchases stand behind each of them."""
        told = headlines(few["counted"], (), self.day)
        alike: dict[About, Sequence[PortfolioItem]] = {
            "against": told.against,
            "ahead": told.ahead,
            "barred": told.barred,
            "refused": told.refused,
        }
        kinds = {name: frozenset(map(_kind, each)) for name, each in alike.items()}
        found: dict[str, Some[PortfolioItem]] = {}
        for name, each in alike.items():
            wanted = replace(sought, places=("counted",), alike=(KIND, kinds[name]))
            first = self._first(wanted, FIRST[name]) if each else ()
            found[name] = _some(each, first=first)
        asked, numbers = self._asked(replace(sought, places=SHOWN, is_asked=True))
        return HeadlinesInShort(asked=asked, numbers=numbers, **found), kinds

    def _asked(self, sought: Sought) -> tuple[Some[Asked], tuple[int, int]]:
        """Return what is asked, and how much of it can be decided now, and is late."""
        groups = self.store.purchases_alike(("asked", "is_late"), sought, is_number=True)
        ready = sum(each.number for each in groups if each.values[0] in READY)
        late = sum(each.number for each in groups if each.values[1])
        ids = self.store.purchases_first(sought, FIRST["asked"], READY)
        bids = set(self.store.purchases_bids(ids))
        items = self._items({*ids, *bids})
        first: list[Asked] = []
        for item in filter(None, map(items.get, ids)):
            beside = (items[each] for each in sorted(bids & items.keys()))
            same = tuple(bid for bid in beside if bid.purchase.id == item.purchase.id)
            if item.id in bids:
                first += headlines((), (SupplierOpen(same),), self.day).asked
            else:
                first += headlines((item,), (), self.day).asked
        number = sum(each.number for each in groups)
        return Some(number, tuple(first)), (ready, late)

    def _duplicates(self, sought: Sought) -> tuple[Duplicate, ...]:
        counted = replace(sought, places=("counted",))
        found = duplicates(self._alike.tagged(sought)["counted"])
        named = (
            replace(each, named=self._first(_with(counted, each.capability), FIRST_OF_EACH))
            for each in found[:FIRST_DUPLICATES]
        )
        return (*named, *found[FIRST_DUPLICATES:])

    def _first(self, sought: Sought, limit: int) -> tuple[PortfolioItem, ...]:
        if not limit:
            return ()
        ids = self.store.purchases_first(sought, limit)
        items = self._items(ids)
        return tuple(items[name] for name in ids if name in items)

    def _items(self, ids: Collection[str]) -> dict[str, PortfolioItem]:
        """Return some items in full, by their ids."""
        made = behind(self.store).read_outcomes(kept.MADE_BY, ids=list(ids)).fresh if ids else {}
        found = {}
        for name, outcome in made.items():
            item = kept.made_item(outcome)
            if item is not None:
                spoken = self._spoken(item.framework)
                found[name] = with_changes(kept.told(item, self._foreign), framework=spoken)
        return found


def _some(
    alike: Sequence[PortfolioItem], number: int | None = None, first: tuple[Any, ...] = ()
) -> Some[Any]:
    whole = sum(each.times for each in alike) if number is None else number
    return Some(whole, first, tuple(alike))


def _kind(item: PortfolioItem) -> tuple[str, ...]:
    return item.state, item.recommendation, item.decided.decision if item.decided else ""


def _with(sought: Sought, capability: str) -> Sought:
    return replace(sought, alike=(("capability_key",), frozenset({(folded(capability),)})))
