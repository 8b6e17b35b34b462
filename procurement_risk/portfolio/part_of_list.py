"""A part of the list, narrowed and sorted by the database rather than in memory.

    Narrowing, day ── part_of ──> the rows of one page, and how many there are

It gives what ``Narrowing.of`` gives over every row; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from procurement_risk.assessment import WORKFLOW_STATES
from procurement_risk.framework import DECISIONS, Framework
from procurement_risk.framework.versions.whose import marked
from procurement_risk.framework.words import version_words
from procurement_risk.portfolio.finding import asked_in, shows
from procurement_risk.portfolio.items import Span
from procurement_risk.portfolio.kept import MADE_BY, made_item, make_lines, told
from procurement_risk.portfolio.narrowing import ANY, LAST, TURNED, Narrowing
from procurement_risk.portfolio.unscored import unread_of
from procurement_risk.portfolio.waiting import ahead
from procurement_risk.portfolio.words import recommended_of, stakes_of
from procurement_risk.portfolio.worklist import Row, row_of, unscored_row
from procurement_risk.storage import Store
from procurement_risk.storage.kept_outcomes import Outcome
from procurement_risk.storage.outcome_lines import Kind, Wanted, Word
from procurement_risk.storage.people.acting import behind, sees_all
from procurement_risk.storage.purchase_lines import Sought

Kinds = Mapping[Kind, Framework | None]
"""The kinds of lines there are; of those that are not scored the questionnaire is left out."""
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


_known: WeakKeyDictionary[Store, tuple[tuple[int, int], Kinds | None]] = WeakKeyDictionary()
"""The kinds of each store, for whoever sees all of it, and when they were asked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a part, the place of the first of them, and how many there are in all."""

    rows: list[Row]
    start: int
    total: int


def part_of(
    store: Store,
    narrowing: Narrowing,
    day: str,
    limit: int,
    offset: int = 0,
    after: str = "",
    words: str = "",
    among: Sought | None = None,
) -> Part | None:
    """Return a part of the list; None where it has to be narrowed in memory: see ``kinds_of``.

    Args:
        store: Which.
        narrowing: What was chosen.
        day: Today.
        limit: How many rows at the most.
        offset: How many rows of what is left stand before it.
        after: The assessment behind which it begins, if that is still among them.
        words: Each is to stand in the row, or in the assessment.
        among: Only looks that stand for purchases of these.
    """
    kinds = kinds_of(store)
    if kinds is None:
        return None
    chosen = {name: said for name, said in narrowing.chosen.items() if said != ANY}
    found, start, total = store.listed(
        Wanted(
            equal={name: _id(name, chosen[name]) for name in EQUAL if name in chosen},
            kinds=_kinds(kinds, chosen),
            model=chosen.get("model"),
            words=words_in(store, kinds, words),
            among=among,
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
    return Part(_rows(store, found, day), start, total)


def kinds_of(store: Store) -> Kinds | None:
    """Return the kinds of lines there are, or None.

    That is where many outcomes are still to be made, as after an upgrade, or where a
    questionnaire that assessments rest on can no longer be read.
    """
    whole = behind(store)
    if not make_lines(whole):
        return None
    if not sees_all(store):
        return store.listed_kinds()
    stand, known = whole.lines_stamp(MADE_BY), _known.get(whole)
    if known is None or known[0] != stand:
        known = _known[whole] = stand, store.listed_kinds()
    return known[1]


def _rows(store: Store, found: Mapping[str, Outcome | None], day: str) -> list[Row]:
    foreign, made = behind(store).foreign(), dict[str, Row]()
    for name, each in found.items():
        item = None if each is None else made_item(each)
        if item is not None:
            made[name] = row_of(told(item, foreign), day)
    others = [name for name in found if name not in made]
    if others:
        made |= {row.id: row for row in unscored_rows(store, others)}
    return [made[name] for name in found if name in made]


def unscored_rows(store: Store, ids: Sequence[str]) -> list[Row]:
    """Return the rows of assessments that cannot be scored, or not be read: each says so."""
    here = behind(store).summaries(ids)
    damaged, coming = unread_of(store, here)
    return [unscored_row(each, damaged.get(each.id), is_coming=each.id in coming) for each in here]


def _id(name: str, said: str) -> str:
    """Return what stands in the column: where nothing is recommended, nothing does."""
    return "" if (name, said) == ("recommendation", "none") else said


def _kinds(kinds: Kinds, chosen: Mapping[str, str]) -> list[Kind] | None:
    tier, version = chosen.get("tier"), chosen.get("version")
    if tier is None and version is None:
        return None
    return [
        kind
        for kind, framework in kinds.items()
        if tier in (None, tier_of(kind, framework))
        and version in (None, former_of(framework), questionnaire_of(framework))
    ]


def _ranks(kinds: Kinds, sort: str) -> Mapping[Any, int]:
    if sort in RANKED:
        return {name: place for place, name in enumerate(RANKED[sort])}
    if COLUMNS[sort] != "kind":
        return {}
    said = {
        kind: (tier_of(kind, framework) if sort == "tier" else questionnaire_of(framework)) or LAST
        for kind, framework in kinds.items()
    }
    places = {words: place for place, words in enumerate(sorted(set(said.values())))}
    return {kind: places[words] for kind, words in said.items()}


def questionnaire_of(framework: Framework | None) -> str:
    """Return what a row calls its questionnaire; empty where it is not scored."""
    return "" if framework is None else version_words(framework)


def former_of(framework: Framework | None) -> str:
    """Return what an address of old may say of it: see ``narrowing.FORMER``."""
    return "" if framework is None else framework.version


def words_in(store: Store, kinds: Kinds, text: str) -> list[Word]:
    """Return the words of ``text``, each with the rows whose words for the result it stands in."""
    asked = asked_in(text)
    if not asked:
        return []
    foreign = behind(store).foreign()
    said = {
        (kind, name): marked(
            recommended_of(framework, name, _span(kind.level_low, kind.level_high)),
            foreign=kind.framework_digest in foreign,
        ).lower()
        for kind, framework in kinds.items()
        if framework is not None
        for name in (*DECISIONS, "not_ready", "")
    }
    unscored = unscored_rows(store, store.listed_unscored())
    found = []
    for word in asked:
        recommended: dict[Kind, list[str]] = {}
        for (kind, name), words in said.items():
            if word.lower() in words:
                recommended.setdefault(kind, []).append(name)
        ids = [row.id for row in unscored if shows(row, word)]
        found.append(Word(text=word, recommended=recommended, ids=ids))
    return found


def tier_of(kind: Kind, framework: Framework | None) -> str:
    """Return the tier or level of a kind of lines in words; empty where it is not scored."""
    if framework is None:
        return ""
    tier, level = _span(kind.tier_low, kind.tier_high), _span(kind.level_low, kind.level_high)
    return stakes_of(framework, tier, level)


def _span(low: int | None, high: int | None) -> Span | None:
    return None if low is None or high is None else Span(low, high)
