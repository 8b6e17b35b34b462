"""Where other systems want to be told: an address, which kinds, of which organisation.

The secret that signs a call is not kept: the server works it out of a key of its own and the id.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from procurement_risk.errors import NotFound, UsageError
from procurement_risk.language import _
from procurement_risk.storage import checked, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.notifications.messages import Message, messages_of
from procurement_risk.storage.people import organisations
from procurement_risk.storage.people.person import Held

LONGEST_NAME, LONGEST_ADDRESS, MOST = 200, 500, 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A webhook, without its secret.

    Attributes:
        name: What it is for.
        address: Where it is called.
        organisation_id: Of which organisation it is told, or ``person.ALL``.
        kinds: What it is told.
        by: Who registered it.
        at: When.
        begun_at: When it was first looked what waits, of which it is not told; empty before that.
    """

    id: str
    name: str
    address: str
    organisation_id: str
    kinds: tuple[str, ...]
    by: str
    at: str
    begun_at: str

    @property
    def held(self) -> Held:
        """What it may read of an organisation: all, as an auditor does."""
        return Held("auditor", self.organisation_id)


def webhooks(database: Database) -> list[Webhook]:
    """Return every webhook, by name."""
    table = tables.webhook
    with database.reading() as connection:
        return [
            _webhook(row) for row in connection.execute(sa.select(table).order_by(table.c.name))
        ]


def add_webhook(
    database: Database,
    name: str,
    address: str,
    organisation_id: str,
    kinds: Iterable[str],
    actor: str,
) -> str:
    """Register a webhook, and return its id.

    Raises:
        NotFound: If there is no such organisation.
        UsageError: If it has no name, no address, no kind, or there are too many.
    """
    pen, name, address = checked.pen("", actor, ""), " ".join(name.split()), address.strip()
    wanted = list(dict.fromkeys(kinds))
    if not name or len(name) > LONGEST_NAME or "\x00" in name:
        raise UsageError(_("Say in a few words what the webhook is for."))
    if not address or len(address) > LONGEST_ADDRESS or not address.isascii():
        raise UsageError(_("Write the address that is to be called, such as https://…"))
    if not wanted:
        raise UsageError(_("Choose what it is to be told."))
    row = {
        "id": uuid4().hex,
        "name": name,
        "address": address,
        "organisation_id": organisation_id,
        "kinds": json.dumps(wanted),
        "by": pen.by,
        "at": pen.at,
        "begun_at": "",
    }
    table = tables.webhook
    with database.writing() as connection:
        organisations.name_of(connection, organisation_id)
        if connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() >= MOST:
            raise UsageError(_("There are too many webhooks. Remove one first."))
        connection.execute(table.insert(), row)
    return str(row["id"])


def remove_webhook(database: Database, webhook_id: str, actor: str) -> None:
    """Call a webhook no more, and forget what it was told. Raises NotFound where there is none."""
    checked.pen("", actor, "")
    with database.writing() as connection:
        table = tables.webhook
        if not connection.execute(table.delete().where(table.c.id == webhook_id)).rowcount:
            raise none_such()
        for column in (tables.noticed.c.recipient, tables.message.c.webhook_id):
            connection.execute(column.table.delete().where(column == webhook_id))


def webhook_deliveries(database: Database, webhook_id: str) -> list[Message]:
    """Return the last calls of a webhook, the latest first. Raises NotFound."""
    webhook_of(database, webhook_id)
    return messages_of(database, webhook_id)


def webhook_of(database: Database, webhook_id: str) -> Webhook:
    """Return a webhook. Raises NotFound where there is none."""
    table = tables.webhook
    with database.reading() as connection:
        row = connection.execute(sa.select(table).where(table.c.id == webhook_id)).first()
    if row is None:
        raise none_such()
    return _webhook(row)


def begin(database: Database, webhook_id: str, at: str) -> None:
    """Write that it was first looked what waits for a webhook."""
    table = tables.webhook
    with database.writing() as connection:
        connection.execute(table.update().where(table.c.id == webhook_id).values(begun_at=at))


def none_such() -> NotFound:
    """Return the error that there is no webhook of an id, for whoever sees none of it."""
    return NotFound(_("There is no such webhook here. Look at the list once more."))


def _webhook(row: sa.Row[tuple[object, ...]]) -> Webhook:
    values = {name: getattr(row, name) for name in Webhook.__slots__ if name != "kinds"}
    return Webhook(**values, kinds=tuple(json.loads(row.kinds)))
