"""The log of what people read: who opened what is withheld in part, and who took out what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import uuid4

import sqlalchemy as sa

from procurement_risk.assessment import today as calendar
from procurement_risk.storage import tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.people.person import Person

What = Literal["opened", "exported"]


@dataclass(frozen=True, slots=True)
class Read:
    """One time that somebody read something.

    Attributes:
        at: When, as an ISO time in UTC.
        person_id: Who, by id.
        by: Who, by the name that they had then.
        what: Whether it was opened or exported.
        about: The assessment's id.
        detail: Of an export the format.
    """

    at: str
    person_id: str
    by: str
    what: What
    about: str
    detail: str


def reads(database: Database, assessment_id: str = "") -> list[Read]:
    """Return every line, or those about one assessment, the newest first."""
    table = tables.read_log
    names = [table.c[name] for name in Read.__slots__]
    query = sa.select(*names).order_by(table.c.at.desc(), table.c.id)
    if assessment_id:
        query = query.where(table.c.about == assessment_id)
    with database.reading() as connection:
        return [Read(*row) for row in connection.execute(query)]


def note(
    database: Database, person: Person, what: What, ids: Iterable[str], detail: str = ""
) -> None:
    """Write that somebody opened or took out some assessments."""
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    who = {"person_id": person.id, "by": person.name}
    lines = [
        {"id": uuid4().hex, "at": at, **who, "what": what, "about": each, "detail": detail}
        for each in dict.fromkeys(ids)
    ]
    if lines:
        with database.writing() as connection:
            connection.execute(tables.read_log.insert(), lines)


def opened_today(database: Database, person: Person, assessment_id: str) -> bool:
    """Whether it is written already that somebody opened an assessment today."""
    table, today = tables.read_log, calendar.start_of(calendar.today())
    query = sa.select(table.c.id).where(
        table.c.at >= today,
        table.c.about == assessment_id,
        table.c.person_id == person.id,
        table.c.what == "opened",
    )
    with database.reading() as connection:
        return connection.execute(query).first() is not None
