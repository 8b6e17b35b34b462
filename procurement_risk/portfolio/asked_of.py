"""What colleagues wait for from one person, over all assessments: for the page *My work*.

store, a name ── asked_of ──> hand-overs that are not done, comments that are not settled
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from procurement_risk.assessment.colleagues import is_for, is_same_person
from procurement_risk.framework import Framework
from procurement_risk.framework.words import named, short_title
from procurement_risk.profile.walkthrough import FACTS, facts_title, place_of
from procurement_risk.storage import Store, Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that somebody asks of a person.

    Attributes:
        kind: A section that was handed over, or a comment.
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

    kind: Literal["handover", "comment"]
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


def asked_of(store: Store, person: str) -> tuple[Asked, ...]:
    """Return what waits for ``person``, by name: what is due first, then the oldest first.

    Assessments that are set aside are left out.
    """
    if not person.strip():
        return ()
    found = [
        each
        for stored in store.read_many(store.asking()).stored
        for each in (*_handovers(stored, person), *_comments(stored, person))
    ]
    return tuple(sorted(found, key=lambda each: (each.due or "9999", each.at, each.assessment)))


def _handovers(stored: Stored, person: str) -> Iterator[Asked]:
    assessment = stored.assessment
    for section, handover in assessment.handovers.items():
        if not handover.done_at and is_same_person(handover.owner, person):
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


def _comments(stored: Stored, person: str) -> Iterator[Asked]:
    assessment, framework = stored.assessment, stored.framework
    for name, comments in assessment.comments.items():
        question = framework.by_id.get(name)
        section = place_of(framework, question) if question else FACTS
        for comment in comments:
            if is_for(comment, person, assessment, framework, name):
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


def section_title(framework: Framework, section: str) -> str:
    """Return what a section is called; the id of one that the framework does not have."""
    if section == FACTS:
        return facts_title(framework)
    known = next((each for each in framework.sections if each.id == section), None)
    return short_title(known) if known else section
