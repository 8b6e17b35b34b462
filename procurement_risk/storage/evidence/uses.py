"""Which files of evidence are in use: those that a part of some assessment names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from procurement_risk.assessment import EvidenceFile
from procurement_risk.assessment.document import from_document
from procurement_risk.assessment.parts import FILE
from procurement_risk.storage import rows, sound, tables
from procurement_risk.storage.evidence.contents import Contents

_LOCK = 7_240_016  # a number of ours among PostgreSQL's advisory locks


def digests(connection: sa.Connection, assessment_id: str = "") -> list[str]:
    """Return the SHA-256 of each file in use, in all of the database or in one assessment."""
    part = tables.part
    is_used = sa.and_(part.c.name.startswith(FILE), part.c.value.is_not(None))
    query = sa.select(part.c.name).where(is_used).distinct()
    if assessment_id:
        query = query.where(part.c.assessment_id == assessment_id)
    return sorted(name.removeprefix(FILE) for name in connection.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class Use:
    """A file of evidence that one assessment names."""

    assessment_id: str
    digest: str
    file: EvidenceFile


def uses(connection: sa.Connection, ids: Collection[str]) -> list[Use]:
    """Return each file that one of these assessments names, in order."""
    part, found = tables.part, []
    for condition in rows.chosen(part.c.assessment_id, sorted(ids)):
        query = (
            sa.select(part.c.assessment_id, part.c.name, part.c.value)
            .where(condition, part.c.name.startswith(FILE), part.c.value.is_not(None))
            .order_by(part.c.assessment_id, part.c.name)
        )
        for row in connection.execute(query):
            if (value := sound.value(row.name, row.value)) is not None:
                file = from_document(EvidenceFile, value)
                found.append(Use(row.assessment_id, row.name.removeprefix(FILE), file))
    return found


def lock(connection: sa.Connection) -> None:
    """Have adding and deleting bytes wait for one another; SQLite's writers do so anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def drop_unused(connection: sa.Connection, contents: Contents, dropped: Iterable[str]) -> None:
    """Take away the bytes of those of ``dropped`` that no assessment uses any more."""
    lock(connection)
    part = tables.part
    for digest in dropped:
        is_used = sa.and_(part.c.name == FILE + digest, part.c.value.is_not(None))
        if connection.execute(sa.select(part.c.name).where(is_used).limit(1)).first() is None:
            contents.delete(digest)
