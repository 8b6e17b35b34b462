"""What colleagues ask of one another: a section to answer, a comment to settle.

All of it is internal: it goes into the record and the audit pack, which hold everything, and into
nothing that is published or sent to a supplier.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from procurement_risk.assessment import Assessment, Comment, HandOver
from procurement_risk.assessment.answers import is_day
from procurement_risk.framework import Framework
from procurement_risk.framework.places import place_of
from procurement_risk.language import _


def problems(handover: HandOver) -> list[str]:
    """Return what a hand-over lacks, as sentences."""
    found = [] if handover.owner.strip() else [_("Write who is to answer it.")]
    if handover.due and not is_day(handover.due):
        message = _("The day by which is not a date. Write it like {example}.")
        found.append(message.format(example="2027-03-31"))
    return found


def done(handover: HandOver, by: str, at: str) -> HandOver:
    """Return the hand-over with who said that it is done, and when."""
    return replace(handover, done_by=by, done_at=at)


def resolved(comments: Sequence[Comment], place: int, by: str, at: str) -> tuple[Comment, ...]:
    """Return ``comments`` with the one at ``place`` settled."""
    settled = replace(comments[place], resolved_by=by, resolved_at=at)
    return tuple(settled if n == place else each for n, each in enumerate(comments))


def unresolved(assessment: Assessment, question: str) -> tuple[Comment, ...]:
    """Return the comments on a question that nobody has settled, the oldest first."""
    return tuple(c for c in assessment.comments.get(question, ()) if not c.resolved_at)


def is_same_person(one: str, other: str) -> bool:
    """Whether two names are one person, as far as the letters tell that are to be seen."""
    return folded(one) == folded(other) != ""


def concerned(assessment: Assessment, framework: Framework, question: str) -> Iterator[str]:
    """Yield who a comment on ``question`` is for, besides those whom its text names.

    That is whoever its section is handed over to, whoever answered it, and whoever is
    responsible for the whole.
    """
    asked = framework.by_id.get(question)
    handover = assessment.handovers.get(place_of(framework, asked)) if asked else None
    if handover is not None and not handover.done_at:
        yield handover.owner
    answer = assessment.answer_set.answers.get(question)
    if answer is not None:
        yield answer.by
    yield assessment.responsible


def is_for(
    comment: Comment, person: str, assessment: Assessment, framework: Framework, question: str
) -> bool:
    """Whether an open comment on ``question`` waits for ``person``; never one's own."""
    if comment.resolved_at or is_same_person(comment.by, person):
        return False
    if f" {folded(person)} " in f" {_words(comment.text)} ":
        return True
    meant = concerned(assessment, framework, question)
    return any(is_same_person(each, person) for each in meant)


def folded(name: str) -> str:
    """Return a name as it is compared: capitals, spaces and what nobody sees of it aside."""
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name)
        name = "".join(each for each in name if unicodedata.category(each) != "Cf")
    return " ".join(name.casefold().split())


def _words(text: str) -> str:
    return folded("".join(c if c.isalnum() or c in "'’-" else " " for c in text))
