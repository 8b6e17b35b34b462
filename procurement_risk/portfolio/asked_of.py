"""What colleagues wait for from one person, over all assessments: for the page *My work*.

store, a name ── asked_of ──> hand-overs that are not done, comments that are not settled
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

from procurement_risk.assessment import HandOver, reviewing
from procurement_risk.assessment.colleagues import is_for, is_same_person
from procurement_risk.framework import Framework
from procurement_risk.framework.places import FACTS, place_of
from procurement_risk.framework.words import named, short_title
from procurement_risk.language import current
from procurement_risk.profile.walkthrough import facts_title
from procurement_risk.storage import Store, Stored
from procurement_risk.storage.people.acting import behind, visible_of
from procurement_risk.storage.people.mode import is_team


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that somebody asks of a person.

    Attributes:
        kind: A section that was handed over, is to be reviewed or was returned; or a comment.
        assessment: The id of the assessment.
        purchase: What is bought there.
        supplier: From whom.
        section: The id of the section, or ``facts``: for the address of the questions.
        section_title: What it is called.
        question: The id of the question of a comment; empty of a hand-over.
        question_title: What that question is called.
        by: Who asks.
        at: When, as an ISO time in UTC.
        due: The ISO day by which, or empty.
        text: The note or the comment, as it was written.
    """

    kind: Literal["handover", "comment", "review", "returned"]
    assessment: str
    purchase: str
    supplier: str
    section: str
    section_title: str
    by: str
    at: str
    question: str = ""
    question_title: str = ""
    due: str = ""
    text: str = ""

    def is_overdue(self, today: str) -> bool:
        """Whether the day by which it was asked for has passed."""
        return bool(self.due) and self.due < today


@dataclass(frozen=True, slots=True)
class _Known:
    """What one assessment asked of a person when it was last read, whatever their roles."""

    revision: int = 0
    asked: tuple[Asked, ...] = ()


_known: WeakKeyDictionary[Store, dict[tuple[str | None, str, str], _Known]] = WeakKeyDictionary()
"""The same for each store, by person, language and assessment."""


def asked_of(store: Store, person: str) -> tuple[Asked, ...]:
    """Return what waits for ``person``, by name: what is due first, then the oldest first.

    Assessments that are set aside are left out. Only what changed since is read.
    """
    return Asking(store).of(store, person) if person.strip() else ()


class Asking:
    """What colleagues ask in the whole of a store; each assessment is read once it has changed.

    Attributes:
        revisions: Those of the assessments in which something is asked.
        fictional: Which of them are made up.
    """

    def __init__(self, store: Store) -> None:
        self._store: Store = behind(store)
        held = self._store.summaries(self._store.asking())
        self.revisions = {each.id: each.revision for each in held}
        self.fictional = frozenset(each.id for each in held if each.fictional)
        self._known = _known.setdefault(self._store, {})
        self._read: dict[str, Stored] = {}
        for key in [key for key in list(self._known) if key[-1] not in self.revisions]:
            self._known.pop(key, None)

    def of(
        self, store: Store, person: str | None, besides: Collection[str] = ()
    ) -> tuple[Asked, ...]:
        """Return what waits for ``person``, or anybody where that is None, of what they see.

        Args:
            store: As they may use it.
            person: Their name.
            besides: Assessments to leave out.
        """
        ids, who = visible_of(store, self.revisions), (person, current())
        among = [n for n in self.revisions if n in ids and n not in besides]
        held = {name: self._known.get((*who, name), _Known()) for name in among}
        self._read_on([n for n in among if held[n].revision != self.revisions[n]])
        for name, each in held.items():
            if each.revision != self.revisions[name] and name in self._read:
                told = tuple(_asks(self._read[name], person))
                held[name] = self._known[*who, name] = _Known(self._read[name].revision, told)
        found = (each for one in held.values() for each in one.asked)
        return _in_order(each for each in found if person is None or _is_theirs(store, each))

    def _read_on(self, ids: Iterable[str]) -> None:
        if wanted := [name for name in ids if name not in self._read]:
            read = self._store.read_many(wanted).stored
            self._read |= {each.assessment.id: each for each in read}


