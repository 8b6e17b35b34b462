"""What was noticed to wait for somebody, and whether it was told: each thing once.

A recipient is a person or a webhook, by id. A thing goes by a digest, which names nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from procurement_risk.storage import tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.notifications import moment, put_new

AT_ONCE = 500
TOLD_NOBODY = "-"
"""What stands where something is to be told to nobody, as for a kind that somebody left out."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something that was noticed to wait for a recipient.

    Attributes:
        key: What it goes by.
        kind: Of which kind it is.
        told_at: When that was put into the queue; empty while it is to be told.
    """

    key: str
    kind: str
    told_at: str


def every_noticed(database: Database) -> dict[str, dict[str, Noticed]]:
    """Return everything that was noticed and still waits, by recipient and key."""
    table, found = tables.noticed, dict[str, dict[str, Noticed]]()
    columns = (table.c.recipient, table.c.key, table.c.kind, table.c.told_at)
    with database.reading() as connection:
        for recipient, *rest in connection.execute(sa.select(*columns)):
            one = Noticed(*rest)
            found.setdefault(recipient, {})[one.key] = one
    return found


def renew(
    database: Database,
    recipient: str,
    new: Mapping[str, str],
    gone: Collection[str],
    now: datetime,
    silent: Collection[str] = (),
) -> None:
    """Write what a recipient is ``new`` to, as kinds by key, and forget what waits no longer.

    Args:
        database: Which.
        recipient: The id of a person or a webhook.
        new: The kinds, by key.
        gone: The keys of what is gone.
        now: When.
        silent: The keys of what is told to nobody.
    """
    table, at = tables.noticed, moment(now)
    if not new and not gone and not silent:
        return
    with database.writing() as connection:
        for keys in _some(gone):
            forget = table.delete().where(table.c.recipient == recipient, table.c.key.in_(keys))
            connection.execute(forget)
        for key, kind in new.items():
            row = {"recipient": recipient, "key": key, "kind": kind, "at": at, "told_at": ""}
            put_new(connection, table, row)
        mark(connection, recipient, silent, TOLD_NOBODY)


def mark(connection: sa.Connection, recipient: str, keys: Iterable[str], told_at: str) -> int:
    """Write when things were told, and return of how many that was not known."""
    table, count = tables.noticed, 0
    for some in _some(keys):
        this = sa.and_(
            table.c.recipient == recipient, table.c.key.in_(some), table.c.told_at == ""
        )
        count += connection.execute(table.update().where(this).values(told_at=told_at)).rowcount
    return count


def _some(keys: Iterable[str]) -> Iterable[list[str]]:
    listed = list(keys)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))
