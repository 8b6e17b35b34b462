"""The organisations that share a store, and which names of buyers are whose."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from procurement_risk.errors import NotFound, UsageError
from procurement_risk.language import _
from procurement_risk.storage import checked, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.people import belonging
from procurement_risk.storage.people.person import ALL

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation: its id, its name, and how it is written where it buys, made comparable."""

    id: str
    name: str
    buyers: tuple[str, ...]


def organisations(database: Database) -> list[Organisation]:
    """Return every organisation, by name."""
    own, said = tables.organisation, tables.organisation_buyer
    with database.reading() as connection:
        found = connection.execute(sa.select(own)).all()
        buyers: dict[str, list[str]] = {}
        for row in connection.execute(sa.select(said).order_by(said.c.buyer)):
            buyers.setdefault(row.organisation_id, []).append(row.buyer)
    made = [Organisation(row.id, row.name, tuple(buyers.get(row.id, ()))) for row in found]
    return sorted(made, key=lambda each: (each.name.casefold(), each.id))


def add_organisation(database: Database, name: str, actor: str) -> str:
    """Add an organisation, known by its own name where it buys, and return its id.

    Raises:
        UsageError: If the name is empty, too long, or another organisation's already.
    """
    name = _fit(name)
    pen = checked.pen("", actor, "")
    added = {"id": uuid4().hex, "name": name, "by": pen.by, "at": pen.at}
    with database.writing() as connection:
        connection.execute(tables.organisation.insert(), added)
        _claim(connection, added["id"], name)
    return added["id"]


def claim_buyer(database: Database, organisation_id: str, buyer: str, actor: str) -> None:
    """Say that a name of a buyer is this organisation's: its assessments are its from now on.

    Raises:
        UsageError: If the name is empty, or another organisation's already.
        NotFound: If there is no such organisation.
    """
    checked.pen("", actor, "")
    with database.writing() as connection:
        name_of(connection, organisation_id)
        _claim(connection, organisation_id, _fit(buyer))


def disclaim_buyer(database: Database, organisation_id: str, buyer: str, actor: str) -> None:
    """Say that a name of a buyer is no longer this organisation's."""
    checked.pen("", actor, "")
    said = tables.organisation_buyer
    this = sa.and_(
        said.c.organisation_id == organisation_id,
        sa.func.lower(said.c.buyer) == belonging.comparable(buyer),
    )
    with database.writing() as connection:
        connection.execute(said.delete().where(this))


def name_of(connection: sa.Connection, organisation_id: str) -> str:
    """Return what an organisation is called. Raises NotFound where there is none."""
    if organisation_id == ALL:
        return _("all organisations")
    own = tables.organisation
    query = sa.select(own.c.name).where(own.c.id == organisation_id)
    name: str | None = connection.execute(query).scalar()
    if name is None:
        raise NotFound(_("There is no such organisation here. Choose one from the list."))
    return name


def _claim(connection: sa.Connection, organisation_id: str, buyer: str) -> None:
    taken = belonging.of_buyer(connection, buyer)
    if taken == organisation_id:
        return
    if taken:
        message = _("{buyer} is {organisation} already. Take the name away there first.")
        raise UsageError(message.format(buyer=buyer, organisation=name_of(connection, taken)))
    values = {
        "id": uuid4().hex,
        "organisation_id": organisation_id,
        "buyer": belonging.comparable(buyer),
    }
    connection.execute(tables.organisation_buyer.insert(), values)


def _fit(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or "\x00" in name:
        raise UsageError(_("Write a name of at most {most} characters.").format(most=LONGEST))
    return name
