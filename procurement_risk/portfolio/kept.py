"""The items of a store, kept up to date: each assessment is scored once for each revision.

Store -> items_of(store) -> every item, as of now
"""

from __future__ import annotations

import gc
import logging
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from procurement_risk.canonical import JSON
from procurement_risk.errors import Damaged, ProcurementRiskError
from procurement_risk.framework.origin import digest, in_folders
from procurement_risk.framework.shipped import VERSION
from procurement_risk.methods import evaluate
from procurement_risk.portfolio import columns
from procurement_risk.portfolio.brief import Later, item_of_brief, with_changes
from procurement_risk.portfolio.giving_way import giving_way
from procurement_risk.portfolio.item_documents import item_from_document, item_to_document
from procurement_risk.portfolio.items import FORM, PortfolioItem, item_of
from procurement_risk.portfolio.making import WHILE_ONE_WAITS, Making
from procurement_risk.portfolio.waiting_spans import lines_of
from procurement_risk.storage import Store, Stored
from procurement_risk.storage.kept_outcomes import Lined, Outcome
from procurement_risk.storage.outcome_lines import Missing
from procurement_risk.storage.people.acting import behind, visible

UNSCORED: JSON = {}
"""What is kept of an assessment that does not fit its questionnaire: one stops no other."""
NOBODY: frozenset[str] = frozenset()
"""The names of a supplier of whom the store knows none."""

logger = logging.getLogger(__name__)
READ_AT_ONCE = 200
AHEAD_AT_MOST = 10_000
"""So many items take half a second of one core, and 40 MiB."""
MUCH = 20_000  # objects that a garbage collection would look at
MADE_BY = f"portfolio {FORM}, method 1, toolkit {VERSION}"


@dataclass(slots=True)
class _Kept:
    """What this process has read of a store, and after how many changes to it.

    Attributes:
        making: The outcomes that are being made behind whoever looks, or were last.
        is_whole: Whether nothing was still to be made when it was read.
        later: Reads what of the items was not read with them.
    """

    changes: int = -1
    foreign: frozenset[str] = frozenset()
    revisions: dict[str, int] = field(default_factory=dict)
    items: dict[str, PortfolioItem] = field(default_factory=dict)
    whole: tuple[PortfolioItem, ...] = ()
    damaged: tuple[Damaged, ...] = ()
    making: Making | None = None
    is_whole: bool = False
    later: Later | None = None

    def stands(self, changes: int, foreign: frozenset[str]) -> bool:
        """Whether it is what the store has."""
        return self.is_whole and (self.changes, self.foreign) == (changes, foreign)


Items = tuple[PortfolioItem, ...]

_kept: WeakKeyDictionary[Store, _Kept] = WeakKeyDictionary()
_seen: WeakKeyDictionary[Store, tuple[frozenset[str], Items, Items]] = WeakKeyDictionary()
_lined: WeakKeyDictionary[Store, tuple[int, int]] = WeakKeyDictionary()
"""What was true of each store when every assessment was last found to have its line."""
_turn = threading.Lock()


def items_of(store: Store, *, wait: bool = True) -> tuple[PortfolioItem, ...]:
    """Return an item for every assessment that is not archived, in order of their ids.

    What cannot be scored is left out, and what cannot be read, which is in ``damaged_of``; the
    list of assessments names both.

    While nothing changes in the store, the same tuple comes back. They are kept once for
    everybody; somebody who sees a part of the store gets the items of that part.

    Args:
        store: Which.
        wait: Whether to wait until every one is made. A page does not: ``making_of`` tells it
            which are still to come.
    """
    whole, ids = _kept_of(behind(store), wait=wait).whole, visible(store)
    if ids is None:
        return whole
    last = _seen.get(store)
    if last is None or last[0] != ids or last[1] is not whole:
        last = ids, whole, tuple(item for item in whole if item.id in ids)
        _seen[store] = last
    return last[2]


def damaged_of(store: Store, *, wait: bool = True) -> tuple[Damaged, ...]:
    """Return why assessments that are not archived are in no figure: they cannot be read."""
    found, ids = _kept_of(behind(store), wait=wait).damaged, visible(store)
    return found if ids is None else tuple(each for each in found if each.name in ids)


def making_of(store: Store) -> Making | None:
    """Return how far the making of many outcomes is; None where all of them are there."""
    making = _kept_of(behind(store), wait=False).making
    return making if making is not None and making.is_running else None


