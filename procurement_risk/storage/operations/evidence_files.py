"""Files of evidence: adding one, linking it to answers, reading it, and taking it away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from procurement_risk.assessment import Answer, EvidenceFile
from procurement_risk.assessment.document import (
    answer_from_document,
    answer_to_document,
    from_document,
    to_document,
)
from procurement_risk.assessment.evidence import SCHEME, with_file, without_file
from procurement_risk.assessment.parts import ANSWER, FILE
from procurement_risk.errors import NotFound, Problem, ProcurementRiskError, UsageError
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.storage import alone_answers, checked, keeping, rows
from procurement_risk.storage.database import Database
from procurement_risk.storage.evidence import SETTING, Contents, copies, limits, uses
from procurement_risk.storage.evidence.uses import Use
from procurement_risk.storage.history import HEADER, Pen, canonical_text
from procurement_risk.storage.rows import Row, Stand

NOTHING: tuple[str | None, int] = (None, 0)


def add_evidence(
    database: Database,
    assessment_id: str,
    name: str,
    content: bytes,
    actor: str,
    *,
    about: Mapping[str, str] | None = None,
    questions: Iterable[str] = (),
) -> str:
    """Keep a file as evidence, link it to answers, and return its SHA-256.

    The same bytes are kept once, for however many answers and assessments. Added again, what is
    known of a file is written anew.

    Args:
        database: Which.
        assessment_id: Whose evidence it is.
        name: What the file is called.
        content: Its bytes.
        actor: Who adds it.
        about: Any of ``date``, ``valid_until``, ``grade`` and ``source`` of ``EvidenceFile``.
        questions: The ids of the questions whose answers it shows.

    Raises:
        UsageError: If the file may not be kept, there is no such question, the assessment is
            archived, or ``actor`` is empty.
        InvalidDocument: If something in ``about`` cannot be kept; it lists every problem.
        NotFound: If there is no such assessment.
        StorageError: If it cannot be written; nothing was.
    """
    pen = checked.pen(assessment_id, actor, "")
    limits.refuse(name, content)
    file = EvidenceFile(
        name=limits.given_name(name), size=len(content), by=pen.by, at=pen.at, **(about or {})
    )
    digest = hashlib.sha256(content).hexdigest()
    checked.checked_part(FILE + digest, to_document(file))
    with database.reading() as connection:  # before anything is written outside the database
        checked.refuse_archived(rows.assessments(connection, [assessment_id])[assessment_id])
    place = contents_of(database)
    place.put(digest, content)
    with database.writing() as connection:
        uses.lock(connection)
        _link(database, connection, pen, digest, file, questions)
        place.put(digest, content)  # somebody may have taken it away since
    return digest


def link_evidence(
    database: Database,
    assessment_id: str,
    digest: str,
    actor: str,
    questions: Iterable[str],
) -> None:
    """Link a file that an assessment has already to more of its answers.

    Raises:
        NotFound: If there is no such assessment, or it has no such file.
        UsageError: As ``add_evidence`` does.
    """
    pen = checked.pen(assessment_id, actor, "")
    with database.writing() as connection:
        _link(database, connection, pen, digest, None, questions)


def unlink_evidence(
    database: Database, assessment_id: str, digest: str, question: str, actor: str
) -> None:
    """Take a file from one answer; the assessment keeps it.

    Raises:
        NotFound: If there is no such assessment.
        UsageError: If the assessment is archived, or ``actor`` is empty.
    """
    pen = checked.pen(assessment_id, actor, "")
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        checked.refuse_archived(row)
        stand = rows.stand(connection, assessment_id)
        _write(connection, pen, row, stand, _unlinked(pen, stand, digest, ANSWER + question))


def remove_evidence(
    database: Database, assessment_id: str, digest: str, actor: str, reason: str = ""
) -> None:
    """Take a file from all answers of an assessment; its last use takes its bytes away too.

    Raises:
        NotFound: If there is no such assessment, or it has no such file.
        UsageError: If the assessment is archived or under a legal hold, or ``actor`` is empty.
    """
    pen = checked.pen(assessment_id, actor, reason)
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        checked.refuse_archived(row)
        keeping.refuse_held([row])
        stand = rows.stand(connection, assessment_id)
        _known(stand, digest)
        changes = _unlinked(pen, stand, digest, ANSWER)
        _write(connection, pen, row, stand, {**changes, FILE + digest: None})
    drop_unused(database, [digest])


def put_all(database: Database, files: Mapping[str, bytes]) -> None:
    """Keep the bytes of files that come along with their assessments, by digest."""
    for digest, content in files.items():
        contents_of(database).put(digest, content)


def drop_unused(database: Database, digests: Iterable[str]) -> None:
    """Take away the bytes of those files that no assessment uses any more."""
    place, dropped = database.evidence(), list(digests)
    if place is not None and dropped:
        with database.writing() as connection:
            uses.drop_unused(connection, place, dropped)


def evidence_content(database: Database, assessment_id: str, digest: str) -> bytes:
    """Return the bytes of a file of an assessment's evidence, just as they were added.

    Raises:
        NotFound: If there is no such assessment, it has no such file, or the bytes are gone.
        StorageError: If they were altered, or the place they lie in does not answer.
    """
    with database.reading() as connection:
        rows.revision(connection, assessment_id)
        if not rows.part_value(connection, assessment_id, FILE + digest):
            raise _no_file(digest)
    return copies.sound(contents_of(database), digest)


def evidence_uses(database: Database, ids: Iterable[str]) -> list[Use]:
    """Return the files of evidence of these assessments: nobody looks through what is in them."""
    with database.reading() as connection:
        return uses.uses(connection, set(ids))


def check_evidence(database: Database, assessment_id: str) -> list[Problem]:
    """Return what is wrong with the files of an assessment: gone, altered or out of reach."""
    with database.reading() as connection:
        rows.revision(connection, assessment_id)
        wanted = uses.digests(connection, assessment_id)
    found: list[Problem] = []
    for digest in wanted:
        try:
            copies.sound(contents_of(database), digest)
        except ProcurementRiskError as error:
            found.append(Problem("evidence", str(error)))
    return found


def contents_of(database: Database) -> Contents:
    """Return where files of evidence lie. Raises UsageError where no place is set."""
    place = database.evidence()
    if place is None:
        message = _(
            "No place for evidence files is set. Ask the administrator to name one in {setting}, "
            "such as a folder or a bucket; until then, write a link to where the file is kept."
        )
        raise UsageError(message.format(setting=SETTING))
    return place


def _link(
    database: Database,
    connection: sa.Connection,
    pen: Pen,
    digest: str,
    file: EvidenceFile | None,
    questions: Iterable[str],
) -> None:
    """Write what is known of a file, where it is given, and link it to ``questions``."""
    row = rows.take(connection, pen.assessment_id)
    checked.refuse_archived(row)
    stand = rows.stand(connection, row.id)
    asked = database.kept_frameworks.of(connection, row.framework_digest)
    changes: dict[str, Any] = {}
    if file is None:
        file = _known(stand, digest)
    else:
        changes[FILE + digest] = to_document(file)
    for question in questions:
        _refuse_unasked(asked, question)
        answer = with_file(_answer(stand, ANSWER + question), digest, file)
        multiple = asked.by_id[question].type == "multiple"
        answer = replace(answer, by=pen.by, at=pen.at)
        changed = answer_to_document(answer, multiple=multiple)
        stood = json.loads(stand.get(ANSWER + question, NOTHING)[0] or "null")
        alone_answers.refuse(connection, row.id, asked, ANSWER + question, stood, changed)
        changes[ANSWER + question] = changed
    _write(connection, pen, row, stand, changes)


def _unlinked(pen: Pen, stand: Stand, digest: str, begins: str) -> dict[str, Any]:
    """Return what becomes of each answer whose part begins so and that the file shows."""
    changes: dict[str, Any] = {}
    known = {
        name.removeprefix(FILE): from_document(EvidenceFile, json.loads(value))
        for name, (value, _revision) in stand.items()
        if name.startswith(FILE) and value is not None
    }
    for name in stand:
        answer = _answer(stand, name) if name.startswith(begins) else None
        if answer is not None and SCHEME + digest in answer.files:
            left = without_file(answer, digest, known)
            changes[name] = left and answer_to_document(replace(left, by=pen.by, at=pen.at))
    return changes


def _write(
    connection: sa.Connection, pen: Pen, row: Row, stand: Stand, changes: Mapping[str, Any]
) -> None:
    values = {name: checked.checked_part(name, value) for name, value in changes.items()}
    texts = {name: None if v is None else canonical_text(v) for name, v in values.items()}
    differ = {n: text for n, text in texts.items() if stand.get(n, NOTHING)[0] != text}
    if differ:
        rows.take_up(connection, pen, row.revision, HEADER)
        rows.write_parts(connection, pen, stand, differ)
        rows.finish(connection, pen, {})


def _answer(stand: Stand, part: str) -> Answer | None:
    value = stand.get(part, NOTHING)[0]
    return None if value is None else answer_from_document(json.loads(value))


def _known(stand: Stand, digest: str) -> EvidenceFile:
    value = stand.get(FILE + digest, NOTHING)[0]
    if value is None:
        raise _no_file(digest)
    return from_document(EvidenceFile, json.loads(value))


def _no_file(digest: str) -> NotFound:
    message = _("The assessment has no file of evidence with the SHA-256 {digest}.")
    return NotFound(message.format(digest=digest))


def _refuse_unasked(asked: Framework, question: str) -> None:
    if question not in asked.by_id:
        message = _("The questionnaire asks no question {question}. Check its id.")
        raise UsageError(message.format(question=repr(question)))
