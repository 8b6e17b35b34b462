"""The items of all looks at some purchases, read for them alone.

store, ids of assessments ── items_beside ──> the items of those, and of others of their purchases
"""

from __future__ import annotations

from collections.abc import Collection

from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.kept import MADE_BY, made_item, told
from procurement_risk.storage import Store
from procurement_risk.storage.people.acting import behind


def items_beside(store: Store, ids: Collection[str]) -> dict[str, PortfolioItem]:
    """Return each item by its id; what is set aside, or cannot be scored, has none."""
    foreign = behind(store).foreign()
    return {
        name: told(item, foreign)
        for name, (supplier, made) in store.listed_beside(list(ids), MADE_BY).items()
        if (item := made_item(made, supplier)) is not None
    }
