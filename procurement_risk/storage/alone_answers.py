"""What two people answer alone: kept beside the assessment, so that neither is shown the other's.

    two people ──> alone_answer, a row for each question and person ── both are done ──> answers

Until then it stands in no part, no history, no search and no export.
"""

from __future__ import annotations

import json
from uuid import uuid4

import sqlalchemy as sa

from procurement_risk.assessment import Answer, HandOver
from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.assessment.document import answer_from_document, from_document
from procurement_risk.assessment.parts import ANSWER, HANDOVER
from procurement_risk.assessment.two_answers import assessors, is_under_way, refused
from procurement_risk.canonical import JSON
from procurement_risk.errors import UsageError
from procurement_risk.framework import Framework
from procurement_risk.framework.places import FACTS, place_of
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import listed
from procurement_risk.storage import rows, tables
from procurement_risk.storage.history import Pen, canonical_text
from procurement_risk.storage.rows import Stand

TABLE = tables.alone_answer
UNDER_WAY = N_("Two people answer a section alone. Both have to be done first, or end it.")


def of(connection: sa.Connection, assessment_id: str, actor: str) -> dict[str, JSON]:
    """Return what ``actor`` answered alone so far, as JSON by question: nobody else's."""
    query = sa.select(TABLE).where(TABLE.c.assessment_id == assessment_id)
    return {
        row.question: json.loads(row.value)
        for row in connection.execute(query)
        if is_same_person(row.by, actor)
    }


def write(connection: sa.Connection, pen: Pen, question: str, value: JSON) -> None:
    """Keep what the person of ``pen`` answers alone, in place of what they answered before."""
    drop(connection, pen.assessment_id, [question], pen.by)
    if value is not None:
        row = {
            "id": uuid4().hex,
            "assessment_id": pen.assessment_id,
            "question": question,
            "by": pen.by,
            "at": pen.at,
            "value": canonical_text(value),
        }
        connection.execute(TABLE.insert(), row)


def drop(
    connection: sa.Connection, assessment_id: str, questions: list[str], by: str = ""
) -> None:
    """Keep no longer what was answered alone to these questions, by one person or by anybody."""
    these = sa.and_(TABLE.c.assessment_id == assessment_id, TABLE.c.question.in_(questions))
    found = connection.execute(sa.select(TABLE.c.id, TABLE.c.by).where(these)).all()
    ids = [row.id for row in found if not by or is_same_person(row.by, by)]
    connection.execute(TABLE.delete().where(TABLE.c.id.in_(ids)))


def handed(connection: sa.Connection, assessment_id: str, section: str) -> HandOver | None:
    """Return the hand-over of a section as it stands, if there is one."""
    text = rows.part_value(connection, assessment_id, f"{HANDOVER}{section}")
    return None if text is None else from_document(HandOver, json.loads(text))


def refuse_under_way(stand: Stand) -> None:
    """Raise UsageError where two people answer a section of the assessment alone.

    Args:
        stand: The parts as they stand: each as text, and its revision.
    """
    for name, (text, _revision) in stand.items():
        if text is None or not name.startswith(HANDOVER):
            continue
        if is_under_way(from_document(HandOver, json.loads(text))):
            raise UsageError(_(UNDER_WAY))


def refuse(
    connection: sa.Connection,
    assessment_id: str,
    framework: Framework,
    part: str,
    stands: JSON,
    value: JSON,
) -> None:
    """Raise UsageError where a part may not be written while, or as, two people answer alone.

    Args:
        connection: Where.
        assessment_id: Whose part it is.
        framework: What it is answered against.
        part: Which.
        stands: What stands there now, as JSON.
        value: What is to stand there.
    """
    if part.startswith(HANDOVER):
        before = None if stands is None else from_document(HandOver, stands)
        after = None if value is None else from_document(HandOver, value)
        if message := _refused_handover(before, after):
            raise UsageError(message)
    if not part.startswith(ANSWER):
        return
    if message := refused(_answer(stands), _answer(value)):
        raise UsageError(message)
    question = framework.by_id.get(part.removeprefix(ANSWER))
    place = place_of(framework, question) if question else FACTS
    handover = handed(connection, assessment_id, place)
    if handover is not None and is_under_way(handover):
        words = _("{people} answer this section alone. It can be changed once both are done.")
        raise UsageError(words.format(people=listed(list(assessors(handover)))))


def _refused_handover(before: HandOver | None, after: HandOver | None) -> str:
    """Return why a hand-over cannot be written, as a sentence; else empty."""
    if before is not None and is_under_way(before):
        return _(UNDER_WAY)
    if after is None or not after.second:
        return ""
    if after.answered and (before is None or after.answered != before.answered):
        return _("Who is done says so by being done.")
    if is_same_person(after.owner, after.second):
        return _("Name two people: nobody answers alone beside themselves.")
    return ""


def _answer(value: JSON) -> Answer | None:
    return answer_from_document(value) if isinstance(value, dict) else None
