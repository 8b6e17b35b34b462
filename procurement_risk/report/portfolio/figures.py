"""What the page about the portfolio is made from.

Shares run from 0 to 1. Money is whole pounds; None where it is not known, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from procurement_risk.assessment.overdue import is_proposed_late
from procurement_risk.canonical import digest_of
from procurement_risk.portfolio.census import Census, SupplierOpen, grouped
from procurement_risk.portfolio.concentration import KINDS, Concentration, concentration
from procurement_risk.portfolio.days import DateAhead, Overdue, Stale, dates_ahead, overdue, stale
from procurement_risk.portfolio.headline_words import left_out_words
from procurement_risk.portfolio.headlines import Headlines, headlines
from procurement_risk.portfolio.item_documents import item_to_document
from procurement_risk.portfolio.items import EVIDENCE, PortfolioItem
from procurement_risk.portfolio.totals import (
    GRAVEST_FIRST,
    Duplicate,
    Money,
    decision_of,
    duplicates,
    money,
)
from procurement_risk.portfolio.words import foreign_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioFigures:
    """Everything the leadership page of a portfolio says.

    Attributes:
        as_of: The day it is about.
        digest: A SHA-256 over what was counted: it changes with any figure of any purchase.
        scope: Which purchases are in it, in words; empty where all are.
        fictional: Whether any of it is made up.
        foreign: How many results rest on a questionnaire that is not known here, in words; or
            empty.
        purchases: How many purchases there are.
        sums: What they come to.
        decisions: The purchases by recommendation, the gravest first.
        supplier_open: The purchases whose supplier is not settled; they are among ``purchases``.
        left_out: What is in no figure, in words.
        headlines: What is asked of leadership, and where it went against the advice.
        concentrations: By upstream model first, then by supplier and the rest.
        repeated: Capabilities bought more than once, the largest first.
        coming: Renewals and break dates of the next twelve months, the soonest first.
        overdue: Conditions whose day has passed, the oldest first.
        proposed_late: Those that are only proposed, and past their day.
        strong: Share of weight on independent or checked evidence.
        open: Share of weight without an answer.
        stale: Assessments that are due to be looked at again.
        triggers: How many reasons to look again are open.
    """

    as_of: str
    digest: str
    scope: str = ""
    fictional: bool = False
    foreign: str = ""
    purchases: int = 0
    sums: Money
    decisions: Mapping[str, Sequence[PortfolioItem]] = field(default_factory=dict)
    supplier_open: tuple[SupplierOpen, ...] = ()
    left_out: str = ""
    headlines: Headlines = field(default_factory=Headlines)
    concentrations: tuple[Concentration, ...] = ()
    repeated: tuple[Duplicate, ...] = ()
    coming: tuple[DateAhead, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    proposed_late: tuple[Overdue, ...] = ()
    strong: Fraction | None = None
    open: Fraction | None = None
    stale: tuple[Stale, ...] = ()
    triggers: int = 0


def figures_of(found: Census, day: str, scope: str = "", *, aside: int = 0) -> PortfolioFigures:
    """Return what the leadership page says of the purchases in ``found``.

    Args:
        found: In the language in use.
        day: From which dates are looked at, as an ISO text.
        scope: Which purchases these are, in words; empty where they are all there are.
        aside: How many assessments are set aside.
    """
    items = found.counted
    bids = [bid for each in found.supplier_open for bid in each.bids]
    weights = [sum(item.evidence[place] for item in items) for place in range(len(EVIDENCE))]
    total = sum(weights)
    recommended = grouped(items, decision_of)
    return PortfolioFigures(
        as_of=day,
        digest=digest_of([item_to_document(item) for item in (*items, *bids)]),
        scope=scope,
        fictional=any(item.fictional for item in (*items, *bids)),
        foreign=foreign_words((*items, *bids)),
        purchases=len(items) + len(found.supplier_open),
        sums=money(items),
        decisions={each: recommended[each] for each in GRAVEST_FIRST if each in recommended},
        supplier_open=found.supplier_open,
        left_out=left_out_words(found, aside),
        headlines=headlines(items, found.supplier_open, day),
        concentrations=tuple(concentration(items, kind) for kind in KINDS),
        repeated=duplicates(items),
        coming=dates_ahead(items, day),
        overdue=overdue(items, day),
        proposed_late=overdue(items, day, is_proposed_late),
        strong=Fraction(weights[3] + weights[4], total) if total else None,
        open=Fraction(weights[5], total) if total else None,
        stale=stale(items, day),
        triggers=sum(not trigger.resolved_at for item in items for trigger in item.triggers),
    )
