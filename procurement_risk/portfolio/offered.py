"""What the filters of a portfolio offer, from its items, counted as often as each stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from procurement_risk.framework import Framework
from procurement_risk.portfolio.items import PortfolioItem, Span
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.same import models_of
from procurement_risk.portfolio.totals import decision_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Offered:
    """What there is to choose from, with how often it comes.

    Attributes:
        sellers: The items, where it is asked who sells; one may stand for several.
        bodies, capabilities, models, owners: As they are written.
        tiers: With the questionnaire whose tiers they are.
        decisions, states: As the items have them.
        fictional: Whether something among them is made up.
        foreign: How many rest on a questionnaire that is not known here.
    """

    sellers: tuple[PortfolioItem, ...]
    bodies: Counter[str]
    capabilities: Counter[str]
    models: Counter[str]
    owners: Counter[str]
    tiers: Counter[tuple[Framework, Span | None]]
    decisions: Collection[str]
    states: Collection[str]
    fictional: bool
    foreign: int


@once
def offered_of(items: tuple[PortfolioItem, ...]) -> Offered:
    """Return what ``items`` may be narrowed to."""
    return Offered(
        sellers=items,
        bodies=Counter(item.purchase.buyer for item in items),
        capabilities=Counter(item.purchase.capability for item in items),
        models=models_in(items),
        owners=Counter(item.owner for item in items),
        **few_in(items),
    )


def models_in(items: Sequence[PortfolioItem]) -> Counter[str]:
    """Return how often each model is named."""
    found: Counter[str] = Counter()
    for item in items:
        for name in models_of(item):
            found[name] += item.times
    return found


def few_in(items: Sequence[PortfolioItem]) -> dict[str, Any]:
    """Return what of ``Offered`` has few values."""
    tiers: Counter[tuple[Framework, Span | None]] = Counter()
    for item in items:
        tiers[item.framework, item.tier] += item.times
    return {
        "tiers": tiers,
        "decisions": {decision_of(item) for item in items},
        "states": {item.state for item in items},
        "fictional": any(item.fictional for item in items),
        "foreign": sum(item.times for item in items if item.foreign),
    }
