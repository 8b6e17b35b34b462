"""What a program was answered, kept for a day, so that its request may come a second time.

take ──> None: do it, and then ``keep`` the answer, or ``give_back`` where nothing came of it
     └─> KeptAnswer: it was done already
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from procurement_risk.errors import UsageError
from procurement_risk.language import _
from procurement_risk.storage import tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.people.person import Person

KEPT_FOR = timedelta(days=1)
GIVEN_UP_AFTER = timedelta(minutes=10)
"""After this long a request that was begun is taken to have broken off: nobody knows where."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What was answered: the status, which is 0 until it is known, and the text."""

    status: int
    answer: str


def name_of(person: Person, key: str) -> str:
    """Return the name of a key of somebody: two persons may choose the same one."""
    return hashlib.sha256(f"{person.id}\n{key}".encode()).hexdigest()


def take(database: Database, name: str, request: bytes) -> KeptAnswer | None:
    """Return what was answered under ``name``; None where nobody has, and it is now yours to do.

    Raises:
        UsageError: If another request came under it.
    """
    table, now = tables.kept_answer, datetime.now(UTC)
    asked = hashlib.sha256(request).hexdigest()
    begun = {"id": name, "request": asked, "at": _text(now), "status": 0, "answer": ""}
    past = table.c.at < _text(now - KEPT_FOR)
    broken = sa.and_(table.c.status == 0, table.c.at < _text(now - GIVEN_UP_AFTER))
    with database.writing() as connection:
        connection.execute(table.delete().where(sa.or_(past, broken)))
        query = sa.select(table).where(table.c.id == name).with_for_update()
        row = connection.execute(query).first()
        if row is None:
            connection.execute(table.insert(), begun)
            return None
    if row.request != asked:
        raise UsageError(
            _("Another request came with this key. Send this one with a key of its own.")
        )
    return KeptAnswer(row.status, row.answer)


def keep(database: Database, name: str, answer: KeptAnswer) -> None:
    """Write down what was answered."""
    table = tables.kept_answer
    values = {"status": answer.status, "answer": answer.answer}
    with database.writing() as connection:
        connection.execute(table.update().where(table.c.id == name).values(values))


def give_back(database: Database, name: str) -> None:
    """Forget a request of which nothing came: it may come again."""
    table = tables.kept_answer
    with database.writing() as connection:
        connection.execute(table.delete().where(table.c.id == name))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
