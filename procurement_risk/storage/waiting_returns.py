"""Files sent back that nobody has taken in yet: for whom they wait, and how long.

The file itself lies among the kept ones. It goes with the last that needs it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from procurement_risk.storage import tables
from procurement_risk.storage.history import Pen

LONGEST_NAME = 300
"""So many characters of a file's name are kept."""
DAYS = 30
"""After so many days nobody has taken it in: it is given up."""
MOST, MOST_BYTES = 40, 60_000_000
"""How many files, and how many bytes, wait for one person."""
MOST_BYTES_OF_ALL = 500_000_000
"""How many bytes wait for all."""

# What waited since before that, but what a legal hold keeps. Put together once: every start asks.
_HELD = sa.select(tables.assessment.c.id).where(tables.assessment.c.hold.is_not(None))
_TOO_OLD = sa.select(tables.waiting_return.c.id).where(
    tables.waiting_return.c.at < sa.bindparam("oldest"),
    tables.waiting_return.c.assessment_id.not_in(_HELD),
)
_ANY_TOO_OLD = _TOO_OLD.limit(1)


@dataclass(frozen=True, slots=True)
class WaitingReturn:
    """A file that waits for whoever brought it.

    Attributes:
        digest: The SHA-256 of the file.
        name: What the file was called.
        size: How many bytes it has.
        assessment_id: The assessment that it answers, once it was looked at; or empty.
        by: Who brought it.
        at: When, as an ISO time in UTC.
    """

    digest: str
    name: str
    size: int
    assessment_id: str
    by: str
    at: str


def of(connection: sa.Connection, person: str) -> list[WaitingReturn]:
    """Return what waits for ``person``, in the order in which it was brought."""
    table = tables.waiting_return
    query = (
        sa.select(table)
        .where(table.c.by == person, table.c.at >= _oldest())
        .order_by(table.c.at, table.c.id)
    )
    rows = connection.execute(query).mappings()
    return [
        WaitingReturn(**{name: row[name] for name in WaitingReturn.__dataclass_fields__})
        for row in rows
    ]


def keep(connection: sa.Connection, pen: Pen, name: str, content: bytes) -> bool:
    """Keep a file for whoever brings it; return whether there was room for it."""
    give_up_old(connection)
    digest, table = hashlib.sha256(content).hexdigest(), tables.waiting_return
    mine = of(connection, pen.by)
    if any(each.digest == digest for each in mine):
        return True
    size = len(content) + sum(each.size for each in mine)
    of_all = connection.execute(sa.select(sa.func.coalesce(sa.func.sum(table.c.size), 0))).scalar()
    full = int(of_all or 0) + len(content) > MOST_BYTES_OF_ALL
    if len(mine) >= MOST or size > MOST_BYTES or full:
        return False
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    file = dialect.insert(tables.kept_file).on_conflict_do_nothing()
    connection.execute(file, {"digest": digest, "content": content})
    values = {
        "id": str(uuid4()),
        "digest": digest,
        "name": name[:LONGEST_NAME],
        "size": len(content),
        "by": pen.by,
        "at": pen.at,
    }
    connection.execute(table.insert(), values)
    return True


def meant_for(connection: sa.Connection, person: str, digest: str, assessment_id: str) -> None:
    """Write down which assessment a file answers: it goes with that one."""
    table = tables.waiting_return
    this = sa.and_(table.c.by == person, table.c.digest == digest)
    connection.execute(table.update().where(this).values(assessment_id=assessment_id))


def give_up(connection: sa.Connection, person: str, digest: str) -> None:
    """Let a file wait for ``person`` no longer."""
    table = tables.waiting_return
    _forget(connection, sa.and_(table.c.by == person, table.c.digest == digest))


def give_up_old(connection: sa.Connection) -> None:
    """Let nothing wait that has waited for too long, but what a legal hold keeps."""
    oldest = _oldest()
    if connection.execute(_ANY_TOO_OLD, {"oldest": oldest}).first():
        too_old = _TOO_OLD.params(oldest=oldest)
        _forget(connection, tables.waiting_return.c.id.in_(too_old))


def forget(connection: sa.Connection, assessment_id: str) -> None:
    """Let nothing wait that answers an assessment, which goes."""
    _forget(connection, tables.waiting_return.c.assessment_id == assessment_id)


def drop(connection: sa.Connection, digests: Collection[str]) -> None:
    """Let none of these files wait for anybody."""
    _forget(connection, tables.waiting_return.c.digest.in_(digests))


def _forget(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    connection.execute(tables.waiting_return.delete().where(which))
    drop_orphans(connection)


def drop_orphans(connection: sa.Connection) -> None:
    """Delete the files that were taken into no assessment and wait for nobody."""
    kept, taken, waiting = tables.kept_file, tables.supplier_return, tables.waiting_return
    link = tables.answer_link
    orphaned = sa.and_(
        kept.c.digest.not_in(sa.select(taken.c.digest)),
        kept.c.digest.not_in(sa.select(waiting.c.digest)),
        kept.c.digest.not_in(sa.select(link.c.file).where(link.c.file.is_not(None))),
    )
    connection.execute(kept.delete().where(orphaned))


def _oldest() -> str:
    return (datetime.now(UTC) - timedelta(days=DAYS)).isoformat()
