"""Which organisation an assessment belongs to: it follows from who buys.

    assessment_buyer      the buyer of each assessment, made comparable; follows from its purchase
    organisation_buyer    which buyers are which organisation, as an administrator said

An assessment of a buyer that nobody has said that of belongs to no organisation: only somebody
with a role for all of them sees it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from procurement_risk.storage import sound, tables

LONGEST = 300


def comparable(buyer: str) -> str:
    """Return a buyer's name as it is compared: capitals and spaces aside, and NUL."""
    return " ".join(buyer.replace("\x00", " ").casefold().split())[:LONGEST]


def write(connection: sa.Connection, assessment_id: str, buyer: str) -> None:
    """Keep who buys in an assessment."""
    table, name = tables.assessment_buyer, comparable(buyer)
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table).values(assessment_id=assessment_id, buyer=name)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=[table.c.assessment_id], set_={"buyer": insert.excluded.buyer}
        )
    )


def forget(connection: sa.Connection, assessment_id: str) -> None:
    """Keep it no longer."""
    table = tables.assessment_buyer
    connection.execute(table.delete().where(table.c.assessment_id == assessment_id))


def catch_up(connection: sa.Connection) -> None:
    """Keep it of every assessment of which it is not, as in a database of an older version."""
    own, part, kept = tables.assessment, tables.part, tables.assessment_buyer
    # Which, first: each has a hundred parts, all of which every start would read.
    without = (
        sa.select(own.c.id)
        .outerjoin(kept, kept.c.assessment_id == own.c.id)
        .where(kept.c.assessment_id.is_(None))
    )
    missing = sa.select(part.c.assessment_id, part.c.value).where(
        part.c.name == "purchase", part.c.assessment_id.in_(without)
    )
    for row in connection.execute(missing).all():
        read = sound.value("purchase", row.value)
        write(connection, row.assessment_id, read["buyer"] if read else "")


def of_assessment(connection: sa.Connection, assessment_id: str) -> str | None:
    """Return the organisation of an assessment, empty for none; None where it is not here."""
    if "\x00" in assessment_id:  # which no text on PostgreSQL has, so that it may not be asked
        return None
    found: str | None = connection.execute(_ITS_OWN, {"this": assessment_id}).scalar()
    return found


def of_buyer(connection: sa.Connection, buyer: str) -> str:
    """Return the organisation of a buyer as it is typed; empty where nobody has said."""
    said = tables.organisation_buyer
    query = sa.select(said.c.organisation_id).where(
        sa.func.lower(said.c.buyer) == comparable(buyer)
    )
    return connection.execute(query).scalar() or ""


def of_organisations(connection: sa.Connection, ids: Collection[str]) -> frozenset[str]:
    """Return the ids of the assessments that belong to some organisations."""
    return frozenset(connection.execute(ids_of(ids)).scalars())


def ids_of(organisations: Collection[str]) -> sa.Select[Any]:
    """Return what asks for them."""
    kept, said = tables.assessment_buyer, tables.organisation_buyer
    return (
        sa.select(kept.c.assessment_id)
        .join(said, _SAME)
        .where(said.c.organisation_id.in_(organisations))
    )


def unclaimed(connection: sa.Connection) -> list[tuple[str, int]]:
    """Return the buyers on file that are no organisation's, each with its assessments' number."""
    kept, said = tables.assessment_buyer, tables.organisation_buyer
    query = (
        sa.select(kept.c.buyer, sa.func.count())
        .outerjoin(said, _SAME)
        .where(said.c.organisation_id.is_(None))
        .group_by(kept.c.buyer)
        .order_by(kept.c.buyer)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


# What was struck out of a name is written with a capital, and stays what it was mapped to.
_SAME = tables.assessment_buyer.c.buyer == sa.func.lower(tables.organisation_buyer.c.buyer)


def _its_own() -> sa.Select[Any]:
    """Return what asks for the organisation of an assessment."""
    own, kept, said = tables.assessment, tables.assessment_buyer, tables.organisation_buyer
    return (
        sa.select(sa.func.coalesce(said.c.organisation_id, ""))
        .select_from(own.outerjoin(kept, kept.c.assessment_id == own.c.id).outerjoin(said, _SAME))
        .where(own.c.id == sa.bindparam("this"))
    )


_ITS_OWN = _its_own()  # put together once: it is asked at every click
