"""Whose turn it is to look for what waits: one process at a time, however many there are."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa

from procurement_risk.storage import tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.notifications import moment, put_new

LONGEST = timedelta(minutes=15)
"""After so long a turn is over, since whoever had it is taken to have died."""
NAME = "looking"


def last_day(database: Database) -> str:
    """Return the last day of which digests were made, or empty."""
    table = tables.notice_turn
    with database.reading() as connection:
        query = sa.select(table.c.day).where(table.c.name == NAME)
        return connection.execute(query).scalar() or ""


def take_turn(database: Database, now: datetime) -> tuple[str, str] | None:
    """Return what to give the turn back with, and the last day of digests; None: not our turn."""
    table, holder = tables.notice_turn, uuid4().hex
    this = sa.and_(table.c.name == NAME, table.c.until < moment(now))
    taken = table.update().where(this).values(holder=holder, until=moment(now + LONGEST))
    with database.writing() as connection:
        put_new(connection, table, {"name": NAME, "holder": "", "until": "", "day": ""})
        if not connection.execute(taken).rowcount:
            return None
        day = connection.execute(sa.select(table.c.day).where(table.c.holder == holder)).scalar()
    return holder, day or ""


def give_turn_back(database: Database, holder: str, day: str) -> None:
    """Let the next one look; ``day`` is the last one of which digests were made."""
    table = tables.notice_turn
    with database.writing() as connection:
        this = table.update().where(table.c.holder == holder)
        connection.execute(this.values(holder="", until="", day=day))
