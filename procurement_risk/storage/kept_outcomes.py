"""What was made of assessments, such as their lines of the portfolio, kept until they change."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from procurement_risk.canonical import JSON
from procurement_risk.errors import Damaged
from procurement_risk.framework import Framework
from procurement_risk.storage import sound, tables, waiting_lines
from procurement_risk.storage.kept_frameworks import KeptFrameworks
from procurement_risk.storage.rows import Row, chosen

LIVE = tables.assessment.c.archived.is_(False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of an assessment as it stood at ``revision``: JSON, and the framework."""

    revision: int
    framework: Framework
    text: str

    @property
    def document(self) -> JSON:
        """It as JSON, read from its text anew: of thousands it takes far more room than that."""
        return json.loads(self.text)


@dataclass(frozen=True, slots=True)
class Lined:
    """What was made of an assessment, with its columns for lists.

    Attributes:
        line: Those of ``outcome_lines``.
        waits: Those of ``waiting_lines``, of each thing that waits.
    """

    document: JSON
    line: Mapping[str, Any]
    waits: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The outcomes of a store at one moment.

    Attributes:
        revisions: The revision of every assessment that is not archived, by its id.
        fresh: The outcomes by id; those that the asker had at that revision are left out.
        damaged: Those of which the questionnaire can no longer be read.
    """

    revisions: Mapping[str, int]
    fresh: Mapping[str, Outcome]
    damaged: Collection[Damaged] = ()


def outdated(connection: sa.Connection, made_by: str, ids: list[str] | None = None) -> list[str]:
    """Return the assessments whose outcome is missing, older, or made by something else.

    Of ``ids``, or of all of them.
    """
    table, kept = tables.assessment, tables.outcome
    own, mine = table.c.id, sa.and_(kept.c.assessment_id == table.c.id, kept.c.made_by == made_by)
    query = sa.select(own).select_from(table.outerjoin(kept, mine))
    query = query.where(LIVE, table.c.revision != sa.func.coalesce(kept.c.revision, 0))
    return [
        name
        for condition in chosen(own, ids)
        for name in connection.execute(query.where(condition)).scalars()
    ]


def read(
    connection: sa.Connection,
    frameworks: KeptFrameworks,
    made_by: str,
    known: Mapping[str, int],
    ids: list[str] | None = None,
    *,
    briefly: bool = False,
) -> Outcomes:
    """Return the outcomes of ``ids`` or all; those of ``known`` revisions are left out.

    Of each its document, or only what is kept of it in brief; that is empty of what cannot be
    scored.
    """
    table = tables.outcome_line if briefly else tables.outcome
    live = sa.and_(
        table.c.assessment_id == tables.assessment.c.id, LIVE, table.c.made_by == made_by
    )
    if known:
        revisions = _revisions(connection, table, live, ids)
        wanted = [name for name, then in revisions.items() if known.get(name) != then]
        rows = list(_rows_of(connection, wanted, table, live))
    else:
        rows = list(_rows_of(connection, ids, table, live))
        revisions = {row.assessment_id: row.revision for row in rows}
    of = frameworks.sound(connection, {row.framework_digest for row in rows})
    fresh = {
        row.assessment_id: Outcome(row.revision, of[row.framework_digest], row.text)
        for row in rows
        if row.framework_digest in of
    }
    damaged = [
        Damaged(row.assessment_id, [sound.damaged("framework")])
        for row in rows
        if row.framework_digest not in of
    ]
    return Outcomes(revisions, fresh, damaged)


def _revisions(
    connection: sa.Connection, table: sa.Table, live: sa.ColumnElement[bool], ids: list[str] | None
) -> dict[str, int]:
    query = sa.select(table.c.assessment_id, table.c.revision).where(live)
    return {
        row[0]: row[1]
        for condition in chosen(table.c.assessment_id, ids)
        for row in connection.execute(query.where(condition)).all()
    }


def _rows_of(
    connection: sa.Connection,
    ids: list[str] | None,
    table: sa.Table = tables.outcome,
    only: sa.ColumnElement[bool] | None = None,
) -> Iterator[Row]:
    """Yield what was made of ``ids``, or of every one there is."""
    text = table.c.brief if table is tables.outcome_line else table.c.document
    names = ("assessment_id", "revision", "made_by", "framework_digest")
    query = sa.select(*(table.c[name] for name in names), text.label("text"))
    if only is not None:
        query = query.where(only)
    for condition in chosen(table.c.assessment_id, ids):
        yield from connection.execute(query.where(condition)).all()


def keep(
    connection: sa.Connection,
    values: list[dict[str, Any]],
    lines: list[dict[str, Any]],
    waits: list[dict[str, Any]],
) -> None:
    """Keep outcomes, their lines and what waits instead of older ones; a later revision stays.

    On PostgreSQL the rows are taken in one order, so that two that keep outcomes at once wait for
    each other rather than block each other.
    """
    for table, kept in ((tables.outcome, values), (tables.outcome_line, lines)):
        _keep(connection, table, kept)
    waiting_lines.keep(connection, lines, waits)


def _keep(connection: sa.Connection, table: sa.Table, values: list[dict[str, Any]]) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table)
    new = insert.excluded
    statement = insert.on_conflict_do_update(
        index_elements=[table.c.assessment_id],
        set_={each.name: new[each.name] for each in table.c if not each.primary_key},
        where=table.c.revision <= new.revision,
    )
    if values:
        connection.execute(statement, sorted(values, key=lambda each: each["assessment_id"]))


def of(
    connection: sa.Connection, frameworks: KeptFrameworks, made_by: str, ids: list[str]
) -> dict[str, Outcome]:
    """Return the outcomes that ``made_by`` made of ``ids``, as far as they can be read."""
    rows = [row for row in _rows_of(connection, ids) if row.made_by == made_by]
    known = frameworks.sound(connection, {row.framework_digest for row in rows})
    return {
        row.assessment_id: Outcome(row.revision, known[row.framework_digest], row.text)
        for row in rows
        if row.framework_digest in known
    }
