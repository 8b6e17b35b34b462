"""The statements about questionnaires that the store keeps: which there are, which are in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from procurement_risk.storage import tables
from procurement_risk.storage.history import HEADER
from procurement_risk.storage.rows import chosen


def framework_text(connection: sa.Connection, digest: str) -> str:
    """Return the document of the framework ``digest`` as it was stored."""
    table = tables.framework_version
    query = sa.select(table.c.document).where(table.c.digest == digest)
    return str(connection.execute(query).scalar_one())


def framework_digests(connection: sa.Connection, framework_id: str) -> list[str]:
    """Return the digest of every version of a framework, of all where the id is empty.

    The one added first stands before the others.
    """
    table = tables.framework_version
    query = sa.select(table.c.digest).order_by(table.c.added_at, table.c.digest)
    if framework_id:
        query = query.where(table.c.framework_id == framework_id)
    return list(connection.execute(query).scalars())


def has_framework(connection: sa.Connection, digest: str) -> bool:
    """Whether a framework is kept already."""
    table = tables.framework_version
    known = sa.select(table.c.digest).where(table.c.digest == digest)
    return connection.execute(known).first() is not None


def add_framework(connection: sa.Connection, values: Mapping[str, Any]) -> None:
    """Keep a framework, unless it is kept already."""
    table = tables.framework_version
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), values)


def adopted(connection: sa.Connection, digests: list[str] | None = None) -> dict[str, str | None]:
    """Return when each framework that is kept was put in use here, by its digest; None: never.

    ``digests`` says which; left out, it is all of them.
    """
    table = tables.framework_version
    return {
        row.digest: row.adopted_at
        for condition in chosen(table.c.digest, digests)
        for row in connection.execute(
            sa.select(table.c.digest, table.c.adopted_at).where(condition)
        )
    }


def set_adopted(connection: sa.Connection, digest: str, at: str) -> None:
    """Write down that a framework was put in use at that moment, for the first time."""
    table = tables.framework_version
    never = sa.and_(table.c.digest == digest, table.c.adopted_at.is_(None))
    connection.execute(table.update().where(never).values(adopted_at=at))


def drop_stale_outcomes(connection: sa.Connection, digest: str) -> None:
    """Drop what was made of assessments while they rested on a framework; it is made again."""
    table, owner = tables.outcome, tables.assessment
    still = sa.select(owner.c.id).where(owner.c.framework_digest == digest)
    gone = sa.and_(table.c.framework_digest == digest, table.c.assessment_id.not_in(still))
    connection.execute(table.delete().where(gone))


def needing_framework(connection: sa.Connection, digest: str) -> list[str]:
    """Return the ids of assessments that rest on a framework, or did at some time."""
    lines = tables.history
    was = sa.and_(
        lines.c.part == HEADER,
        sa.or_(lines.c.before.like(f"%{digest}%"), lines.c.after.like(f"%{digest}%")),
    )
    back, link = tables.supplier_return, tables.answer_link
    found = sa.union(
        sa.select(tables.assessment.c.id).where(tables.assessment.c.framework_digest == digest),
        sa.select(lines.c.assessment_id).where(was),
        sa.select(back.c.assessment_id).where(back.c.framework_digest == digest),
        sa.select(link.c.assessment_id).where(link.c.framework_digest == digest),
    )
    return sorted(connection.execute(found).scalars())


def drop_framework(connection: sa.Connection, digest: str) -> None:
    """Keep a framework no longer."""
    table = tables.framework_version
    connection.execute(table.delete().where(table.c.digest == digest))
