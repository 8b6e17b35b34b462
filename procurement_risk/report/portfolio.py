"""What the portfolio adds to a page about one purchase."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class UpstreamShare:
    """How much of the portfolio rests on one upstream model.

    Attributes:
        model: The model's name.
        purchases: How many purchases rest on it.
        of: How many purchases there are.
        of_value: Their share of committed value, 0 to 1; None where no value is known.
        of_value_if_scaled: The same if the pilots scale; None where that changes nothing.
    """

    model: str
    purchases: int
    of: int
    of_value: Fraction | None = None
    of_value_if_scaled: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioFacts:
    """What the portfolio says about one purchase.

    Attributes:
        upstreams: A share for each model underneath it.
        similar: Other purchases for the same need, each as a title with its buyer.
    """

    upstreams: tuple[UpstreamShare, ...] = ()
    similar: tuple[str, ...] = ()
