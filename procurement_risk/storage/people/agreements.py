"""Organisations that let each other see what they buy and from whom, where both agreed.

Only the capability and the supplier's name are shown, to whoever may be about to buy the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from procurement_risk.errors import UsageError
from procurement_risk.language import _
from procurement_risk.storage import checked, sound, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.people import belonging, organisations


@dataclass(frozen=True, slots=True)
class Agreement:
    """That one organisation lets another see; it counts once both do.

    Attributes:
        organisation_id: Which lets the other see.
        other_id: The other.
        by: Who said so.
        at: When.
        mutual: Whether the other has said so too.
    """

    organisation_id: str
    other_id: str
    by: str
    at: str
    mutual: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another organisation buys: its name, the capability, the supplier's name."""

    organisation: str
    capability: str
    supplier: str


def agreements(database: Database) -> list[Agreement]:
    """Return what each organisation has agreed to."""
    table = tables.agreement
    with database.reading() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.at)).all()
    sides = {(row.organisation_id, row.other_id) for row in rows}
    return [
        Agreement(
            organisation_id=row.organisation_id,
            other_id=row.other_id,
            by=row.by,
            at=row.at,
            mutual=(row.other_id, row.organisation_id) in sides,
        )
        for row in rows
    ]


def agree(database: Database, organisation_id: str, other_id: str, actor: str) -> None:
    """Say for one organisation that another may see. Saying so twice changes nothing.

    Raises:
        NotFound: If one of them is not here.
        UsageError: If both are one.
    """
    pen, table = checked.pen("", actor, ""), tables.agreement
    if organisation_id == other_id:
        raise UsageError(_("Choose two organisations: an organisation sees its own anyway."))
    values = {
        "organisation_id": organisation_id,
        "other_id": other_id,
        "by": pen.by,
        "at": pen.at,
    }
    with database.writing() as connection:
        for each in (organisation_id, other_id):
            organisations.name_of(connection, each)
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), values)


def end_agreement(database: Database, organisation_id: str, other_id: str, actor: str) -> None:
    """Say for one organisation that another may see no longer: neither sees the other then."""
    checked.pen("", actor, "")
    table = tables.agreement
    this = sa.and_(table.c.organisation_id == organisation_id, table.c.other_id == other_id)
    with database.writing() as connection:
        connection.execute(table.delete().where(this))


def bought_elsewhere(
    database: Database, organisation_ids: frozenset[str] | None = None
) -> list[Elsewhere]:
    """Return what others buy that agreed with some organisations, who agreed with them.

    With no organisations, nobody has others: everything here is seen anyway.
    """
    if not organisation_ids:
        return []
    others = {
        each.other_id
        for each in agreements(database)
        if each.mutual and each.organisation_id in organisation_ids
    } - organisation_ids
    with database.reading() as connection:
        found = {
            Elsewhere(organisations.name_of(connection, other), *bought)
            for other in others
            for bought in _bought(connection, other)
        }
    return sorted(found, key=lambda each: (each.organisation, each.capability, each.supplier))


def _bought(connection: sa.Connection, organisation_id: str) -> set[tuple[str, str]]:
    ids = belonging.of_organisations(connection, [organisation_id])
    part, own = tables.part, tables.assessment
    query = (
        sa.select(part.c.assessment_id, part.c.name, part.c.value)
        .join(own, own.c.id == part.c.assessment_id)
        .where(part.c.name.in_(["purchase", "supplier"]), own.c.archived.is_(False))
    )
    read: dict[str, dict[str, dict[str, str]]] = {}
    for row in connection.execute(query):
        if row.assessment_id in ids and (value := sound.value(row.name, row.value)):
            read.setdefault(row.assessment_id, {})[row.name] = value
    return {
        (each["purchase"]["capability"], each["supplier"]["name"])
        for each in read.values()
        if each.get("purchase", {}).get("capability") and "supplier" in each
    }
