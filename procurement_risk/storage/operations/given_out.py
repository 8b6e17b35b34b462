"""The log of what was given out."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.storage import checked, releases as log, rows
from procurement_risk.storage.database import Database
from procurement_risk.storage.releases import Release


def add_release(
    database: Database,
    assessment_id: str,
    recipient: str,
    file: tuple[str, bytes],
    withheld: Sequence[str],
    actor: str,
    reason: str,
) -> Release:
    """Add a line to the log of what was given out, and return it.

    Args:
        database: Which.
        assessment_id: What it is about.
        recipient: To whom it was given.
        file: Its name and its bytes, of which only size and digest are kept.
        withheld: The fields that were withheld from publication.
        actor: Who gave it out.
        reason: On what request or duty.

    Raises:
        NotFound: If there is no such assessment.
        UsageError: If a name or the reason is empty or too long.
    """
    pen = checked.pen_with_reason(assessment_id, actor, reason)
    with database.writing() as connection:
        rows.take(connection, assessment_id)
        return log.add(connection, pen, recipient, file, withheld)
