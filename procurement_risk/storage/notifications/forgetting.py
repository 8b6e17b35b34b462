"""What goes when somebody is struck out, and what a backup that is taken over must not send."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from procurement_risk.storage import places, tables


def forget_people(connection: sa.Connection, ids: Collection[str]) -> None:
    """Take out where persons are reached, what they chose, and what was noticed and queued."""
    if not ids:
        return
    for name, whose in places.OF_PERSON:
        table = tables.metadata.tables[name]
        connection.execute(table.delete().where(table.c[whose].in_(ids)))
    person = tables.person
    connection.execute(person.update().where(person.c.id.in_(ids)).values(email=""))


def hold_back(connection: sa.Connection) -> None:
    """Say of everything that waits that it may have been sent: so it is of a backup."""
    table = tables.message
    waiting = table.c.state.in_(["waiting", "sending"])
    connection.execute(table.update().where(waiting).values(state="unclear", why="restored"))
