"""Sessions that were ended before their time: one, or all of a person's up to a moment.

No name stands here: a session and a person go by digests.
"""

from __future__ import annotations

import hashlib
import json
import time

import sqlalchemy as sa

from procurement_risk.storage import checked, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.people import accounts

KEPT_SECONDS = 31 * 24 * 3600
"""No cookie lives longer, so that nothing older has to be known."""


def person_key(issuer: str, subject: str) -> str:
    """Return what a person goes by here: it tells nothing about who it is."""
    return digest(json.dumps([issuer, subject]))


def digest(text: str) -> str:
    """Return what stands for a text that is not to be kept."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def end_sessions(database: Database, person_id: str, actor: str) -> None:
    """Sign somebody out wherever they are signed in. Raises NotFound where nobody is that."""
    checked.pen("", actor, "")
    with database.reading() as connection:
        row = accounts.row_of(connection, person_id)
    end(database, person_key(row.issuer, row.subject))


def end(database: Database, key: str) -> None:
    """Write that a session is over, or every session that a person has by now."""
    table, now = tables.ended_session, time.time()
    with database.writing() as connection:
        old = sa.or_(table.c.key == key, table.c.at < now - KEPT_SECONDS)
        connection.execute(table.delete().where(old))
        connection.execute(table.insert(), {"key": key, "at": now})


def ended(database: Database) -> dict[str, float]:
    """Return when each was ended, in seconds, by what it goes by."""
    table = tables.ended_session
    with database.reading() as connection:
        return {row.key: row.at for row in connection.execute(sa.select(table))}