def _kept_of(store: Store, *, wait: bool) -> _Kept:
    changes, foreign = store.changes(), store.foreign()
    with _turn:
        kept = _kept.setdefault(store, _Kept())
        if kept.stands(changes, foreign):
            return kept
        if kept.making is None or not kept.making.is_running:
            kept.making = _begun(store, kept)
    if wait and kept.making is not None:
        kept.making.wait()
    with _turn:
        if not kept.stands(changes, foreign):
            kept.foreign = foreign
            kept.is_whole = kept.making is None or not kept.making.is_running
            _read(store, kept)
            kept.changes = changes
        return kept


def _begun(store: Store, kept: _Kept) -> Making | None:
    """Begin to make what is missing, where that is much."""
    missing = _still_to_make(store, kept)
    return Making(store, missing, _document, MADE_BY) if len(missing) > WHILE_ONE_WAITS else None


def _is_much(store: Store) -> bool:
    """Whether so much is still to be made that nobody waits for it."""
    return len(_still_to_make(store, _kept.get(store) or _Kept())) > WHILE_ONE_WAITS


def _still_to_make(store: Store, kept: _Kept) -> list[str]:
    """Return what has no outcome yet; what cannot be read is tried no more."""
    hopeless = {each.name for each in (*kept.damaged, *_failed(kept))}
    return [name for name in store.missing_outcomes(MADE_BY) if name not in hopeless]


def read_ahead(
    store: Store,
    of_many: Callable[[Store], object] = lambda _store: None,
    then: Callable[[tuple[PortfolioItem, ...]], object] = lambda _items: None,
) -> threading.Thread:
    """Begin to read the items in a thread of their own, so that whoever asks next waits less.

    Of more than ``AHEAD_AT_MOST`` none is read before somebody asks: not everybody does. Then
    ``of_many`` makes ready what the database is asked; else ``then`` takes the items read.
    """

    def read() -> None:
        try:
            with giving_way():
                if store.stamp()[0] <= AHEAD_AT_MOST:
                    then(items_of(store))
                else:
                    of_many(store)
                in_folders()  # which every row of a list asks for
        except ProcurementRiskError:  # whoever asks next is told
            logger.warning("The portfolio could not be read ahead", exc_info=True)

    thread = threading.Thread(target=read, name="portfolio", daemon=True)
    thread.start()
    return thread


def _read(store: Store, kept: _Kept) -> None:
    failed = _make_all(store) if kept.is_whole else _failed(kept)
    damaged = {each.name: each for each in failed}
    suppliers, names = store.supplier_links(), store.supplier_names()
    later = kept.later = kept.later or Later(partial(_whole_items, weakref.ref(store)))
    with _no_collection():
        found = store.read_outcomes(MADE_BY, kept.revisions, briefly=True)
        damaged = {each.name: each for each in found.damaged} | damaged
        for name, each in found.fresh.items():
            if name in damaged:  # what is kept was made before its last change
                continue
            kept.revisions[name] = each.revision
            if not each.text:
                kept.items.pop(name, None)
                continue
            who = suppliers.get(name, ""), names.get(name, NOBODY)
            kept.items[name] = item_of_brief(name, each.text, each.framework, later, *who)
    for name in kept.revisions.keys() - (found.revisions.keys() - damaged.keys()):
        del kept.revisions[name]
        kept.items.pop(name, None)
    kept.damaged = tuple(damaged.values())
    _name_suppliers(kept.items, suppliers, names)
    later.ids, later.items = sorted(kept.items), kept.items
    kept.whole = tuple(told(kept.items[name], kept.foreign) for name in later.ids)


def _whole_items(store: weakref.ref[Store], ids: Sequence[str]) -> dict[str, PortfolioItem]:
    """Return those of the items that are there, with everything."""
    held = store()
    found = held.read_outcomes(MADE_BY, ids=ids).fresh if held is not None else {}
    made = {name: made_item(outcome) for name, outcome in found.items()}
    return {name: item for name, item in made.items() if item is not None}


def made_item(
    outcome: Outcome, supplier_id: str = "", supplier_names: frozenset[str] = NOBODY
) -> PortfolioItem | None:
    """Return the item that an outcome is of; None of an assessment that cannot be scored."""
    document = outcome.document
    if document == UNSCORED:
        return None
    return item_from_document(document, outcome.framework, supplier_id, supplier_names)


