"""Which looks at a purchase do not count now, and why: for whoever lists them one by one.

items ── looks_apart ──> "ahead" or "earlier", by the id of each that does not count
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from procurement_risk.assessment import UNBOUGHT_STATES
from procurement_risk.assessment.standing import standing
from procurement_risk.language import N_
from procurement_risk.portfolio.census import grouped
from procurement_risk.portfolio.items import PortfolioItem, look_of_item
from procurement_risk.portfolio.same import supplier_keys

Apart = Literal["ahead", "earlier"]

WORDS: Mapping[Apart, str] = {
    "ahead": N_("counts once decided"),
    "earlier": N_("earlier look"),
}


def looks_apart(items: Iterable[PortfolioItem]) -> dict[str, Apart]:
    """Return each look that does not count: ``ahead`` of the one that does, or ``earlier``.

    What was withdrawn or not chosen is not among them: its state says so.
    """
    found = [each for each in items if each.state not in UNBOUGHT_STATES]
    keys = supplier_keys(found)
    apart: dict[str, Apart] = {}
    for looks in grouped(found, lambda item: (item.purchase.id, keys[item.id])).values():
        if len(looks) == 1:
            continue
        counts = look_of_item(standing(looks, look_of_item))
        for look in map(look_of_item, looks):
            if look.id != counts.id:
                apart[look.id] = "ahead" if look.age > counts.age else "earlier"
    return apart
