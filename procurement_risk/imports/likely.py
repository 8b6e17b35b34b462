"""Who on file the suppliers of what is brought in are likely, said with each report."""

from __future__ import annotations

from procurement_risk.assessment import Supplier
from procurement_risk.language import _
from procurement_risk.portfolio.twins import REASONS, likely_twins
from procurement_risk.storage import Store

MOST_LOOKED = 200
"""How many suppliers of one import are compared with those on file."""


class LikelyTwins:
    """Says it once for each supplier, of those that were on file before the import began."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = store.suppliers()
        self._looked: set[Supplier] = set()

    def of(self, supplier: Supplier) -> str:
        """Return a sentence about the likeliest, or empty: none, told before, or too many."""
        if supplier in self._looked or len(self._looked) >= MOST_LOOKED:
            return ""
        self._looked.add(supplier)
        meant = self._store.meant_suppliers(supplier)
        numbers = supplier.spelling.numbers
        found = likely_twins([supplier.name], numbers, self._known, meant)
        if not found:
            return ""
        return _(
            "{supplier} may be {other}, which is on file: it has {reason}. They stay apart "
            "unless somebody joins them on the Supplier page."
        ).format(
            supplier=supplier.name,
            other=found[0].supplier.name,
            reason=_(REASONS[found[0].reason]),
        )