def _asks(stored: Stored, person: str | None) -> Iterator[Asked]:
    for source in SOURCES:
        yield from source(stored, person)


def _is_theirs(store: Store, asked: Asked) -> bool:
    """Whether it may wait for whoever uses ``store``: a review only for somebody who reviews."""
    return asked.kind != "review" or store.may("review", asked.assessment)


def _in_order(found: Iterable[Asked]) -> tuple[Asked, ...]:
    return tuple(sorted(found, key=lambda each: (each.due or "9999", each.at, each.assessment)))


def _waits_for(handover: HandOver, person: str | None) -> bool:
    """Whether a section waits for somebody: whoever answers it alone and is done, it does not."""
    if handover.done_at or person is None:
        return not handover.done_at
    asked = (handover.owner, handover.second)
    done = any(is_same_person(each, person) for each in handover.answered)
    return not done and any(is_same_person(each, person) for each in asked)


def _handovers(stored: Stored, person: str | None) -> Iterator[Asked]:
    assessment = stored.assessment
    for section, handover in assessment.handovers.items():
        if _waits_for(handover, person):
            yield Asked(
                kind="handover",
                assessment=assessment.id,
                purchase=assessment.purchase.title,
                supplier=assessment.supplier.name,
                section=section,
                section_title=section_title(stored.framework, section),
                by=handover.by,
                at=handover.at,
                due=handover.due,
                text=handover.note,
            )


def _comments(stored: Stored, person: str | None) -> Iterator[Asked]:
    assessment, framework = stored.assessment, stored.framework
    for name, comments in assessment.comments.items():
        question = framework.by_id.get(name)
        section = place_of(framework, question) if question else FACTS
        for comment in comments:
            if person is None:
                waits = not comment.resolved_at
            else:
                waits = is_for(comment, person, assessment, framework, name)
            if waits:
                yield Asked(
                    kind="comment",
                    assessment=assessment.id,
                    purchase=assessment.purchase.title,
                    supplier=assessment.supplier.name,
                    section=section,
                    section_title=section_title(framework, section),
                    question=name,
                    question_title=named(framework, name),
                    by=comment.by,
                    at=comment.at,
                    text=comment.text,
                )


def _returned(stored: Stored, person: str | None) -> Iterator[Asked]:
    """Yield the sections that a reviewer sent back to whoever is responsible for the whole."""
    assessment, framework = stored.assessment, stored.framework
    if not (person is None or is_same_person(assessment.responsible, person)):
        return
    for section, review in assessment.reviews.items():
        stands = reviewing.is_as_reviewed(assessment, framework, section)
        if stands and review.verdict == "returned":
            yield _section(stored, "returned", section, review.by, review.at, review.note)


def _to_review(stored: Stored, person: str | None) -> Iterator[Asked]:
    """Yield the sections that wait for a reviewer, for whoever filled none of it.

    Where nobody signs in, nobody has a role: the section says that it waits.
    """
    assessment, framework = stored.assessment, stored.framework
    if not is_team():
        return
    for section in reviewing.waiting(assessment, framework):
        if person is None or not reviewing.answers_of(assessment, framework, section, person):
            yield _section(stored, "review", section, assessment.responsible)


def _section(
    stored: Stored,
    kind: Literal["review", "returned"],
    section: str,
    by: str,
    at: str = "",
    text: str = "",
) -> Asked:
    assessment = stored.assessment
    return Asked(
        kind=kind,
        assessment=assessment.id,
        purchase=assessment.purchase.title,
        supplier=assessment.supplier.name,
        section=section,
        section_title=section_title(stored.framework, section),
        by=by,
        at=at,
        text=text,
    )


SOURCES: tuple[Callable[[Stored, str | None], Iterator[Asked]], ...] = (
    _handovers,
    _comments,
    _returned,
    _to_review,
)
"""What may be asked of somebody."""


def section_title(framework: Framework, section: str) -> str:
    """Return what a section is called; the id of one that the framework does not have."""
    if section == FACTS:
        return facts_title(framework)
    known = next((each for each in framework.sections if each.id == section), None)
    return short_title(known) if known else section
