"""What is offered to be chosen from where there is much: a part of it, and how much it is.

Every assessment is found, whether or not it has an outcome yet; the one changed last comes first.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import sqlalchemy as sa

from procurement_risk.storage import rows, searched, tables
from procurement_risk.storage.people import belonging

OWN, LINK = tables.assessment, tables.supplier_link
Clause = sa.ColumnElement[Any]


class Offered(NamedTuple):
    """Ids, of assessments or of purchases, and how many there are in all."""

    ids: list[str]
    total: int


def assessments(
    connection: sa.Connection,
    words: str = "",
    limit: int | None = None,
    organisations: Collection[str] | None = None,
    *,
    archived: bool | None = False,
    fictional: bool | None = None,
) -> Offered:
    """Return the assessments that hold every one of some words, and how many they are.

    Args:
        connection: Where to look.
        words: As for ``find``; without any it is every one.
        limit: How many ids are given at the most, those changed last first.
        organisations: Only of these; None for all.
        archived: Those that are set aside, or the others; None for both.
        fictional: Those that are made up, or the others; None for both.
    """
    conditions = _conditions(connection, words, organisations, archived)
    if fictional is not None:
        conditions.append(OWN.c.fictional.is_(fictional))
    total = sa.select(sa.func.count()).select_from(OWN).where(*conditions)
    query = sa.select(OWN.c.id).where(*conditions)
    query = query.order_by(OWN.c.changed_at.desc(), OWN.c.id).limit(limit)
    ids = [] if limit == 0 else list(connection.execute(query).scalars())
    return Offered(ids, int(connection.execute(total).scalar_one()))


def compared(
    connection: sa.Connection,
    words: str,
    limit: int,
    organisations: Collection[str] | None = None,
) -> Offered:
    """Return the purchases of which several suppliers were assessed, and how many they are.

    The words have to stand in one of the assessments of each.
    """
    conditions = _conditions(connection, "", organisations, archived=False)
    query = (
        sa.select(OWN.c.purchase_id, sa.func.count().over().label("total"))
        .join(LINK, LINK.c.assessment_id == OWN.c.id)
        .where(*conditions)
        .group_by(OWN.c.purchase_id)
        .having(sa.func.min(LINK.c.supplier_id) != sa.func.max(LINK.c.supplier_id))
    )
    if words.strip():
        held = sa.select(OWN.c.purchase_id).where(
            *_conditions(connection, words, organisations, archived=False)
        )
        query = query.where(OWN.c.purchase_id.in_(held))
    newest = sa.func.max(OWN.c.changed_at).desc()
    some = query.order_by(newest, OWN.c.purchase_id).limit(limit)
    found = connection.execute(some).all()  # each with how many there are: they are put together
    return Offered([row.purchase_id for row in found], found[0].total if found else 0)


def of_purchases(
    connection: sa.Connection,
    purchases: Collection[str],
    organisations: Collection[str] | None = None,
) -> list[str]:
    """Return the ids of the assessments of some purchases; those set aside are left out."""
    conditions = _conditions(connection, "", organisations, archived=False)
    return [
        name
        for condition in rows.chosen(OWN.c.purchase_id, purchases)
        for name in connection.execute(sa.select(OWN.c.id).where(condition, *conditions)).scalars()
    ]


def _conditions(
    connection: sa.Connection,
    words: str,
    organisations: Collection[str] | None,
    archived: bool | None,
) -> list[Clause]:
    found: list[Clause] = [] if archived is None else [OWN.c.archived.is_(archived)]
    if organisations is not None:
        found.append(OWN.c.id.in_(belonging.ids_of(organisations)))
    if words.strip():
        found.append(searched.having(connection, OWN.c.id, words))
    return found
