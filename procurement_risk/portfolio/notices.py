"""What is told to people and to other systems of what waits: the same that My work shows.

    store, day ── found ──> Found: everything that waits, for whomever
    Found ── of_person, of_organisation ──> Notice …   each of a kind of ``KINDS``

What is made up is left out. To add a kind, write its function and its line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.canonical import write_json
from procurement_risk.language import N_
from procurement_risk.language.phrases import counted
from procurement_risk.portfolio.asked_of import Asked, Asking
from procurement_risk.portfolio.kept import items_of
from procurement_risk.portfolio.submitted import Submitted, submitted
from procurement_risk.portfolio.waiting import SOON_DAYS, Waiting, waiting
from procurement_risk.storage import Store
from procurement_risk.storage.people.acting import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that waits, without a word of what it is about.

    Attributes:
        kind: Its name in ``KINDS``.
        assessment: The id of the assessment, or empty.
        key: A digest that tells it from everything else, and from itself once it is late.
        due: The ISO day by which it is wanted, or empty.
        is_late: Whether that has passed.
    """

    kind: str
    assessment: str
    key: str
    due: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that waits in a store on a day, before it is asked for whom."""

    day: str
    waiting: Sequence[Waiting]
    asking: Asking
    submitted: Sequence[Submitted]


@dataclass(frozen=True, slots=True, kw_only=True)
class For:
    """For whom is asked: a person by name, or anybody who sees what ``store`` shows.

    Attributes:
        store: The store as they may use it.
        name: Their name; None for anybody.
        ids: The assessments that they see; None where that is all.
        asked: What colleagues ask of them.
    """

    store: Store
    name: str | None
    ids: frozenset[str] | None
    asked: Sequence[Asked]

    def sees(self, assessment: str) -> bool:
        """Whether they see an assessment."""
        return self.ids is None or assessment in self.ids


def found(store: Store, day: str) -> Found:
    """Return everything that waits in the whole of a store."""
    return Found(
        day,
        [each for each in waiting(items_of(store), day) if not each.item.fictional],
        Asking(store),
        [each for each in submitted(store) if not each.fictional],
    )


def of_person(all_of_it: Found, store: Store, name: str) -> list[Notice]:
    """Return what waits for a person, by name, of what ``store`` lets them see."""
    return _notices(all_of_it, store, name)


def of_organisation(all_of_it: Found, store: Store) -> list[Notice]:
    """Return what waits for anybody, of what ``store`` shows."""
    return _notices(all_of_it, store, None)


def _notices(all_of_it: Found, store: Store, name: str | None) -> list[Notice]:
    ids = visible(store)
    asked = all_of_it.asking.of(store, name, besides=all_of_it.asking.fictional)
    whom = For(store=store, name=name, ids=ids, asked=asked)
    every = [
        _notice(kind, all_of_it.day, *told)
        for kind, one in KINDS.items()
        for told in one.waits(all_of_it, whom)
    ]
    return list({each.key: each for each in every}.values())


Told = tuple[str, str, str]
"""An assessment, what tells the thing from others there, and the day by which it is wanted."""


def _notice(kind: str, day: str, assessment: str, what: str, due: str) -> Notice:
    late = "" < due < day
    key = hashlib.sha256(write_json([kind, assessment, what, due, late])).hexdigest()
    return Notice(kind=kind, assessment=assessment, key=key, due=due, is_late=late)


def _asked(kind: str) -> Callable[[Found, For], Iterator[Told]]:
    """Return what finds what colleagues ask of somebody, of one kind."""

    def waits(_found: Found, whom: For) -> Iterator[Told]:
        for each in whom.asked:
            if each.kind == kind:
                what = f"{each.section}\n{each.question}\n{each.by}\n{each.at}"
                yield each.assessment, what, each.due

    return waits


def _due(*kinds: str, dated: bool = False) -> Callable[[Found, For], Iterator[Told]]:
    """Return what finds what waits of these kinds; ``dated``: only once its day is near."""

    def waits(all_of_it: Found, whom: For) -> Iterator[Told]:
        soon = date.fromisoformat(all_of_it.day) + timedelta(days=SOON_DAYS)
        for each in all_of_it.waiting:
            is_near = not dated or "" < each.due <= soon.isoformat()
            if each.kind in kinds and is_near and _is_for(each, whom):
                yield each.item.id, each.question, each.due

    return waits


def _is_for(each: Waiting, whom: For) -> bool:
    theirs = whom.name is None or each.is_for(whom.name)
    return theirs and whom.sees(each.item.id)


def _sent_back(all_of_it: Found, whom: For) -> Iterator[Told]:
    for each in all_of_it.submitted:
        if whom.sees(each.link.assessment_id) and _is_by(each.link.by, whom):
            yield each.link.assessment_id, each.link.id, ""
    if whom.name is not None:
        for file in whom.store.waiting_for(whom.name):
            yield file.assessment_id, f"{file.digest}\n{file.at}", ""


def _is_by(name: str, whom: For) -> bool:
    return whom.name is None or is_same_person(name, whom.name)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is told.

    Attributes:
        title: What it is called where somebody chooses.
        number: A number of them in words, for a mail: never more than what they are.
        waits: Finds them.
    """

    title: str
    number: Callable[[int], str]
    waits: Callable[[Found, For], Iterator[Told]]


KINDS: Mapping[str, Kind] = {
    "handover": Kind(
        N_("A section is handed over"),
        lambda n: counted(n, "{n} hand-over", "{n} hand-overs"),
        _asked("handover"),
    ),
    "comment": Kind(
        N_("A comment waits to be settled"),
        lambda n: counted(n, "{n} comment", "{n} comments"),
        _asked("comment"),
    ),
    "review": Kind(
        N_("A section waits for a review"),
        lambda n: counted(n, "{n} section to review", "{n} sections to review"),
        _asked("review"),
    ),
    "returned": Kind(
        N_("A reviewer returned a section"),
        lambda n: counted(
            n, "{n} section returned by a reviewer", "{n} sections returned by reviewers"
        ),
        _asked("returned"),
    ),
    "decision": Kind(
        N_("A decision is due, or late"),
        lambda n: counted(n, "{n} decision due", "{n} decisions due"),
        _due("answers", "pack", "decision", dated=True),
    ),
    "decision_review": Kind(
        N_("The review of a decision is due, or late"),
        lambda n: counted(n, "{n} decision to look at again", "{n} decisions to look at again"),
        _due("review"),
    ),
    "condition": Kind(
        N_("A condition is due, or late"),
        lambda n: counted(n, "{n} condition due", "{n} conditions due"),
        _due("condition"),
    ),
    "evidence": Kind(
        N_("Evidence runs out, or ran out"),
        lambda n: counted(
            n,
            "evidence that runs out in {n} assessment",
            "evidence that runs out in {n} assessments",
        ),
        _due("evidence"),
    ),
    "look": Kind(
        N_("Something changed that calls for a new look"),
        lambda n: counted(n, "{n} new look asked for", "{n} new looks asked for"),
        _due("look"),
    ),
    "sent_back": Kind(
        N_("A supplier's answers came back"),
        lambda n: counted(
            n, "{n} supplier's answers to take in", "answers of {n} suppliers to take in"
        ),
        _sent_back,
    ),
}  # fmt: skip
"""Every kind, in the order in which it is told."""
