"""What was promised of each purchase beside what was found, and of how many nothing is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from procurement_risk.assessment import Benefit
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.totals import by_value


@dataclass(frozen=True, slots=True)
class Benefits:
    """The benefits of a portfolio.

    Attributes:
        measures: Each with its purchase, the dearest purchase first.
        measured: Purchases in life of which something was found.
        promised_only: Those of which something was promised, and nothing was found.
        unknown: Those of which neither is on file.
    """

    measures: tuple[tuple[PortfolioItem, Benefit], ...]
    measured: tuple[PortfolioItem, ...]
    promised_only: tuple[PortfolioItem, ...]
    unknown: tuple[PortfolioItem, ...]


@once
def benefits_of(items: Iterable[PortfolioItem]) -> Benefits:
    """Return what was promised and found of ``items``, the purchases that count."""
    ordered = sorted(items, key=by_value)
    live = [item for item in ordered if item.state == "live"]
    return Benefits(
        measures=tuple((item, each) for item in ordered for each in item.benefits),
        measured=tuple(item for item in live if _is_measured(item)),
        promised_only=tuple(i for i in live if i.benefits and not _is_measured(i)),
        unknown=tuple(item for item in live if not item.benefits),
    )


def _is_measured(item: PortfolioItem) -> bool:
    return any(each.found for each in item.benefits)
