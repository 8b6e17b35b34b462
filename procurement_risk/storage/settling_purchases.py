"""Which purchases have to be looked at anew, and the looks at them, for the one rule in Python.

    stale ──> purchases ── looks ──> Look … ── the rule ──> rows of ``purchase_line`` ──> keep

A row keeps what it was worked out from: the revision, who the supplier is, whether the
questionnaire is foreign, and the supplier's names where the purchase hangs on them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from procurement_risk.framework import Framework
from procurement_risk.storage import tables
from procurement_risk.storage.kept_frameworks import KeptFrameworks
from procurement_risk.storage.rows import chosen
from procurement_risk.storage.supplier_decisions import normal_names

LINE, OWN, MADE, LINK = (
    tables.purchase_line,
    tables.assessment,
    tables.outcome_line,
    tables.supplier_link,
)
_POSTGRESQL_LOCK = 7_421_124


class Look(NamedTuple):
    """One look at a purchase, as the rule needs it."""

    id: str
    purchase: str
    revision: int
    framework_digest: str
    framework: Framework
    brief: str
    supplier_id: str
    is_foreign: bool


def stale(connection: sa.Connection, made_by: str, foreign: Collection[str]) -> set[str]:
    """Return the purchases of which a look changed, came or went since their rows were made.

    Each assessment that is not set aside has its line by then: see ``kept.make_lines``.
    """
    looks = _now(made_by).outerjoin(LINE, LINE.c.assessment_id == OWN.c.id)
    changed = sa.select(OWN.c.purchase_id, LINE.c.purchase_id).select_from(looks)
    rows = connection.execute(changed.where(*_counts(made_by), _is_changed(made_by, foreign)))
    found = {name for row in rows for name in row if name is not None}
    aside = sa.select(OWN.c.id).where(OWN.c.archived)
    unscored = sa.select(MADE.c.assessment_id).where(MADE.c.is_scored.is_(False))
    for ids in (aside, unscored):
        gone = sa.select(LINE.c.purchase_id).where(LINE.c.assessment_id.in_(ids))
        found.update(connection.execute(gone).scalars())
    return found | _called_otherwise(connection)


def _is_changed(made_by: str, foreign: Collection[str]) -> sa.ColumnElement[bool]:
    """Return whether there is no row of a look as it is now."""
    is_foreign = MADE.c.framework_digest.in_(sorted(foreign))
    return sa.or_(
        LINE.c.assessment_id.is_(None),
        LINE.c.revision != MADE.c.revision,
        LINE.c.made_by != made_by,
        LINE.c.purchase_id != OWN.c.purchase_id,
        LINE.c.supplier_id != sa.func.coalesce(LINK.c.supplier_id, ""),
        LINE.c.is_foreign != sa.case((is_foreign, sa.true()), else_=sa.false()),
    )


def _called_otherwise(connection: sa.Connection) -> set[str]:
    """Return the purchases that hang on names by which a supplier no longer goes, or goes now."""
    leaning = sa.select(LINE.c.purchase_id, LINE.c.supplier_id, LINE.c.names)
    rows = connection.execute(leaning.where(tables.LEANS)).all()
    of = sorted({row.supplier_id for row in rows})
    names = normal_names(connection, of) if of else {}
    return {row.purchase_id for row in rows if row.names != told(names.get(row.supplier_id, ()))}


def told(names: Iterable[str]) -> str:
    """Return the names of a supplier as a row keeps them, which is never empty."""
    return "\n".join(["", *sorted(names)]) or "\n"


def _now(made_by: str) -> sa.FromClause:
    return OWN.join(MADE, MADE.c.assessment_id == OWN.c.id).outerjoin(
        LINK, LINK.c.assessment_id == OWN.c.id
    )


def _counts(made_by: str) -> Sequence[sa.ColumnElement[bool]]:
    return OWN.c.archived.is_(False), MADE.c.made_by == made_by, MADE.c.is_scored


def looks(
    connection: sa.Connection,
    frameworks: KeptFrameworks,
    made_by: str,
    foreign: Collection[str],
    purchases: list[str],
) -> list[Look]:
    """Return all looks at some purchases, in order of their ids."""
    query = sa.select(
        OWN.c.id,
        OWN.c.purchase_id,
        MADE.c.revision,
        MADE.c.framework_digest,
        MADE.c.brief,
        sa.func.coalesce(LINK.c.supplier_id, "").label("supplier_id"),
    ).select_from(_now(made_by))
    # Which, first: a server that joins before it chooses reads every line there is.
    own = sa.select(OWN.c.id).where(OWN.c.purchase_id.in_(purchases))
    ids = list(connection.execute(own).scalars())
    found = [
        row
        for condition in chosen(MADE.c.assessment_id, ids)
        for row in connection.execute(query.where(*_counts(made_by), condition))
    ]
    of = frameworks.sound(connection, {row.framework_digest for row in found})
    made = [
        Look(
            row.id,
            row.purchase_id,
            row.revision,
            row.framework_digest,
            of[row.framework_digest],
            row.brief,
            row.supplier_id,
            row.framework_digest in foreign,
        )
        for row in found
        if row.framework_digest in of
    ]
    return sorted(made, key=lambda each: each.id)


def keep(
    connection: sa.Connection, purchases: list[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Keep the rows of some purchases instead of those there are."""
    named = sorted(each["assessment_id"] for each in rows)
    for column, values in ((LINE.c.purchase_id, purchases), (LINE.c.assessment_id, named)):
        for condition in chosen(column, values):
            connection.execute(LINE.delete().where(condition))
    if rows:
        connection.execute(LINE.insert(), [dict(each) for each in rows])


def lock(connection: sa.Connection) -> None:
    """Keep others from settling purchases until the end; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_POSTGRESQL_LOCK)))
