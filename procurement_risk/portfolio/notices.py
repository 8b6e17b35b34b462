"""What is told to people and to other systems of what waits: the same that My work shows.

    store, day ── found ──> Found: what is the same for whomever
    Found ── of_person, of_organisation ──> Notice …   each of a kind of ``KINDS``

What is made up is left out. To add a kind, write its function and its line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.canonical import write_json
from procurement_risk.language import N_
from procurement_risk.language.phrases import counted
from procurement_risk.portfolio.asked_of import Asked, Asking
from procurement_risk.portfolio.kept import MADE_BY, lines_coming
from procurement_risk.portfolio.submitted import Submitted, submitted
from procurement_risk.portfolio.waiting import ahead
from procurement_risk.portfolio.waiting_spans import compared
from procurement_risk.storage import Store
from procurement_risk.storage.people.acting import visible_of
from procurement_risk.storage.waiting_lines import Line, Sought


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
    """What waits in a store on a day, before it is asked for whom; the rest the database has."""

    day: str
    asking: Asking
    submitted: Sequence[Submitted]


@dataclass(frozen=True, slots=True, kw_only=True)
class For:
    """For whom is asked: a person by name, or anybody who sees what ``store`` shows.

    Attributes:
        store: The store as they may use it.
        name: Their name; None for anybody.
        ids: Those that they see of the assessments in which something was sent back.
        asked: What colleagues ask of them.
        lines: What waits for them; of a decision only once its day is near.
    """

    store: Store
    name: str | None
    ids: Collection[str]
    asked: Sequence[Asked]
    lines: Sequence[Line]


def found(store: Store, day: str) -> Found:
    """Return what waits in the whole of a store, once all that waits there is in columns."""
    lines_coming(store, wait=True)
    return Found(
        day,
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
    ids = visible_of(store, {each.link.assessment_id for each in all_of_it.submitted})
    asked = all_of_it.asking.of(store, name, besides=all_of_it.asking.fictional)
    lines = store.waiting_part(_sought(name, all_of_it.day))
    whom = For(store=store, name=name, ids=ids, asked=asked, lines=lines)
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


def _due(*kinds: str) -> Callable[[Found, For], Iterator[Told]]:
    """Return what finds what waits of these kinds."""

    def waits(_found: Found, whom: For) -> Iterator[Told]:
        for each in whom.lines:
            if each.kind in kinds:
                yield each.assessment_id, each.question, each.due

    return waits


DECISIONS = ("answers", "pack", "decision")
"""What waits until a decision: it is told once the day of that is near."""


def _sought(name: str | None, day: str) -> Sought:
    return Sought(
        day=day,
        made_by=MADE_BY,
        person=compared(name or ""),
        whose="any" if name is None else "theirs",
        dated=DECISIONS,
        last=ahead(day),
        is_real=True,
    )


def _sent_back(all_of_it: Found, whom: For) -> Iterator[Told]:
    for each in all_of_it.submitted:
        if each.link.assessment_id in whom.ids and _is_by(each.link.by, whom):
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
        _due(*DECISIONS),
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
