"""Putting an assessment on another version of its framework."""

from __future__ import annotations

from procurement_risk.assessment import Assessment
from procurement_risk.errors import UsageError
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.storage import alone_answers, checked, fitting, rows
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import HEADER


def move(
    database: Database,
    assessment: Assessment,
    framework: Framework,
    expected_revision: int,
    actor: str,
    reason: str = "",
) -> None:
    """Put ``assessment`` on another version of its framework, all of it or nothing.

    Each part that differs from what stands is written, with a line of history of its own; so
    what is dropped stays in the history.

    Args:
        database: Which.
        assessment: As it is to be, answers that fit the new version included.
        framework: The version it is moved to.
        expected_revision: The assessment's revision that this was worked out from.
        actor: Who moves it.
        reason: Why.

    Raises:
        UsageError: If it has changed since, is archived, ``actor`` is empty, or the framework
            is foreign.
        NotFound: If there is no such assessment.
        InvalidDocument: If something in it cannot be stored; it lists every problem.
    """
    pen = checked.pen(assessment.id, actor, reason)
    wanted = checked.checked_parts(assessment)
    fitting.refuse_misfits(framework, assessment)
    with database.writing() as connection:
        row = rows.take(connection, assessment.id)
        checked.refuse_archived(row)
        if row.revision != expected_revision:
            raise UsageError(
                _(
                    "The assessment was changed while you were looking. Nothing was moved: "
                    "look at what would change once more, then move it."
                )
            )
        stand = rows.stand(connection, row.id)
        alone_answers.refuse_under_way(stand)
        digest = database.kept_frameworks.digest(framework)
        if digest != row.framework_digest:
            database.kept_frameworks.adopt(connection, framework, pen.at)
        changes = rows.differing(stand, wanted)
        if digest == row.framework_digest and not changes:
            return
        rows.take_up(connection, pen, row.revision, HEADER)
        if digest != row.framework_digest:
            rows.write_header(pen, row, {"framework_digest": digest})
        rows.write_parts(connection, pen, stand, changes)
        values = {"purchase_id": assessment.purchase.id, "framework_digest": digest}
        rows.finish(connection, pen, values)
