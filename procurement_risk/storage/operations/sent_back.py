"""What suppliers sent back, file by file."""

from __future__ import annotations

from procurement_risk.assessment import Supplier
from procurement_risk.assessment.parts import ANSWER
from procurement_risk.canonical import JSON
from procurement_risk.errors import NotFound, UsageError
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.storage import checked, returns as kept_returns, rows, waiting_returns
from procurement_risk.storage.database import Database
from procurement_risk.storage.operations import writing
from procurement_risk.storage.returns import Accepted, KeptReturn

LONGEST_NAME = 200
"""So many characters of a supplier's name stand with an answer."""


def keep_return(
    database: Database,
    assessment_id: str,
    name: str,
    content: bytes,
    actor: str,
    framework: Framework | None = None,
) -> str:
    """Keep a file that the supplier of an assessment sent back, and return its SHA-256.

    A file that is kept already is kept once.

    Args:
        database: Which.
        assessment_id: The assessment that it is taken into.
        name: What the file is called.
        content: Its bytes.
        actor: Who takes it in.
        framework: The version that it answers, where it matters.

    Raises:
        StaleFramework: If the assessment stands on another version by now.
        NotFound: If there is no such assessment.
        UsageError: If the assessment is archived, or ``actor`` is empty.
    """
    pen = checked.pen(assessment_id, actor, "")
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        writing.refuse_other_version(database, row, framework, name)
        checked.refuse_archived(row)
        return kept_returns.keep(connection, pen, row, name, content)


def save_returned(
    database: Database,
    assessment_id: str,
    part: str,
    value: JSON,
    expected_revision: int,
    actor: str,
    accepted: Accepted,
    framework: Framework | None = None,
) -> int:
    """Write an answer out of a kept file in its supplier's name, accepted by ``actor``.

    Everything else is as in ``save``.

    Raises:
        NotFound: If no such file was taken into the assessment.
        UsageError: If ``part`` is no answer.
    """
    kept = {each.digest: each for each in returns_into(database, assessment_id)}
    if accepted.digest not in kept:
        raise kept_returns.no_file(accepted.digest)
    if not part.startswith(ANSWER) or not isinstance(value, dict):
        raise UsageError(_("Only an answer can be accepted from a supplier's file."))
    theirs = {**value, "by": kept[accepted.digest].supplier.name[:LONGEST_NAME]}
    reason = accepted.reason
    return writing.save(
        database, assessment_id, part, theirs, expected_revision, actor, reason, framework
    )


def returns(database: Database, framework: Framework, supplier: Supplier) -> list[KeptReturn]:
    """Return what the same supplier sent back to this framework, the newest first."""
    with database.reading() as connection:
        return kept_returns.found(connection, database.kept_frameworks.digest(framework), supplier)


def returns_into(database: Database, assessment_id: str) -> list[KeptReturn]:
    """Return what suppliers sent back that was taken into an assessment, the oldest first."""
    with database.reading() as connection:
        return kept_returns.taken_into(connection, assessment_id)


def wait_return(database: Database, name: str, content: bytes, actor: str) -> bool:
    """Keep a file until ``actor``, who brought it, takes it in or discards it.

    Returns:
        Whether there was room: so many wait for one person, and for all, and no more.
    """
    pen = checked.pen("", actor, "")
    with database.writing() as connection:
        return waiting_returns.keep(connection, pen, name, content)


def waiting_file(database: Database, person: str, digest: str) -> bytes:
    """Return a file that waits for ``person``. Raises NotFound where it does not."""
    with database.reading() as connection:
        if all(each.digest != digest for each in waiting_returns.of(connection, person)):
            raise NotFound(_("This file waits for you no longer. Bring it again."))
        return kept_returns.content(connection, digest)
