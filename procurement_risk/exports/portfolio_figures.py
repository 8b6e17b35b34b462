"""From the items of a portfolio to the figures of its leadership page.

items, day -> PortfolioFigures -> leadership_portfolio.pdf, .html
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from procurement_risk.assessment.overdue import is_proposed_late
from procurement_risk.assessment.words import mitigation_status
from procurement_risk.canonical import digest_of
from procurement_risk.charts.portfolio_decisions import GRAVEST_FIRST
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.concentration import KINDS, Kind, concentration
from procurement_risk.portfolio.items import EVIDENCE, Condition, PortfolioItem, item_to_document
from procurement_risk.portfolio.totals import (
    dates_ahead,
    decision_of,
    duplicates,
    grouped,
    money,
    overdue,
    stale,
    stopped,
)
from procurement_risk.report.portfolio import (
    Barred,
    Coming,
    Concentration,
    DecisionCount,
    Holding,
    Overdue,
    PortfolioFigures,
    Repeated,
)

Items = Sequence[PortfolioItem]


def figures_of(items: Items, day: str, scope: str = "") -> PortfolioFigures:
    """Return what the leadership page says of ``items``, the one that counts of each purchase.

    Args:
        items: In the language in use.
        day: From which dates are looked at, as an ISO text.
        scope: Which purchases these are, in words; empty where they are all there are.
    """
    sums, old = money(items), stale(items, day)
    weights = [sum(item.evidence[place] for item in items) for place in range(len(EVIDENCE))]
    total = sum(weights)
    return PortfolioFigures(
        as_of=day,
        scope=scope,
        fictional=any(item.fictional for item in items),
        purchases=len(items),
        committed=sums.committed,
        if_scaled=sums.scaled,
        value_unknown=sums.unknown,
        decisions=_decisions(items),
        barred=tuple(
            Barred(purchase=i.purchase.title, buyer=i.purchase.buyer, why=_why(i))
            for i in stopped(items)
        ),
        concentrations=tuple(_spread(items, kind) for kind in KINDS),
        repeated=tuple(
            Repeated(
                capability=each.capability,
                paid=len(each.paid),
                committed=money(each.paid).committed,
                others=len(each.free) + len(each.unknown),
            )
            for each in duplicates(items)
        ),
        coming=tuple(
            Coming(
                date=each.day,
                what=portfolio_words.date_label(each.kind),
                purchase=each.item.purchase.title,
            )
            for each in dates_ahead(items, day)
        ),
        overdue=_overdue(items, day),
        proposed_late=len(overdue(items, day, is_proposed_late)),
        strong=Fraction(weights[3] + weights[4], total) if total else None,
        open=Fraction(weights[5], total) if total else None,
        stale=len(old),
        triggers=sum(not trigger.resolved_at for item in items for trigger in item.triggers),
        digest=digest_of([item_to_document(item) for item in items]),
    )


def _decisions(items: Items) -> tuple[DecisionCount, ...]:
    found = grouped(items, decision_of)
    return tuple(
        DecisionCount(
            recommendation=each, purchases=len(found[each]), committed=money(found[each]).committed
        )
        for each in GRAVEST_FIRST
        if each in found
    )


def _why(item: PortfolioItem) -> str:
    """Return the questions that stop it in full, else its worst section; and what was decided."""
    stops = [f"{name}: {item.framework.by_id[name].ask}" for name in item.stops]
    reasons = stops or [portfolio_words.stop_words(item)]
    return " · ".join(filter(None, [*reasons, portfolio_words.decided_words(item)]))


def _spread(items: Items, kind: Kind) -> Concentration:
    found = concentration(items, kind)
    return Concentration(
        kind=portfolio_words.kind_label(kind),
        holdings=tuple(
            Holding(
                name=group.name,
                purchases=len(group.items),
                of_value=found.share(group, "committed"),
                of_value_if_scaled=found.share(group, "scaled"),
            )
            for group in found.groups
        ),
        index=found.hhi("committed"),
        effective=found.effective("committed"),
    )


def _overdue(items: Items, day: str) -> tuple[Overdue, ...]:
    return tuple(
        Overdue(
            condition=f"{each.condition.question}: {_clause(each.condition)}",
            purchase=each.item.purchase.title,
            owner=each.condition.owner,
            due=each.condition.due,
        )
        for each in overdue(items, day)
    )


def _clause(condition: Condition) -> str:
    return condition.clause or mitigation_status(condition.status)
