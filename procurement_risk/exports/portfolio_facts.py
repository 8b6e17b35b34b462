"""What the portfolio says about one purchase, for its leadership page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from procurement_risk.assessment import Assessment
from procurement_risk.language import _
from procurement_risk.portfolio.concentration import concentration
from procurement_risk.portfolio.items import PortfolioItem, folded
from procurement_risk.portfolio.totals import chosen_items
from procurement_risk.report import PortfolioFacts, UpstreamShare


def facts_of(items: Iterable[PortfolioItem], assessment: Assessment) -> PortfolioFacts | None:
    """Return what ``items``, those of all assessments, say about this one.

    The purchase counts by this very assessment, as though its supplier were chosen: a bid shows
    what would rest on its model. None where the assessment is not among ``items``, as an archived
    one is not, or where it is about no purchase.
    """
    everything = list(items)
    own = next((item for item in everything if item.id == assessment.id), None)
    if own is None or own.framework.subject != "purchase":
        return None
    others = [i for i in chosen_items(everything) if i.purchase.id != own.purchase.id]
    return PortfolioFacts(
        upstreams=tuple(_shares(own, others)), similar=tuple(_similar(own, others))
    )


def _shares(own: PortfolioItem, others: Sequence[PortfolioItem]) -> Iterator[UpstreamShare]:
    models = concentration([own, *others], "model")
    for group in models.groups:
        if any(item.id == own.id for item in group.items):
            now, scaled = models.share(group, "committed"), models.share(group, "scaled")
            yield UpstreamShare(
                model=group.name,
                purchases=len(group.items),
                of=len(models.stated),
                of_value=now,
                of_value_if_scaled=None if scaled == now else scaled,
            )


def _similar(own: PortfolioItem, others: Sequence[PortfolioItem]) -> Iterator[str]:
    capability = folded(own.purchase.capability)
    for item in others:
        if capability and folded(item.purchase.capability) == capability:
            words = _("{title} ({buyer})")
            yield words.format(title=item.purchase.title, buyer=item.purchase.buyer)
