"""What the list may be narrowed to, from its rows or asked of the database.

rows         ── choices_of ──>
                              Choices: the values of each facet, in the order they are offered in
store, day   ── choices_in ──>
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from procurement_risk.assessment import WORKFLOW_STATES
from procurement_risk.framework import DECISIONS
from procurement_risk.language import current
from procurement_risk.portfolio.narrowing import ANY, DUE, FACETS, FORMER, LAST, values
from procurement_risk.portfolio.part_of_list import (
    former_of,
    kinds_of,
    questionnaire_of,
    tier_of,
    unscored_rows,
)
from procurement_risk.portfolio.waiting import ahead
from procurement_risk.portfolio.worklist import Row
from procurement_risk.storage import Store
from procurement_risk.storage.outcome_lines import Wanted
from procurement_risk.storage.people.acting import behind, sees_all

ORDERS: Mapping[str, Sequence[str]] = {
    "recommendation": DECISIONS,
    "state": WORKFLOW_STATES,
    "due": tuple(DUE),
    "progress": ("none", "some", "all"),
}
"""The facets whose values have an order of their own; the others stand by their letters."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from.

    Attributes:
        values: The values of each facet, in order.
        former: What an address of old may say beside them, by facet.
        unscored: The rows of what cannot be scored or read.
        total: How many assessments there are.
    """

    values: Mapping[str, Sequence[str]]
    former: Mapping[str, Collection[str]]
    unscored: Sequence[Row]
    total: int

    def knows(self, name: str, said: str) -> bool:
        """Whether there is something for which a facet is ``said``."""
        return said != ANY and (said in self.values[name] or said in self.former.get(name, ()))


def choices_of(rows: Sequence[Row]) -> Choices:
    """Return what ``rows`` may be narrowed to."""
    return Choices(
        {name: _ordered(name, {e for row in rows for e in values(name, row)}) for name in FACETS},
        {name: {of(row) for row in rows} for name, of in FORMER.items()},
        [row for row in rows if row.is_damaged or not row.is_scored],
        len(rows),
    )


_kept: WeakKeyDictionary[Store, tuple[object, Choices]] = WeakKeyDictionary()


def choices_in(store: Store, day: str) -> Choices | None:
    """Return what the list of a store may be narrowed to; None where it is narrowed in memory.

    For whoever sees everything it is asked of the database once until something changes; for
    others each time, since what they see changes with more than assessments.
    """
    kinds = kinds_of(store)
    if kinds is None:
        return None
    whole = behind(store)
    stand = whole.stamp(), whole.foreign(), day, current()
    kept = _kept.get(whole) if sees_all(store) else None
    if kept is not None and kept[0] == stand:
        return kept[1]
    found = store.listed_values(Wanted(day=day, ahead=ahead(day)))
    told = {
        **found.columns,
        "recommendation": {each or "none" for each in found.columns["recommendation"]},
        "model": found.models,
        "tier": {tier_of(kind, framework) for kind, framework in kinds.items()},
        "version": {questionnaire_of(framework) for framework in kinds.values()},
    }
    made = Choices(
        {name: _ordered(name, told[name]) for name in FACETS},
        {"version": {former_of(framework) for framework in kinds.values()}},
        unscored_rows(store, found.unscored),
        found.total,
    )
    if sees_all(store):
        _kept[whole] = stand, made
    return made


def _ordered(name: str, found: Iterable[str]) -> list[str]:
    by_letters = sorted(found, key=str.casefold)
    if name == "version":
        return sorted(by_letters, key=lambda value: value or LAST)
    order = ORDERS.get(name)
    if order is None:
        return by_letters
    places = {each: place for place, each in enumerate(order)}
    return sorted(by_letters, key=lambda value: places.get(value, len(places)))
