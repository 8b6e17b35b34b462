"""Reviewing a section: who may, what a review says, and whether it still stands.

    changes, a section ── fillers ──> everybody who filled any of it; none of them reviews it

A review is over the section's answers and conditions as they stood: once one of them changes, it
stands no longer, and somebody looks again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Protocol

from procurement_risk.assessment import Assessment, Review
from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.assessment.document import assessment_to_document, without_names
from procurement_risk.canonical import Document, canonical_bytes
from procurement_risk.framework import Framework
from procurement_risk.framework.places import FACTS, facts_within, questions_of
from procurement_risk.language import _

ACCEPTED = "Accepted from the supplier's workbook, issue "
"""What the reason of a line begins with whose answer is the supplier's: ``by`` accepted it."""


class Change(Protocol):
    """A line of the history, as far as it is asked here."""

    @property
    def part(self) -> str:
        """The part that was changed."""

    @property
    def by(self) -> str:
        """Who changed it."""

    @property
    def after(self) -> Any:  # noqa: ANN401  JSON
        """What it became."""

    @property
    def reason(self) -> str:
        """Why."""


def fillers(changes: Iterable[Change], framework: Framework, section: str) -> frozenset[str]:
    """Return the name of everybody who ever wrote an answer of a section, or took one back."""
    parts = {f"answer:{name}" for name in _questions(framework, section)}
    return frozenset(name for each in changes if each.part in parts for name in _authors(each))


def refused(review: Review, filled: Iterable[str]) -> str:
    """Return why it may not be reviewed so, where ``filled`` did the section; else empty."""
    if not review.by.strip():
        return _("Say who reviews: the name is empty.")
    if any(is_same_person(each, review.by) for each in filled):
        return _("You filled answers of this section, so somebody else has to review it.")
    if review.verdict == "returned" and not review.note.strip():
        return _("Write what is to be changed.")
    return ""


def digest_of(assessment: Assessment, framework: Framework, section: str) -> str:
    """Return the SHA-256 of a section as it stands: its answers and conditions, without names."""
    return _digest(assessment_to_document(assessment, framework), framework, section)


def _digest(document: Document, framework: Framework, section: str) -> str:
    return _digest_of(document, set(_questions(framework, section)))


def _digest_of(document: Document, asked: Collection[str]) -> str:
    answers = {
        name: without_names(answer)
        for name, answer in document["answers"].items()
        if name in asked
    }
    conditions = [e for e in document.get("mitigations", ()) if e["question"] in asked]
    return hashlib.sha256(canonical_bytes([answers, conditions])).hexdigest()


def is_as_reviewed(assessment: Assessment, framework: Framework, section: str) -> bool:
    """Whether a section is still what its reviewer saw."""
    review = assessment.reviews.get(section)
    if review is None:
        return False
    document = assessment_to_document(assessment, framework)
    return _is_over(assessment, document, framework, section)


def _is_over(
    assessment: Assessment, document: Document, framework: Framework, section: str
) -> bool:
    """Whether the last review of a section is over what stands in ``document``."""
    if _reviewed(assessment, section) == _digest(document, framework, section):
        return True
    if section not in facts_within(framework).values():
        return False
    # Once, the facts that a section asks were reviewed with the other facts.
    apart = {q.id for q in framework.facts}, {q.id for q in framework.section(section).questions}
    return all(
        _reviewed(assessment, place) == _digest_of(document, asked)
        for place, asked in zip((FACTS, section), apart, strict=True)
    )


def stands(assessment: Assessment, framework: Framework, section: str) -> bool:
    """Whether a section was accepted as it stands."""
    review = assessment.reviews.get(section)
    accepted = review is not None and review.verdict == "accepted"
    return accepted and is_as_reviewed(assessment, framework, section)


def _reviewed(assessment: Assessment, section: str) -> str:
    """Return what the last review of a section is over; empty where there is none."""
    review = assessment.reviews.get(section)
    return review.digest if review else ""


def unconfirmed(assessment: Assessment, framework: Framework, section: str = "") -> list[str]:
    """Return the questions that are said not to apply, and that no second person has accepted.

    Accepting a section confirms them: whoever accepts it has filled none of it. With a
    ``section``, return those of that section.
    """
    wanted = [section] if section else sections(framework)
    answers = assessment.answer_set.answers
    return [
        name
        for each in wanted
        if not stands(assessment, framework, each)
        for name in _questions(framework, each)
        if name in answers and answers[name].state == "not_applicable"
    ]


def sections(framework: Framework) -> list[str]:
    """Return the ids of what is reviewed: facts that no section asks, and each section."""
    has_facts = len(framework.facts) > len(facts_within(framework))
    return ([FACTS] if has_facts else []) + [each.id for each in framework.sections]


def answers_of(
    assessment: Assessment, framework: Framework, section: str, person: str
) -> list[str]:
    """Return the questions of a section of which the answer that stands is by ``person``."""
    answers = assessment.answer_set.answers
    return [
        name
        for name in _questions(framework, section)
        if name in answers and is_same_person(answers[name].by, person)
    ]


def waiting(assessment: Assessment, framework: Framework) -> list[str]:
    """Return the sections of what is in review that nobody has looked at as they stand."""
    if assessment.state != "in_review":
        return []
    document = assessment_to_document(assessment, framework)
    return [
        each
        for each in sections(framework)
        if not document["answers"].keys().isdisjoint(_questions(framework, each))
        and not _is_over(assessment, document, framework, each)
    ]


def _questions(framework: Framework, section: str) -> Iterator[str]:
    return (question.id for question in questions_of(framework, section))


def _authors(change: Change) -> Iterator[str]:
    """Yield whom an answer names, else who wrote it: whoever brings a record in fills nothing.

    Whoever accepted a supplier's answer filled it too.
    """
    answer = change.after if isinstance(change.after, dict) else {}
    both = [str(each["by"]) for each in answer.get("alone", ()) if each.get("by")]
    yield from both
    if answer.get("by") or not both:
        yield str(answer.get("by") or change.by)
    if change.reason.startswith(ACCEPTED):
        yield change.by
