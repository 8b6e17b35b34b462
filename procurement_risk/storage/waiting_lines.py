"""What waits as columns: whose it is and from which day to which, asked of the database.

There is a line for each thing that waits on some day, kept with the assessment's line of the list.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from procurement_risk.storage import tables
from procurement_risk.storage.asking_lines import by_code
from procurement_risk.storage.people import belonging
from procurement_risk.storage.rows import chosen

LINE = tables.waiting_line
UNDATED = "9999"
"""Stands for the day of what has none: it sorts behind every day."""
LONGEST = 300
"""So many letters of a name are compared."""
Clause = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What of all that waits is asked for.

    Attributes:
        day: Today.
        made_by: As of the outcomes.
        person: A name, as it is compared.
        whose: What waits for that person, for others, or for anybody.
        dated: Of these kinds only what has a day, which is ``last`` or before it.
        is_real: Whether what is made up is left out.
    """

    day: str
    made_by: str
    person: str = ""
    whose: Literal["theirs", "others", "any"] = "any"
    dated: Collection[str] = ()
    last: str = ""
    is_real: bool = False


class Number(NamedTuple):
    """How much waits, and how much of it is late."""

    whole: int
    late: int


class Line(NamedTuple):
    """One thing that waits; ``due`` is empty where it has no day."""

    assessment_id: str
    kind: str
    question: str
    due: str


def keep(
    connection: sa.Connection,
    lines: Sequence[Mapping[str, Any]],
    waits: Sequence[Mapping[str, Any]],
) -> None:
    """Keep what waits in the assessments of ``lines``, where it is those lines that stand."""
    table = tables.outcome_line
    given = {each["assessment_id"]: (each["revision"], each["made_by"]) for each in lines}
    for condition in chosen(table.c.assessment_id, list(given)):
        query = sa.select(table.c.assessment_id, table.c.revision, table.c.made_by)
        stand = connection.execute(query.where(condition)).all()
        ids = {row[0] for row in stand if given[row[0]] == (row[1], row[2])}
        connection.execute(LINE.delete().where(LINE.c.assessment_id.in_(sorted(ids))))
        if new := [dict(each) for each in waits if each["assessment_id"] in ids]:
            connection.execute(LINE.insert(), new)


def number(
    connection: sa.Connection,
    sought: Sought,
    organisations: Collection[str] | None,
    unread: Collection[str],
) -> Number:
    """Return how much of it waits; nothing that stands on a questionnaire of ``unread``."""
    late = sa.func.coalesce(sa.func.sum(sa.case((LINE.c.due < sought.day, 1), else_=0)), 0)
    query = sa.select(sa.func.count(), late).select_from(LINE)
    row = connection.execute(query.where(*_conditions(sought, organisations, unread))).one()
    return Number(int(row[0]), int(row[1]))


def part(
    connection: sa.Connection,
    sought: Sought,
    organisations: Collection[str] | None,
    unread: Collection[str],
    limit: int | None = None,
    offset: int = 0,
) -> list[Line]:
    """Return a part of it, or all: what is late first, then by its day, title and assessment."""
    ends = [by_code(connection, LINE.c[n]) for n in ("due", "title", "assessment_id")]
    query = (
        sa.select(LINE.c.assessment_id, LINE.c.kind, LINE.c.question, LINE.c.due)
        .where(*_conditions(sought, organisations, unread))
        .order_by(*ends, LINE.c.place)
        .limit(limit)
        .offset(offset)
    )
    return [
        Line(row[0], row[1], row[2], "" if row[3] == UNDATED else row[3])
        for row in connection.execute(query)
    ]


def scored(
    connection: sa.Connection,
    made_by: str,
    organisations: Collection[str] | None,
    unread: Collection[str],
) -> int:
    """Return in how many assessments something could wait: those that are scored."""
    line = tables.outcome_line
    query = sa.select(sa.func.count()).where(
        line.c.is_scored,
        line.c.made_by == made_by,
        *_seen(line.c.assessment_id, organisations, unread),
    )
    return int(connection.execute(query).scalar_one())


def _conditions(
    sought: Sought, organisations: Collection[str] | None, unread: Collection[str]
) -> list[Clause]:
    found: list[Clause] = [
        LINE.c.begins <= sought.day,
        LINE.c.ends >= sought.day,
        LINE.c.made_by == sought.made_by,
        *_seen(LINE.c.assessment_id, organisations, unread),
    ]
    theirs = sa.or_(LINE.c.person == sought.person, LINE.c.beside == sought.person)
    if sought.whose != "any":
        is_named = theirs if sought.person else sa.false()
        found.append(is_named if sought.whose == "theirs" else sa.not_(is_named))
    if sought.dated:
        is_dated = LINE.c.kind.in_(sorted(sought.dated))
        found.append(sa.or_(sa.not_(is_dated), LINE.c.due <= sought.last))
    if sought.is_real:
        own = tables.assessment
        found.append(LINE.c.assessment_id.not_in(sa.select(own.c.id).where(own.c.fictional)))
    return found


def _seen(
    column: sa.Column[Any], organisations: Collection[str] | None, unread: Collection[str]
) -> list[Clause]:
    """Return the conditions for what is in the list, lies there and can be read.

    Few are set aside, and hardly ever is a questionnaire ``unread``.
    """
    own = tables.assessment
    found: list[Clause] = [column.not_in(sa.select(own.c.id).where(own.c.archived))]
    if unread:
        resting = sa.select(own.c.id).where(own.c.framework_digest.in_(sorted(unread)))
        found.append(column.not_in(resting))
    if organisations is not None:
        found.append(column.in_(belonging.ids_of(organisations)))
    return found
