"""The rows of the list of assessments, in words, made once a day for each change of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from weakref import WeakKeyDictionary

from procurement_risk.errors import Damaged
from procurement_risk.framework import Framework
from procurement_risk.language import _, current
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import about_pounds, day as day_words
from procurement_risk.methods import evaluate
from procurement_risk.portfolio.items import PortfolioItem, item_of
from procurement_risk.portfolio.kept import damaged_of, items_of, lines_coming, making_of
from procurement_risk.portfolio.lines import Line
from procurement_risk.portfolio.look_marks import Apart, looks_apart
from procurement_risk.portfolio.looks_beside import items_beside
from procurement_risk.portfolio.same import models_of
from procurement_risk.portfolio.versions_in_use import other_in_use, versions_in_use
from procurement_risk.portfolio.waiting import due_standing, next_step
from procurement_risk.storage import Store, Summary
from procurement_risk.storage.reading import Readings


@dataclass(frozen=True, slots=True)
class Row:
    """One assessment in the list, in words but for ``decision``, ``state`` and the days.

    Attributes:
        decision: What is recommended, by its id; empty where it is not known or not said.
        recommendation: The same in words; that it cannot be scored, where that is so.
        answered: How many of the questions that are ``asked`` are settled.
        waiting: What comes next.
        due: The first ISO day by which something of it is wanted, or empty.
        is_late: Whether that day has passed.
        changed: The ISO day of its last change.
        committed: Whole pounds; None where not known.
        value: The same in words; empty where not known.
        models: The upstream models that it rests on.
        look: ``ahead`` or ``earlier`` where another look at the purchase counts, else empty.
        version: The version of the questionnaire that it stands on.
        questionnaire: The title of that questionnaire and its version; empty where unscored.
        in_use: The version that is in use, where that is another one; else empty.
        versions_differ: Whether assessments stand on several versions of its questionnaire.
    """

    id: str
    title: str
    buyer: str
    supplier: str
    decision: str
    tier: str
    recommendation: str
    answered: int
    asked: int
    waiting: str
    state: str
    due: str
    is_late: bool
    owner: str
    changed: str
    fictional: bool
    date_note: str
    is_scored: bool = True
    is_damaged: bool = False
    look: Apart | Literal[""] = ""
    committed: int | None = None
    value: str = ""
    models: tuple[str, ...] = ()
    version: str = ""
    questionnaire: str = ""
    in_use: str = ""
    versions_differ: bool = False

    @property
    def progress(self) -> str:
        """How much is answered, in words; of how many only where that is worked out."""
        if not self.asked:
            return grouped(self.answered)
        return _("{n} of {all}").format(n=self.answered, all=self.asked)


@dataclass(frozen=True, slots=True)
class _Known:
    """A row, and what it was made of."""

    item: PortfolioItem
    day: str
    look: Apart | Literal[""]
    row: Row


_rows: WeakKeyDictionary[Store, dict[tuple[str, str], _Known]] = WeakKeyDictionary()
"""The rows of each store, by language and assessment."""


def rows(store: Store, summaries: list[Summary], day: str, *, wait: bool = True) -> list[Row]:
    """Return a row for every summary, in the same order, as things stand on ``day``.

    Where nobody waits until every outcome is made, the rows of those to come say so.
    """
    if all(each.archived for each in summaries):
        return _rows_aside(store, summaries, day)
    items = {item.id: item for item in items_of(store, wait=wait)}
    making = None if wait else making_of(store)
    coming = making.missing if making else frozenset()
    missing = [each for each in summaries if each.id not in items]
    aside, unread = _set_aside(store, [each.id for each in missing if each.archived])
    items |= aside
    damaged = {each.name: each for each in (*damaged_of(store, wait=wait), *unread)}
    kept, language = _rows.setdefault(store, {}), current()
    apart = looks_apart(items.values())
    standing = Standing.of(
        store, {(each.framework_id, each.framework_version) for each in summaries}
    )
    found = []
    for summary in summaries:
        item = items.get(summary.id)
        if item is None:
            is_coming = summary.id in coming
            found.append(unscored_row(summary, damaged.get(summary.id), is_coming=is_coming))
            continue
        known = kept.get((language, summary.id))
        look: Apart | Literal[""] = apart.get(summary.id, "")
        if known is None or known.item is not item or (known.day, known.look) != (day, look):
            known = _Known(item, day, look, replace(_row(item, day), look=look))
            kept[language, summary.id] = known
        found.append(standing.told(known.row, summary.framework_id, summary.framework_version))
    return found


def _rows_aside(store: Store, summaries: Sequence[Summary], day: str) -> list[Row]:
    """Return the rows of what is set aside, for which nothing else has to be read."""
    if not summaries:
        return []
    ids = [each.id for each in summaries]
    lines_coming(store, wait=True)
    items, unread = _set_aside(store, ids)
    damaged = {each.name: each for each in unread}
    apart = looks_apart([*items.values(), *items_beside(store, ids).values()])
    standing = Standing.of(store, {(e.framework_id, e.framework_version) for e in summaries})
    return [
        standing.told(
            replace(_row(items[each.id], day), look=apart.get(each.id, "")),
            each.framework_id,
            each.framework_version,
        )
        if each.id in items
        else unscored_row(each, damaged.get(each.id))
        for each in summaries
    ]


def row_of(item: PortfolioItem, day: str) -> Row:
    """Return the row of one assessment, without what only its neighbours tell."""
    return replace(_row(item, day), version=item.framework.version)


@dataclass(frozen=True, slots=True)
class Standing:
    """Which versions of each questionnaire there are: in use, and under assessments."""

    in_use: Mapping[str, Framework]
    several: frozenset[str]

    @classmethod
    def of(cls, store: Store, on_file: Collection[tuple[str, str]]) -> Standing:
        """Return it for the ids and versions of the questionnaires that assessments stand on."""
        counts = Counter(name for name, _version in on_file)
        several = frozenset(name for name, number in counts.items() if number > 1)
        return cls(versions_in_use(store.retired_questionnaires()), several)

    def told(self, row: Row, framework_id: str, version: str) -> Row:
        """Return ``row`` with what it says of the version that it stands on."""
        other = other_in_use(self.in_use, framework_id, version)
        return replace(
            row,
            version=version,
            in_use="" if other is None else other.version,
            versions_differ=framework_id in self.several,
        )


def _set_aside(store: Store, ids: list[str]) -> tuple[dict[str, PortfolioItem], list[Damaged]]:
    """Return the items of those set aside, of which a portfolio keeps none, and the damaged."""
    read = store.read_many(ids) if ids else Readings([], [])
    items = {
        each.assessment.id: item_of(
            each.assessment,
            each.framework,
            evaluate(each.framework, each.assessment.answer_set),
            each.changed_at,
        )
        for each in read.stored
    }
    return items, read.damaged


def _row(item: PortfolioItem, day: str) -> Row:
    line = Line(item, day)
    due = line.due
    return Row(
        id=line.id,
        title=line.title,
        buyer=line.buyer,
        supplier=line.supplier,
        decision=line.decision,
        tier=line.tier,
        recommendation=line.recommendation,
        answered=line.answered,
        asked=line.asked,
        waiting=next_step(item, day),
        state=line.state,
        due=due,
        is_late=due_standing(due, day) == "past",
        owner=line.owner,
        changed=line.changed,
        fictional=item.fictional,
        committed=line.committed,
        value="" if line.committed is None else about_pounds(line.committed),
        models=models_of(item),
        questionnaire=line.questionnaire,
        date_note=" · " + _("as of {date}").format(date=day_words(item.as_of)),
    )


def unscored_row(summary: Summary, damaged: Damaged | None, *, is_coming: bool = False) -> Row:
    """Return the row of what cannot be scored, or not yet: it is named all the same."""
    recommendation = _("Cannot be read") if damaged else _("Cannot be scored")
    waiting = (
        damaged.problems[0].message if damaged else _("Mending: it does not fit its questionnaire")
    )
    if is_coming:
        recommendation, waiting = _("Being worked out"), _("not known yet")
    return Row(
        id=summary.id,
        title=summary.purchase.title,
        buyer=summary.purchase.buyer,
        supplier=summary.supplier.name,
        decision="",
        tier="",
        recommendation=recommendation,
        answered=summary.answered,
        asked=0,
        waiting=waiting,
        state=summary.state,
        due="",
        is_late=False,
        owner="",
        changed=summary.changed_at[:10],
        fictional=summary.fictional,
        date_note="",
        is_scored=is_coming,
        is_damaged=damaged is not None,
    )
