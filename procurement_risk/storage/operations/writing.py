"""Making an assessment, and saving its parts, each against the revision it was based on."""

from __future__ import annotations

import json

import sqlalchemy as sa

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.parts import ANSWER, MITIGATION, part_title
from procurement_risk.canonical import JSON
from procurement_risk.errors import StaleFramework, StaleSave, UsageError
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.storage import (
    alone_answers,
    checked,
    decided,
    fitting,
    kept_up,
    rows,
    settling,
    tables,
)
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import HEADER, Pen, canonical_text
from procurement_risk.storage.operations.signing import refuse_written


def create(
    database: Database, assessment: Assessment, framework: Framework, actor: str, reason: str = ""
) -> None:
    """Add ``assessment``, answered against ``framework``, with a line of history a part.

    Where it does not say when and by whom it was created, that is now and ``actor``.

    Raises:
        InvalidDocument: If something in it cannot be stored; it lists every problem.
        UsageError: If the id is taken, ``actor`` is empty, or the framework is foreign.
    """
    pen = checked.pen(assessment.id, actor, reason)
    fitting.refuse_misfits(framework, assessment)
    origin = assessment.created_at or pen.at, assessment.created_by or pen.by
    with database.writing() as connection:
        digest = database.kept_frameworks.adopt(connection, framework, pen.at)
        insert(connection, assessment, digest, origin, pen)


def insert(
    connection: sa.Connection,
    assessment: Assessment,
    framework_digest: str,
    origin: tuple[str, str],
    pen: Pen,
) -> None:
    """Write an assessment that is not here yet; ``origin`` says when and by whom it was made."""
    parts = checked.checked_parts(assessment)
    header = {
        "framework_digest": framework_digest,
        "fictional": assessment.fictional,
        "created_at": origin[0],
        "created_by": origin[1],
        "archived": False,
    }
    pen.write(HEADER, None, canonical_text(header))
    for name, value in parts.items():
        pen.write(name, None, value)
    own = {"id": assessment.id, "purchase_id": assessment.purchase.id}
    changed = {"changed_at": pen.at, "revision": pen.seq}
    try:
        connection.execute(tables.assessment.insert(), {**header, **own, **changed})
    except sa.exc.IntegrityError as error:
        message = _("There is an assessment {id} already. Give the new one another id.")
        raise UsageError(message.format(id=repr(assessment.id))) from error
    values = [rows.part_values(pen, name, value, 1) for name, value in parts.items()]
    connection.execute(tables.part.insert(), values)
    kept_up.written(connection, assessment.id, parts, pen.by)
    pen.put_down(connection)


def save(
    database: Database,
    assessment_id: str,
    part: str,
    value: JSON,
    expected_revision: int,
    actor: str,
    reason: str = "",
    framework: Framework | None = None,
) -> int:
    """Write ``value``, JSON as ``records`` makes it, and return the part's new revision.

    A value equal to the stored one changes nothing and returns the revision that stands. A
    decision moves the state to decided where nothing was decided before.

    Args:
        database: Which.
        assessment_id: Whose part it is.
        part: Such as ``purchase``, ``state`` or ``answer:DP-02``.
        value: The new value; None empties the part.
        expected_revision: The revision the change was based on; 0 for a part never written.
        actor: Who makes the change, as they named themselves.
        reason: Why, where there is something to say.
        framework: The version that an answer was given to, where it matters.

    Raises:
        StaleFramework: If the assessment stands on another version by now.
        StaleSave: If another revision stands by now. Nothing was written.
        NotFound: If there is no such assessment.
        InvalidDocument: If ``value`` cannot be that part, or is a decision that cannot be
            recorded over what was found; it lists every problem.
        UsageError: If the assessment is archived, cannot be in that state, or ``actor`` is empty.
    """
    pen = checked.pen(assessment_id, actor, reason)
    refuse_written(part)
    value = checked.checked_part(part, value)
    text = None if value is None else canonical_text(value)
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        refuse_other_version(database, row, framework, part_title(part, framework))
        stands = rows.take_up(connection, pen, row.revision, part)
        revision = int(stands.revision or 0)
        if text == stands.value:
            return revision
        checked.refuse_archived(row)
        if revision != expected_revision:
            theirs = _json(stands.value)
            raise StaleSave(part_title(part, framework), value, theirs, revision, stands.by or "")
        asked = database.kept_frameworks.of(connection, row.framework_digest)
        stood = _json(stands.value)
        alone_answers.refuse(connection, assessment_id, asked, part, stood, value)
        if (part.startswith(MITIGATION) or part == "gate") and value is not None:
            answer = rows.part_value(connection, assessment_id, _answer_of(part))
            fitting.refuse_misfit(asked, part, value, _json(answer))
        more = decided.follows(connection, row, asked, part, value)
        stand = rows.stand(connection, assessment_id) if more else {}
        rows.write_parts(
            connection, pen, {**stand, part: (stands.value, revision)}, {part: text, **more}
        )
        if part == "decision" and value is not None:
            settling.settle(connection, pen)
        purchase_id = {"purchase_id": value["id"]} if part == "purchase" else {}
        rows.finish(connection, pen, purchase_id)
    return revision + 1


def archive(database: Database, assessment_id: str, actor: str, reason: str = "") -> None:
    """Set the assessment aside: it stays readable, and saves are refused until restored."""
    _set_archived(database, assessment_id, True, checked.pen(assessment_id, actor, reason))


def restore(database: Database, assessment_id: str, actor: str, reason: str = "") -> None:
    """Bring an archived assessment back."""
    _set_archived(database, assessment_id, False, checked.pen(assessment_id, actor, reason))


def _set_archived(database: Database, assessment_id: str, archived: bool, pen: Pen) -> None:
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        if row.archived == archived:
            return
        rows.take_up(connection, pen, row.revision, HEADER)
        rows.write_header(pen, row, {"archived": archived})
        rows.finish(connection, pen, {"archived": archived})


def refuse_other_version(
    database: Database, row: rows.Row, wanted: Framework | None, what: str
) -> None:
    """Raise StaleFramework where the assessment in ``row`` stands on another version."""
    if wanted is not None and database.kept_frameworks.digest(wanted) != row.framework_digest:
        raise StaleFramework(what)


def _answer_of(mitigation: str) -> str:
    """Return the part that holds the answer that a mitigation is about."""
    return ANSWER + mitigation.removeprefix(MITIGATION)


def _json(text: str | None) -> JSON:
    return None if text is None else json.loads(text)