def _name_suppliers(
    items: dict[str, PortfolioItem],
    suppliers: Mapping[str, str],
    names: Mapping[str, frozenset[str]],
) -> None:
    """Say of each item who its supplier is, where somebody has said otherwise since."""
    for name, item in items.items():
        told = suppliers.get(name, ""), names.get(name, NOBODY)
        if (item.supplier_id, item.supplier_names) != told:
            items[name] = with_changes(item, supplier_id=told[0], supplier_names=told[1])


def _failed(kept: _Kept) -> list[Damaged]:
    return list(kept.making.damaged) if kept.making is not None else []


def told(item: PortfolioItem, foreign: frozenset[str]) -> PortfolioItem:
    """Return ``item`` with whether its framework is one of the ``foreign`` ones."""
    is_foreign = bool(foreign) and digest(item.framework) in foreign
    return with_changes(item, foreign=True) if is_foreign else item


@contextmanager
def _no_collection() -> Iterator[None]:
    """Put off garbage collections, which take longer than making so much that is no garbage.

    Where it was much, it is taken out of those that follow: it has no cycles, and stays.
    """
    was_on, before = gc.isenabled(), gc.get_count()[0]
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] - before > MUCH:
            gc.freeze()
        if was_on:
            gc.enable()


def make_lines(store: Store) -> bool:
    """Make what is missing, and return whether every assessment has its line; see ``columns``.

    What cannot be scored or read has one too. Where much is missing, that is left to whoever
    waits for the items.
    """
    stand = store.lines_stamp(MADE_BY)
    if _lined.get(store) == stand:
        return True
    missing = store.missing_lines(MADE_BY)
    if len(missing.lines) > WHILE_ONE_WAITS and _is_much(store):
        return False
    _make_missing(store, missing)
    if not missing.lines:  # what was made just now is looked at once more
        _lined[store] = stand
    return True


def _make_all(store: Store) -> list[Damaged]:
    """Make every outcome and line that is missing, and return why some can have no outcome."""
    return _make_missing(store, store.missing_lines(MADE_BY))


def _make_missing(store: Store, missing: Missing) -> list[Damaged]:
    if not (missing.lines or missing.unread):
        return []
    damaged = store.make_outcomes(_document, MADE_BY, [*missing.lines, *missing.unread])
    _make_lines(store, store.missing_lines(MADE_BY).lines)
    return damaged


def lines_coming(store: Store, *, wait: bool = False) -> Making | None:
    """Make what is missing of the lines, and return how far that is; None once all are there.

    No item is read into memory. Where much is missing it is made behind whoever asks, unless they
    ``wait``.
    """
    whole = behind(store)
    while not make_lines(whole):
        with _turn:
            kept = _kept.setdefault(whole, _Kept())
            if kept.making is None or not kept.making.is_running:
                kept.making = _begun(whole, kept)
            making = kept.making
        if making is not None and not wait:
            return making
        if making is not None:
            making.wait()
    return None


def _make_lines(store: Store, ids: list[str]) -> None:
    """Make the lines of what is scored already, or cannot be."""
    for start in range(0, len(ids), READ_AT_ONCE):
        _make_a_few(store, ids[start : start + READ_AT_ONCE])


def _make_a_few(store: Store, ids: list[str]) -> None:
    made = store.read_outcomes(MADE_BY, ids=ids).fresh
    lines = []
    for each in store.summaries(ids):
        kept, line, waits = made.get(each.id), columns.unscored(each), list[dict[str, Any]]()
        item = made_item(kept) if kept and kept.revision == each.revision else None
        if item is not None:
            line, waits = columns.of_item(item), lines_of(item)
        own = {"assessment_id": each.id, "revision": each.revision}
        lines.append(({**own, "framework_digest": each.framework_digest, **line}, waits))
    store.keep_lines(lines, MADE_BY)


def _document(stored: Stored) -> JSON | Lined:
    assessment, framework = stored.assessment, stored.framework
    try:
        outcome = evaluate(framework, assessment.answer_set)
    except (ProcurementRiskError, LookupError, TypeError, ValueError):
        logger.warning("%s cannot be scored", assessment.id, exc_info=True)
        return UNSCORED
    item = item_of(assessment, framework, outcome, stored.changed_at)
    return Lined(item_to_document(item), columns.of_item(item), lines_of(item))
