"""A part of the list, narrowed and sorted by the database rather than in memory.

    Narrowing, day ── part_of ──> the rows of one page, and how many there are

It gives what ``Narrowing.of`` gives over every row; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from procurement_risk.assessment import WORKFLOW_STATES
from procurement_risk.framework import DECISIONS, Framework
from procurement_risk.framework.words import version_words
from procurement_risk.portfolio.item_documents import item_from_document
from procurement_risk.portfolio.items import Span
from procurement_risk.portfolio.kept import MADE_BY, make_lines
from procurement_risk.portfolio.narrowing import ANY, LAST, TURNED, Narrowing
from procurement_risk.portfolio.waiting import ahead
from procurement_risk.portfolio.words import stakes_of
from procurement_risk.portfolio.worklist import Row, row_of
from procurement_risk.storage import Store
from procurement_risk.storage.outcome_lines import Kind, Wanted
from procurement_risk.storage.people.acting import behind

Kinds = Mapping[Kind, Framework]
COLUMNS = {
    "changed": "changed",
    "purchase": "title_key",
    "supplier": "supplier_key",
    "recommendation": "recommendation",
    "tier": "kind",
    "progress": "progress",
    "state": "state",
    "due": "due",
    "owner": "owner_key",
    "value": "committed",
    "version": "kind",
}
"""By which column the database sorts for each sort of ``narrowing``."""
RANKED = {"recommendation": DECISIONS, "state": WORKFLOW_STATES}
EQUAL = ("state", "owner", "supplier", "recommendation")
"""The facets that are a column as they stand."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a part, the place of the first of them, and how many there are in all."""

    rows: list[Row]
    start: int
    total: int


def part_of(
    store: Store, narrowing: Narrowing, day: str, limit: int, offset: int = 0, after: str = ""
) -> Part | None:
    """Return a part of the list; None where it has to be narrowed in memory.

    That is where outcomes are still to be made, or where an assessment cannot be read or scored.
    """
    if not make_lines(behind(store)):
        return None
    kinds = store.listed_kinds(MADE_BY)
    if kinds is None or not all(each.is_scored for each in kinds):
        return None
    chosen = {name: said for name, said in narrowing.chosen.items() if said != ANY}
    found, start, total = store.listed(
        Wanted(
            equal={name: _id(name, chosen[name]) for name in EQUAL if name in chosen},
            kinds=_kinds(kinds, chosen),
            model=chosen.get("model"),
            due=chosen.get("due", ""),
            progress=chosen.get("progress", ""),
            kind=chosen.get("kind", ""),
            sort=COLUMNS[narrowing.sort],
            ranks=_ranks(kinds, narrowing.sort),
            is_descending=narrowing.is_turned != (narrowing.sort in TURNED),
            day=day,
            ahead=ahead(day),
            after=after,
            offset=offset,
            limit=limit,
        ),
        MADE_BY,
    )
    items = (item_from_document(each.document, each.framework) for each in found.values())
    return Part([row_of(each, day) for each in items], start, total)


def _id(name: str, said: str) -> str:
    """Return what stands in the column: where nothing is recommended, nothing does."""
    return "" if (name, said) == ("recommendation", "none") else said


def _kinds(kinds: Kinds, chosen: Mapping[str, str]) -> list[Kind] | None:
    if not chosen.keys() & {"tier", "version"}:
        return None
    return [
        kind
        for kind, framework in kinds.items()
        if chosen.get("tier", _tier(kind, framework)) == _tier(kind, framework)
        and chosen.get("version", framework.version)
        in (framework.version, version_words(framework))
    ]


def _ranks(kinds: Kinds, sort: str) -> Mapping[Any, int]:
    if sort in RANKED:
        return {name: place for place, name in enumerate(RANKED[sort])}
    if COLUMNS[sort] != "kind":
        return {}
    worded: Callable[[Kind, Framework], str] = _tier if sort == "tier" else _version
    told = {kind: worded(kind, framework) or LAST for kind, framework in kinds.items()}
    places = {words: place for place, words in enumerate(sorted(set(told.values())))}
    return {kind: places[words] for kind, words in told.items()}


def _version(_kind: Kind, framework: Framework) -> str:
    return version_words(framework)


def _tier(kind: Kind, framework: Framework) -> str:
    tier, level = (
        None if low is None or high is None else Span(low, high)
        for low, high in ((kind.tier_low, kind.tier_high), (kind.level_low, kind.level_high))
    )
    return stakes_of(framework, tier, level)
