"""What of the list is shown, and in which order.

Narrowing.of(rows)    the rows that it lets through, in its order
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from procurement_risk.assessment import WORKFLOW_STATES
from procurement_risk.framework import DECISIONS
from procurement_risk.language import N_
from procurement_risk.portfolio.lines import Line
from procurement_risk.portfolio.worklist import Row

Each = TypeVar("Each", Row, Line)
ANY = "any"
LAST = "\uffff"  # sorts behind every name


def _rank(order: Iterable[str], name: str) -> int:
    places = {each: place for place, each in enumerate(order)}
    return places.get(name, len(places))


SORTS: Mapping[str, Callable[[Row | Line], Any]] = {
    "changed": lambda row: row.changed,
    "purchase": lambda row: row.title.casefold(),
    "supplier": lambda row: row.supplier.casefold(),
    "recommendation": lambda row: _rank(DECISIONS, row.decision),
    "tier": lambda row: row.tier or LAST,
    "progress": lambda row: row.answered / row.asked if row.asked else 0.0,
    "state": lambda row: _rank(WORKFLOW_STATES, row.state),
    "due": lambda row: row.due or LAST,
    "owner": lambda row: row.owner.casefold() or LAST,
    "value": lambda row: -1 if row.committed is None else row.committed,
    "version": lambda row: row.questionnaire or LAST,
}
"""What sorts the rows, by what is sorted by. The one changed last stands first."""

TURNED = ("changed", "value")
"""By what the greatest stands first."""


def due_of(row: Row) -> str:
    """Return ``past``, ``ahead`` or ``none``: see ``waiting.due_standing``."""
    if not row.due:
        return "none"
    return "past" if row.is_late else "ahead"


def progress_of(row: Row) -> str:
    """Return ``all``, ``some`` or ``none`` of what is asked."""
    if not row.answered:
        return "none"
    return "all" if row.answered >= row.asked else "some"


FACETS: Mapping[str, Callable[[Row], str | tuple[str, ...]]] = {
    "recommendation": lambda row: row.decision or "none",
    "tier": lambda row: row.tier,
    "state": lambda row: row.state,
    "owner": lambda row: row.owner,
    "supplier": lambda row: row.supplier,
    "model": lambda row: row.models or "",
    "due": due_of,
    "progress": progress_of,
    "version": lambda row: row.questionnaire,
    "kind": lambda row: "fictional" if row.fictional else "real",
}
"""What rows may be chosen by, each with what it is of a row; it may be several things."""

FORMER: Mapping[str, Callable[[Row], str]] = {"version": lambda row: row.version}
"""What an address may also say of a facet, because it did once; it is not offered."""

LABELS: Mapping[str, str] = {
    "changed": N_("Last changed"),
    "purchase": N_("Purchase"),
    "supplier": N_("Supplier"),
    "model": N_("Upstream model"),
    "recommendation": N_("Recommendation"),
    "tier": N_("Tier"),
    "progress": N_("Answered"),
    "state": N_("State"),
    "due": N_("Due"),
    "owner": N_("Owner"),
    "value": N_("Value"),
    "version": N_("Version"),
    "kind": N_("Fictional or real"),
}
"""What each sort and facet is called."""


DUE = {"past": N_("Past its day"), "ahead": N_("Still ahead"), "none": N_("No day set")}
"""What ``due_of`` gives, in words."""


def values(name: str, row: Row) -> tuple[str, ...]:
    """Return what a facet is of a row: one thing or several."""
    found = FACETS[name](row)
    return found if isinstance(found, tuple) else (found,)


def matches(name: str, value: str, row: Row) -> bool:
    """Whether a facet of a row is ``value``, also as an address of old says it."""
    former = FORMER.get(name)
    return value in values(name, row) or (former is not None and value == former(row))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was chosen.

    Attributes:
        chosen: The value wanted of each facet; a facet that is not in it may be anything.
        sort: The name in ``SORTS``.
        is_turned: Whether the order is turned round.
    """

    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = "changed"
    is_turned: bool = False

    def of(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows that it lets through, in its order; of two alike, by their titles."""
        wanted = [(name, value) for name, value in self.chosen.items() if value != ANY]
        found = (row for row in rows if all(matches(name, value, row) for name, value in wanted))
        return self.in_order(found)

    def in_order(self, rows: Iterable[Each]) -> list[Each]:
        """Return all of ``rows`` in its order; of two alike, by their titles."""
        found = sorted(rows, key=lambda row: (row.title.casefold(), row.id))
        turned = self.is_turned != (self.sort in TURNED)
        return sorted(found, key=SORTS[self.sort], reverse=turned)
