"""Two people who answer a section alone: what each wrote, and taking both in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import sqlalchemy as sa

from procurement_risk.assessment import Answer, HandOver
from procurement_risk.assessment.answers import check_answer
from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.assessment.document import (
    answer_from_document,
    answer_to_document,
    to_document,
)
from procurement_risk.assessment.parts import ANSWER, HANDOVER
from procurement_risk.assessment.two_answers import assessors, is_under_way, together
from procurement_risk.canonical import JSON
from procurement_risk.errors import InvalidDocument, NotAllowed, StaleSave, UsageError
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.places import place_of, questions_of
from procurement_risk.language import _
from procurement_risk.language.phrases import listed
from procurement_risk.storage import alone_answers, checked, rows
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import HEADER, Pen, canonical_text

TAKEN_IN = "Answered by two people, each alone"  # stored, so in English whatever the language


WHATEVER: JSON = object()


def answer_alone(
    database: Database,
    assessment_id: str,
    question: str,
    value: JSON,
    actor: str,
    stood: JSON = WHATEVER,
) -> None:
    """Keep what one of two people answers alone; None takes it back.

    Args:
        database: Which.
        assessment_id: Which assessment.
        question: Which question.
        value: The answer, as JSON.
        actor: Who answers.
        stood: What the person had before them, as JSON; it is written over that alone.

    Raises:
        InvalidDocument: If it is no answer to that question; it lists every problem.
        NotAllowed: If the section is not theirs to answer alone.
        NotFound: If there is no such assessment.
        StaleSave: If something else stands by now, as from another window or an erasure.
        UsageError: If the assessment is archived, or the answer names files of evidence.
    """
    pen = checked.pen(assessment_id, actor, "")
    value = checked.checked_part(f"{ANSWER}{question}", value)
    if isinstance(value, dict) and value.get("files"):
        raise UsageError(_("A file is linked to an answer once both are done."))
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        checked.refuse_archived(row)
        framework = database.kept_frameworks.of(connection, row.framework_digest)
        asked = framework.by_id.get(question)
        if asked is None:
            raise UsageError(_("The questionnaire has no such question."))
        _handed(connection, pen, place_of(framework, asked))
        _check(framework, asked, value)
        stands = alone_answers.of(connection, assessment_id, pen.by).get(question)
        if stood is not WHATEVER and _said(stands) != _said(stood):
            raise StaleSave(question, value, stands, 0, pen.by)
        alone_answers.write(connection, pen, question, value)


def _said(value: JSON) -> Answer | None:
    return value and replace(answer_from_document(value), by="", at="")


def finish_alone(
    database: Database, assessment_id: str, section: str, actor: str, *, for_both: bool = False
) -> bool:
    """Say that a person is done; with the second of the two, take both answers in.

    Args:
        database: Which.
        assessment_id: Which assessment.
        section: Which section.
        actor: Who is done; or who ends it.
        for_both: Whether it ends here, whoever is done: what was answered until now is taken in.

    Returns:
        Whether it was taken in.

    Raises:
        InvalidDocument: If an answer does not fit the questionnaire any more.
        NotAllowed: If ``actor`` is none of the two.
        NotFound: If there is no such assessment.
        UsageError: If nobody answers the section alone.
    """
    pen = checked.pen(assessment_id, actor, TAKEN_IN)
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        checked.refuse_archived(row)
        framework = database.kept_frameworks.of(connection, row.framework_digest)
        handover = _handed(connection, pen, section, anybody=for_both)
        is_known = any(is_same_person(each, pen.by) for each in handover.answered)
        done = handover.answered if for_both or is_known else (*handover.answered, pen.by)
        is_over = for_both or len(done) == len(assessors(handover))
        handover = replace(handover, answered=done)
        changes: dict[str, JSON] = {}
        if is_over:
            handover = replace(handover, done_by=pen.by, done_at=pen.at)
            changes = _taken_in(connection, pen, framework, section, handover)
        changes[f"{HANDOVER}{section}"] = to_document(handover)
        texts = {
            name: canonical_text(checked.checked_part(name, v)) for name, v in changes.items()
        }
        stand = rows.stand(connection, assessment_id)
        rows.take_up(connection, pen, row.revision, HEADER)
        rows.write_parts(connection, pen, stand, texts)
        rows.finish(connection, pen, {})
    return is_over


def _taken_in(
    connection: sa.Connection, pen: Pen, framework: Framework, section: str, handover: HandOver
) -> dict[str, JSON]:
    """Return the parts that two people's answers become, and keep theirs no longer."""
    asked = {q.id: q for q in questions_of(framework, section)}
    one, other = (_of(connection, pen, asked, who, framework) for who in assessors(handover))
    alone_answers.drop(connection, pen.assessment_id, list(asked))
    return {
        f"{ANSWER}{name}": answer_to_document(each, multiple=asked[name].type == "multiple")
        for name, each in together(one, other).items()
    }


def _of(
    connection: sa.Connection,
    pen: Pen,
    asked: Mapping[str, Question],
    who: str,
    framework: Framework,
) -> dict[str, Answer]:
    found = alone_answers.of(connection, pen.assessment_id, who)
    given = {name: value for name, value in found.items() if name in asked}
    for name, value in given.items():
        _check(framework, asked[name], value)
    return {name: answer_from_document(value) for name, value in given.items()}


def _check(framework: Framework, question: Question, value: JSON) -> None:
    if isinstance(value, dict) and (problems := check_answer(framework, question, value)):
        raise InvalidDocument(question.id, problems)


def _handed(
    connection: sa.Connection, pen: Pen, section: str, *, anybody: bool = False
) -> HandOver:
    """Return the hand-over by which two people answer a section alone, ``pen`` being one."""
    handover = alone_answers.handed(connection, pen.assessment_id, section)
    if handover is None or not is_under_way(handover):
        raise UsageError(_("Nobody answers this section alone now. Look at it once more."))
    if not anybody and not any(is_same_person(e, pen.by) for e in assessors(handover)):
        words = _("{people} answer this section alone, and nobody else.")
        raise NotAllowed(words.format(people=listed(list(assessors(handover)))))
    return handover
