"""The list of a portfolio: which rows it has, and those behind a headline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from procurement_risk.language import N_
from procurement_risk.portfolio.census import Census
from procurement_risk.portfolio.headlines import Headlines
from procurement_risk.portfolio.items import PortfolioItem

About = Literal["asked", "against", "barred", "ahead", "refused"]

ABOUT: dict[About, str] = {
    "asked": N_("Asked of you"),
    "against": N_("Running against advice"),
    "barred": N_("Must not start, undecided"),
    "ahead": N_("Decided against advice, not in life yet"),
    "refused": N_("Decided not to proceed"),
}
"""What stands behind a headline, in words."""

_BEHIND: Mapping[About, Callable[[Headlines], Iterable[PortfolioItem]]] = {
    "asked": lambda found: (each.item for each in found.asked),
    "against": lambda found: found.against,
    "barred": lambda found: found.barred,
    "ahead": lambda found: found.ahead,
    "refused": lambda found: found.refused,
}


def ids_of(census: Census) -> frozenset[str]:
    """Return the assessments that the list shows: a bid each where the supplier is open."""
    bids = (bid for each in census.supplier_open for bid in each.bids)
    return frozenset(item.id for item in (*census.counted, *bids))


def ids_behind(about: About, found: Headlines) -> frozenset[str]:
    """Return the assessments that a headline counts."""
    return frozenset(item.id for item in _BEHIND[about](found))
