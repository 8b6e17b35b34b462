"""Legal holds, and deleting an assessment so that a tombstone is left.

A tombstone says which assessment it was, by whom, when and why it was deleted, and carries the
digest of its record and the head of its history: whoever kept either can show what it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from procurement_risk.assessment import retention
from procurement_risk.assessment.record import make_record
from procurement_risk.assessment.retention import Due
from procurement_risk.canonical import digest_of, read_json
from procurement_risk.errors import ProcurementRiskError, UsageError
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import _
from procurement_risk.methods import score_to_document
from procurement_risk.storage import kept_up, logs, rows, tables, told_programs, waiting_returns
from procurement_risk.storage.history import HEADER, Pen, canonical_text
from procurement_risk.storage.reading import Stored, hold_of
from procurement_risk.storage.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of an assessment that was deleted.

    Attributes:
        record_digest: The digest of its record, as ``verify`` would have shown it; empty where
            no record could be made of it.
        head: The hash of the last line of its history.
        entries: How many lines that had.
        rule: The retention rule that it was disposed of by; empty where it was deleted.
    """

    assessment_id: str
    at: str
    by: str
    reason: str
    rule: str
    record_digest: str
    head: str
    entries: int


def set_hold(connection: sa.Connection, pen: Pen, row: Row) -> None:
    """Put the assessment in ``row`` under a legal hold. Raises UsageError where it is already."""
    if row.hold is not None:
        raise UsageError(held_words(row))
    hold = {"reason": pen.reason, "by": pen.by, "at": pen.at}
    rows.take_up(connection, pen, row.revision, HEADER)
    rows.write_header(pen, row, {"hold": hold})
    rows.finish(connection, pen, {"hold": canonical_text(hold)})


def lift_hold(connection: sa.Connection, pen: Pen, row: Row) -> None:
    """Lift the legal hold. Raises UsageError where there is none."""
    if row.hold is None:
        message = _("The assessment {id} is under no legal hold.")
        raise UsageError(message.format(id=repr(row.id)))
    rows.take_up(connection, pen, row.revision, HEADER)
    rows.write_header(pen, row, {"hold": None})
    rows.finish(connection, pen, {"hold": None})


def refuse_held(held: Iterable[Row]) -> None:
    """Raise UsageError where one of these assessments is under a legal hold; it names them all."""
    if found := [held_words(row) for row in held if row.hold is not None]:
        raise UsageError("\n".join(found))


def held_words(row: Row) -> str:
    """Return the sentence that an assessment is under a legal hold, and what follows."""
    hold = hold_of(row)
    assert hold is not None
    message = _(
        "The assessment {id} is under a legal hold since {day}, by {name}: {reason}. Nothing of "
        "it is deleted or struck out until the hold is lifted."
    )
    return message.format(id=repr(row.id), day=hold.at[:10], name=hold.by, reason=hold.reason)


def record_digest(stored: Stored) -> str:
    """Return the digest of the assessment's record, or nothing where none can be made of it."""
    try:
        result = score_to_document(stored.framework, stored.assessment.answer_set)
        record = make_record(stored.assessment, stored.framework, result, SOFTWARE)
    except ProcurementRiskError:
        return ""
    return str(read_json(record)["digest"])


def look(stored: Stored) -> str:
    """Return what names the assessment exactly as it stands, for the second look at it."""
    return digest_of([stored.assessment.id, stored.revision, record_digest(stored)])[:12]


def refuse_not_due(stored: Stored, found: Due, today: str) -> None:
    """Raise UsageError where no rule lets an assessment go yet."""
    if found.is_reached(today):
        return
    message = _(
        "The assessment {id} is not due ({why}). Only what is due is disposed of; to take out "
        "one that was made by mistake, delete it."
    )
    why = _("due on {day}").format(day=found.day) if found.day else retention.words(found)
    raise UsageError(message.format(id=repr(stored.assessment.id), why=why))


def bury(connection: sa.Connection, pen: Pen, row: Row, digest: str, rule: str) -> None:
    """Write the tombstone of the assessment in ``row``, whose record has this digest."""
    rows.take_up(connection, pen, row.revision, HEADER)
    logs.add(
        connection,
        logs.TOMBSTONES,
        {
            "assessment_id": row.id,
            "at": pen.at,
            "by": pen.by,
            "reason": pen.reason,
            "rule": rule,
            "record_digest": digest,
            "head": pen.previous,
            "entries": row.revision,
        },
    )


def remove(connection: sa.Connection, assessment_id: str) -> None:
    """Delete every row that belongs to an assessment, and files that belong to no other."""
    kept_up.forget(connection, assessment_id)
    whole = tables.assessment
    for table in reversed(tables.metadata.sorted_tables):
        for column in table.columns:
            if any(key.column is whole.c.id for key in column.foreign_keys):
                connection.execute(table.delete().where(column == assessment_id))
    connection.execute(whole.delete().where(whole.c.id == assessment_id))
    waiting_returns.forget(connection, assessment_id)
    told_programs.forget(connection, assessment_id)


def tombstones(connection: sa.Connection) -> list[Tombstone]:
    """Return what is left of every assessment that was deleted, the newest first."""
    table = tables.tombstone
    found = connection.execute(sa.select(table).order_by(table.c.seq.desc())).mappings()
    return [
        Tombstone(**{name: row[name] for name in Tombstone.__dataclass_fields__}) for row in found
    ]
