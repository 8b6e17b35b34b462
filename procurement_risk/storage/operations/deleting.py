"""Legal holds, and deleting an assessment: what may go, what may not, what went."""

from __future__ import annotations

from collections.abc import Iterable

from procurement_risk.assessment import retention
from procurement_risk.assessment.retention import Rule
from procurement_risk.errors import UsageError
from procurement_risk.language import _
from procurement_risk.storage import checked, cleaning, keeping, rows
from procurement_risk.storage.database import Database
from procurement_risk.storage.evidence import uses
from procurement_risk.storage.operations import evidence_files, loading, suppliers


def hold(database: Database, assessment_id: str, actor: str, reason: str) -> None:
    """Put an assessment under a legal hold: nothing of it is deleted or struck out.

    Raises:
        UsageError: If it is held already, or ``actor`` or ``reason`` is empty.
        NotFound: If there is no such assessment.
    """
    pen = checked.pen_with_reason(assessment_id, actor, reason)
    with database.writing() as connection:
        keeping.set_hold(connection, pen, rows.take(connection, assessment_id))


def lift_hold(database: Database, assessment_id: str, actor: str, reason: str) -> None:
    """Lift a legal hold. Raises UsageError as ``hold`` does, and where there is none."""
    pen = checked.pen_with_reason(assessment_id, actor, reason)
    with database.writing() as connection:
        keeping.lift_hold(connection, pen, rows.take(connection, assessment_id))


def delete(
    database: Database, assessment_id: str, seen: str, actor: str, reason: str, rule: str = ""
) -> bool:
    """Delete an assessment with its history and files; a tombstone is left.

    Args:
        database: Which.
        assessment_id: Which.
        seen: What ``keeping.look`` gave for it when somebody looked at it.
        actor: Who deletes it.
        reason: Why.
        rule: The retention rule that it is disposed of by, if it is.

    Returns:
        Whether it is gone from the disk as well; else ``clean`` has to be tried again.

    Raises:
        UsageError: If it is under a legal hold, has changed since it was looked at, or
            ``actor`` or ``reason`` is empty.
        NotFound: If there is no such assessment.
    """
    pen = checked.pen_with_reason(assessment_id, actor, reason)
    stored = loading.load(database, assessment_id)
    digest = keeping.record_digest(stored)
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        keeping.refuse_held([row])
        if row.revision != stored.revision or keeping.look(stored) != seen:
            raise UsageError(
                _(
                    "The assessment {id} was changed since you looked at it. Nothing was "
                    "deleted: look at it once more."
                ).format(id=repr(assessment_id))
            )
        keeping.bury(connection, pen, row, digest, rule)
        files = uses.digests(connection, assessment_id)
        with cleaning.opened(connection, ["history"]):
            keeping.remove(connection, assessment_id)
    evidence_files.drop_unused(database, files)
    return database.clean()


def dispose(
    database: Database,
    assessment_id: str,
    seen: str,
    actor: str,
    reason: str,
    rules: Iterable[Rule],
    day: str,
) -> bool:
    """Delete an assessment that is due by the retention ``rules`` on ``day``.

    Raises:
        UsageError: If it is not due, and as ``delete`` does.
        NotFound: If there is no such assessment.
    """
    stored = loading.load(database, assessment_id)
    names = suppliers.supplier_names(database, assessment_id).get(assessment_id, ())
    found = retention.due(stored.assessment, stored.changed_at, rules, names)
    keeping.refuse_not_due(stored, found, day)
    return delete(database, assessment_id, seen, actor, reason, retention.words(found))
