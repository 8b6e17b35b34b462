"""What the portfolio says about one purchase. Shares run from 0 to 1; None where not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from procurement_risk.language import _, current
from procurement_risk.portfolio.census import chosen_items
from procurement_risk.portfolio.concentration import Concentration, concentration
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.same import folded


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


def facts_of(items: Iterable[PortfolioItem], assessment_id: str) -> PortfolioFacts | None:
    """Return what ``items``, those of all assessments, say about one.

    The purchase counts by this very assessment, as though its supplier were chosen: a bid shows
    what would rest on its model. None where the assessment is not among ``items``, as an archived
    one is not, or where it is about no purchase.
    """
    everything = items if isinstance(items, tuple) else tuple(items)
    own = next((item for item in everything if item.id == assessment_id), None)
    if own is None or own.framework.subject != "purchase":
        return None
    chosen = chosen_items(everything)
    others = [i for i in chosen if i.purchase.id != own.purchase.id]
    rests = any(each.kind == "model" for each in own.upstreams)
    counts = any(each is own for each in chosen)
    models = _models(chosen if counts else (own, *others), shared=counts) if rests else None
    return PortfolioFacts(
        upstreams=tuple(_shares(own, models)) if models else (),
        similar=tuple(_similar(own, others)),
    )


_Last = tuple[tuple[PortfolioItem, ...], str, Concentration]
_last: _Last | None = None


def _models(items: tuple[PortfolioItem, ...], *, shared: bool) -> Concentration:
    """Return on which models ``items`` rest; worked out once where many purchases share them."""
    global _last
    last = _last
    if shared and last is not None and last[0] is items and last[1] == current():
        return last[2]
    found = concentration(items, "model")
    if shared:
        _last = items, current(), found
    return found


def _shares(own: PortfolioItem, models: Concentration) -> Iterator[UpstreamShare]:
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
