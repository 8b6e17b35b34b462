"""Time stamps on sign-offs that were sealed: asked for after signing, and again where need be."""

from __future__ import annotations

from dataclasses import replace

from procurement_risk.assessment import SignOff
from procurement_risk.assessment.document import to_documents
from procurement_risk.canonical import JSON
from procurement_risk.storage import checked, reading, rows
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import canonical_text
from procurement_risk.storage.operations import loading
from procurement_risk.storage.signing import stamps

PART = "sign_offs"


def stamp_sign_offs(database: Database, assessment_id: str, actor: str) -> int:
    """Have each sealed sign-off stamped that has no stamp, and return how many were.

    The service is asked before anything is locked.

    Raises:
        NotFound: If there is no such assessment.
        StorageError: If the service gives no stamp that holds. Nothing was changed.
    """
    pen = checked.pen(assessment_id, actor, "")
    waiting = without(loading.load(database, assessment_id).assessment.sign_offs)
    found = {each.signature: stamps.ask(each.signature) for each in waiting}
    if not found:
        return 0
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        checked.refuse_archived(row)
        framework = database.kept_frameworks.of(connection, row.framework_digest)
        parts = rows.parts(connection, [row.id])[row.id]
        signed = reading.stored(row, parts, framework).assessment.sign_offs
        value: JSON = to_documents(
            [replace(e, stamp=found.get(e.signature, e.stamp)) for e in signed]
        )
        before = rows.take_up(connection, pen, row.revision, PART)
        stood = before.value, int(before.revision or 0)
        text = canonical_text(checked.checked_part(PART, value))
        rows.write_part(connection, pen, PART, stood, text)
        rows.finish(connection, pen, {})
    return len(found)


def without(sign_offs: tuple[SignOff, ...]) -> list[SignOff]:
    """Return those that are sealed and have no time stamp; none where no service is named."""
    return [each for each in sign_offs if stamps.is_set() and each.signature and not each.stamp]
