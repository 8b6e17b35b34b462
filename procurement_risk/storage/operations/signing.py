"""Signing a decision off, over the assessment as whoever signs has seen it."""

from __future__ import annotations

import sqlalchemy as sa

from procurement_risk.assessment import Assessment, SignOff, signed
from procurement_risk.assessment.document import to_documents
from procurement_risk.assessment.parts import FILE
from procurement_risk.errors import NotAllowed, StaleSave, UsageError
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.storage import checked, reading, rows
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import canonical_text
from procurement_risk.storage.rows import Row
from procurement_risk.storage.signing import keys

PART = "sign_offs"
BY_NAME = "name"


def sign_off(
    database: Database, assessment_id: str, post: str, seen: str, actor: str, how: str = BY_NAME
) -> SignOff:
    """Sign what was decided, and return the sign-off; sealed where whoever signs has signed in.

    Args:
        database: Which.
        assessment_id: Which assessment.
        post: As what they sign.
        seen: What they saw, as ``signed.digest_of`` gives it.
        actor: Who signs.
        how: How it is known who they are.

    Raises:
        NotAllowed: If a program would sign, or whoever gives a command.
        NotFound: If there is no such assessment.
        StaleSave: If it is not what they saw any more. Nothing was signed.
        StorageError: If the server's key cannot be used.
        UsageError: If nothing was decided, or they have signed already.
    """
    if how not in (BY_NAME, "personal", *signed.SIGNED_IN):
        raise NotAllowed(_("A person signs, on the page, and no program. Sign in there."))
    pen, post = checked.pen(assessment_id, actor, ""), " ".join(post.split())
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        checked.refuse_archived(row)
        framework = database.kept_frameworks.of(connection, row.framework_digest)
        assessment = _stands(connection, row, framework)
        signed_in = how in signed.SIGNED_IN
        if message := signed.refused(assessment, framework, pen.by, post, signed_in=signed_in):
            raise UsageError(message)
        digest = signed.digest_of(assessment, framework)
        if digest != seen:
            raise StaleSave(_("What you sign"), seen, digest, row.revision, "")
        made = _sealed(assessment_id, signed.begun(digest, pen.by, post, pen.at, _how(how)))
        value = to_documents([*assessment.sign_offs, made])
        before = rows.take_up(connection, pen, row.revision, PART)
        rows.write_part(
            connection,
            pen,
            PART,
            (before.value, int(before.revision or 0)),
            canonical_text(checked.checked_part(PART, value)),
        )
        rows.finish(connection, pen, {})
    return made


def _how(how: str) -> str:
    return how if how in signed.SIGNED_IN else BY_NAME


def _stands(connection: sa.Connection, row: Row, framework: Framework) -> Assessment:
    parts = rows.parts(connection, [row.id])[row.id]
    return reading.stored(row, parts, framework).assessment


def _sealed(assessment_id: str, sign_off: SignOff) -> SignOff:
    """Return the sign-off under the server's key; as it is where somebody only typed a name."""
    if sign_off.how not in signed.SIGNED_IN:
        return sign_off
    return signed.with_seal(sign_off, *keys.sign(signed.sealed_over(assessment_id, sign_off)))


def refuse_written(part: str) -> None:
    """Raise UsageError where a sign-off or a file would be written like any other part."""
    if part == PART:
        raise UsageError(_("A sign-off is made by signing. It cannot be written or taken back."))
    if part.startswith(FILE):  # whoever names one has to have its bytes
        raise UsageError(_("A file of evidence is added and removed as a file, not written."))
