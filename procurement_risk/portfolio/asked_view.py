"""What the database tells of a part of a portfolio: its first screen in short, and its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from procurement_risk.portfolio.first_screen import View
from procurement_risk.portfolio.headlines import Headlines
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.narrowing import Narrowing
from procurement_risk.portfolio.neighbours import with_neighbours
from procurement_risk.portfolio.part_of_list import Part, part_of
from procurement_risk.portfolio.portfolio_list import About
from procurement_risk.portfolio.same import folded
from procurement_risk.portfolio.several import Several
from procurement_risk.portfolio.totals import NO_RECOMMENDATION, Filters
from procurement_risk.portfolio.waiting import ahead
from procurement_risk.storage import Store
from procurement_risk.storage.purchase_lines import SHOWN, Sought

KIND = ("state", "recommendation", "decided")
"""What tells behind which headline a purchase stands, but for what is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlinesInShort(Headlines):
    """Headlines of which only the first of each are read; ``numbers`` are of what is asked."""

    numbers: tuple[int, int] = (0, 0)

    def ready_and_late(self) -> tuple[int, int]:
        """Return how much of what is asked can be decided now, and how much is late."""
        return self.numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedView(View):
    """A view of which the items are read when a tab asks for them.

    Attributes:
        sought: Which looks it is a view of.
        kinds: Which purchases stand behind each headline but what is asked: their ``KIND``.
    """

    sought: Sought
    kinds: Mapping[About, frozenset[tuple[str, ...]]]
    few: tuple[Several, ...]
    hanging: tuple[Several, ...]

    @property
    def sellers(self) -> Sequence[PortfolioItem]:
        """The purchases, those of one supplier and name as one."""
        return self.hanging

    @property
    def rated(self) -> Sequence[PortfolioItem]:
        """The purchases, those of one tier as one."""
        return self.few

    def part(
        self,
        store: Store,
        about: About | None,
        narrowing: Narrowing,
        words: str,
        limit: int,
        offset: int = 0,
    ) -> Part:
        """Return a part of the list, or of what stands behind a headline."""
        found = self.plain_part(store, about, narrowing, words, limit, offset)
        return Part(with_neighbours(store, found.rows), found.start, found.total)

    def number(self, store: Store, about: About | None) -> int:
        """Return how long that list is."""
        return self.plain_part(store, about, Narrowing(), "", 0).total

    def plain_part(
        self,
        store: Store,
        about: About | None,
        narrowing: Narrowing,
        words: str,
        limit: int,
        offset: int = 0,
    ) -> Part:
        """Return the same without what only its neighbours tell of a row."""
        among = replace(self.sought, places=SHOWN)
        if about == "asked":
            among = replace(among, is_asked=True)
        elif about is not None:
            among = replace(among, places=("counted",), alike=(KIND, self.kinds[about]))
        found = part_of(store, narrowing, self.sought.day, limit, offset, words=words, among=among)
        return found or Part([], offset, 0)


def sought_by(filters: Filters, day: str) -> Sought:
    """Return what the filters ask for, as the columns have it."""
    return Sought(
        buyers=frozenset(map(folded, filters.buyers)),
        capabilities=frozenset(map(folded, filters.capabilities)),
        owners=frozenset(map(folded, filters.owners)),
        models=frozenset(map(folded, filters.models)),
        suppliers=filters.suppliers,
        tiers=filters.tiers,
        recommendations=frozenset(
            "" if each == NO_RECOMMENDATION else each for each in filters.decisions
        ),
        states=filters.states,
        dues=filters.dues,
        since=filters.since,
        until=filters.until,
        day=day,
        ahead=ahead(day),
    )
