"""What a page needs to know of the portfolio: plain figures, worked out elsewhere.

    PortfolioFacts    what the portfolio adds to a page about one purchase
    PortfolioFigures  what the page about the portfolio is made from

Shares run from 0 to 1. Money is whole pounds; None where it is not known, never 0.
"""

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
        of_value: Their share of committed value; None where no value is known.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionCount:
    """How many purchases are recommended alike, or are not ready.

    Attributes:
        recommendation: A decision, ``not_ready``, or ``none`` where the method gives none.
        purchases: How many there are.
        committed: What is committed to them, as far as it is known.
    """

    recommendation: str
    purchases: int
    committed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """A purchase that should not go ahead as it stands, and why, in a sentence."""

    purchase: str
    buyer: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """How much of the portfolio hangs on one supplier, group, model or host.

    Attributes:
        name: Its name.
        purchases: How many purchases hang on it.
        of_value: Their share of committed value; None where no value is known.
        of_value_if_scaled: The same if the pilots scale.
    """

    name: str
    purchases: int
    of_value: Fraction | None
    of_value_if_scaled: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """How the portfolio is spread over names of one kind.

    Attributes:
        kind: What kind that is, in the language in use, such as *Upstream model*.
        holdings: The names, in the order in which they are to be shown.
        index: The Herfindahl-Hirschman index by value, up to 10,000; None where none is known.
        effective: How many equal names would be as concentrated; None where that is not known.
    """

    kind: str
    holdings: tuple[Holding, ...]
    index: Fraction | None = None
    effective: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A capability that is bought more than once.

    Attributes:
        capability: Its tag.
        paid: How many purchases commit something.
        committed: What those commit, in whole pounds.
        others: How many commit nothing, or nobody knows what.
    """

    capability: str
    paid: int
    committed: int
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A date in the next twelve months, in words what happens on it, and to which purchase."""

    date: str
    what: str
    purchase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """A condition whose day has passed."""

    condition: str
    purchase: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioFigures:
    """Everything the leadership page of a portfolio says.

    Attributes:
        as_of: The day it is about.
        scope: Which purchases are in it, in words; empty where all are.
        fictional: Whether any of it is made up.
        purchases: How many purchases there are.
        committed: What is committed, as far as it is known.
        if_scaled: The same if the pilots scale.
        value_unknown: Of how many purchases the value is not known.
        decisions: The purchases by recommendation, the gravest first.
        barred: Those that should not go ahead as they stand, the largest first.
        concentrations: By upstream model first, then by supplier and the rest.
        repeated: Capabilities bought more than once, the largest first.
        coming: Renewals and break dates of the next twelve months, the soonest first.
        overdue: Conditions whose day has passed, the oldest first.
        proposed_late: How many are only proposed, and past their day.
        strong: Share of weight on independent or checked evidence.
        open: Share of weight without an answer.
        stale: How many assessments are due to be looked at again.
        triggers: How many reasons to look again are open.
        digest: A SHA-256 over what was counted: it changes with any figure of any purchase.
    """

    as_of: str
    purchases: int
    digest: str
    scope: str = ""
    fictional: bool = False
    committed: int = 0
    if_scaled: int = 0
    value_unknown: int = 0
    decisions: tuple[DecisionCount, ...] = ()
    barred: tuple[Barred, ...] = ()
    concentrations: tuple[Concentration, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    coming: tuple[Coming, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    proposed_late: int = 0
    strong: Fraction | None = None
    open: Fraction | None = None
    stale: int = 0
    triggers: int = 0
