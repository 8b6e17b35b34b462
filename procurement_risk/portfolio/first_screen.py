"""What the first screen of a portfolio says, worked out from its purchases.

census, day ── view_of ──> View      beside it ``asked_portfolio``, which asks the database
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from procurement_risk.portfolio.census import Census, CensusInShort
from procurement_risk.portfolio.concentration import Concentration, concentration
from procurement_risk.portfolio.headlines import Headlines, headlines
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.portfolio_list import About
from procurement_risk.portfolio.totals import Duplicate, Money, duplicates, money

FIRST: Mapping[About, int] = {"asked": 3, "against": 2, "ahead": 0, "barred": 2, "refused": 2}
"""How many of each are named on the first screen; all of them stand in the list."""
FIRST_DUPLICATES, FIRST_OF_EACH = 2, 6
"""How many of what is bought more than once are named, and how many purchases of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the filters let through, with what the first screen says of it.

    Attributes:
        whole: Gives each of the purchases.
    """

    census: Census | CensusInShort
    sums: Money
    headlines: Headlines
    models: Concentration
    suppliers: Concentration
    duplicates: tuple[Duplicate, ...]
    whole: Callable[[], Census]

    @property
    def items(self) -> Sequence[PortfolioItem]:
        """The one assessment by which each purchase counts."""
        return self.whole().counted

    @property
    def sellers(self) -> Sequence[PortfolioItem]:
        """The same, where it is asked who sells; one may stand for several."""
        return self.items

    @property
    def rated(self) -> Sequence[PortfolioItem]:
        """The same, where it is asked for tiers."""
        return self.items

    @property
    def purchases(self) -> int:
        """How many purchases there are, those with the supplier open too."""
        return len(self.census.counted) + len(self.census.supplier_open)


def view_of(found: Census, day: str) -> View:
    """Return what the first screen says of what ``found`` holds."""
    items = found.counted
    return View(
        census=found,
        sums=money(items),
        headlines=headlines(items, found.supplier_open, day),
        models=concentration(items, "model"),
        suppliers=concentration(items, "supplier"),
        duplicates=duplicates(items),
        whole=lambda: found,
    )
