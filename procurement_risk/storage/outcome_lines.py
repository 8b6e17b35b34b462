"""The lines of the list as columns: conditions, order and a part of it, asked of the database.

There is a line for each outcome, kept in the transaction that keeps the outcome.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from procurement_risk.storage import tables
from procurement_risk.storage.people import belonging

LINE = tables.outcome_line
NEVER = "9999-99-99"
"""Sorts behind every day."""
BETWEEN = "\n"
"""Stands before and behind each name in the column of models: no name has one inside."""
Clause = sa.ColumnElement[Any]


class Kind(NamedTuple):
    """What the words of questionnaire and tier follow from: there are few of them."""

    framework_digest: str
    is_scored: bool
    tier_low: int | None
    tier_high: int | None
    level_low: int | None
    level_high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the list is asked for.

    Attributes:
        equal: The value that a column is to have, by its name.
        kinds: Only lines of these kinds; None for any.
        model: A model that each is to name, empty for those without one; None for any.
        due, progress, kind: As in ``portfolio.narrowing``; empty for any.
        sort: A column, or ``due``, ``progress`` or ``kind``, and ``ranked`` for what it ranks.
        ranks: The place of each value of a column, or of each kind; others stand last.
        day: Today. ``ahead`` is the last day of what begins to wait.
        after: The assessment behind which to begin; ``offset`` where it is not in the list.
    """

    equal: Mapping[str, str] = field(default_factory=dict)
    kinds: Collection[Kind] | None = None
    model: str | None = None
    due: str = ""
    progress: str = ""
    kind: str = ""
    sort: str = "changed"
    ranks: Mapping[Any, int] = field(default_factory=dict)
    is_descending: bool = False
    day: str = ""
    ahead: str = ""
    after: str = ""
    offset: int = 0
    limit: int = 50


def kinds(
    connection: sa.Connection, made_by: str, organisations: Collection[str] | None
) -> frozenset[Kind] | None:
    """Return the kinds of lines there are; None where an assessment has no line, or an old one."""
    own = tables.assessment
    fresh = sa.and_(
        LINE.c.assessment_id == own.c.id,
        LINE.c.revision == own.c.revision,
        LINE.c.made_by == made_by,
    )
    without = (
        sa.select(own.c.id)
        .outerjoin(LINE, fresh)
        .where(own.c.archived.is_(False), LINE.c.assessment_id.is_(None))
    )
    if connection.execute(without.limit(1)).first() is not None:
        return None
    columns = [LINE.c[name] for name in Kind._fields]
    query = sa.select(*columns).join(own).where(_seen(organisations)).distinct()
    return frozenset(Kind(*row) for row in connection.execute(query))


def part(
    connection: sa.Connection,
    wanted: Wanted,
    made_by: str,
    organisations: Collection[str] | None,
) -> tuple[list[str], int, int]:
    """Return the ids of a part of the list, where it begins, and how many there are in all."""
    conditions = [
        _seen(organisations),
        LINE.c.made_by == made_by,
        *_conditions(connection, wanted),
    ]
    joined = LINE.join(tables.assessment)
    every = sa.select(sa.func.count()).select_from(joined).where(*conditions)
    total = connection.execute(every).scalar() or 0
    order = _order(connection, wanted)
    start = wanted.offset
    if wanted.after:
        places = (
            sa.select(LINE.c.assessment_id, sa.func.row_number().over(order_by=order).label("n"))
            .select_from(joined)
            .where(*conditions)
            .subquery()
        )
        query = sa.select(places.c.n).where(places.c.assessment_id == wanted.after)
        start = connection.execute(query).scalar() or start
    query = (
        sa.select(LINE.c.assessment_id)
        .select_from(joined)
        .where(*conditions)
        .order_by(*order)
        .limit(wanted.limit)
        .offset(start)
    )
    return list(connection.execute(query).scalars()), start, total


def _seen(organisations: Collection[str] | None) -> Clause:
    live = tables.assessment.c.archived.is_(False)
    if organisations is None:
        return live
    return sa.and_(live, LINE.c.assessment_id.in_(belonging.ids_of(organisations)))


def _conditions(connection: sa.Connection, wanted: Wanted) -> list[Clause]:
    found: list[Clause] = [LINE.c[name] == value for name, value in wanted.equal.items()]
    if wanted.kinds is not None:
        found.append(sa.or_(sa.false(), *(_is(each) for each in wanted.kinds)))
    if wanted.model is not None:
        within = sa.func.strpos if connection.dialect.name == "postgresql" else sa.func.instr
        named = within(LINE.c.models, f"{BETWEEN}{wanted.model}{BETWEEN}") > 0
        found.append(named if wanted.model else LINE.c.models == "")
    if wanted.kind:
        made_up = sa.case((tables.assessment.c.fictional, "fictional"), else_="real")
        found.append(made_up == wanted.kind)
    if wanted.progress:
        found.append(_progress() == wanted.progress)
    if wanted.due:
        due = _due(wanted)
        past = sa.case((due == NEVER, "none"), (due < wanted.day, "past"), else_="ahead")
        found.append(past == wanted.due)
    return found


def _is(kind: Kind) -> Clause:
    return sa.and_(
        *(LINE.c[name].is_not_distinct_from(each) for name, each in kind._asdict().items())
    )


def _progress() -> Clause:
    return sa.case(
        (LINE.c.answered == 0, "none"), (LINE.c.answered >= LINE.c.asked, "all"), else_="some"
    )


def _due(wanted: Wanted) -> Clause:
    """Return the first day by which something of it is wanted: see ``waiting.days_of``."""
    fixed = sa.case((LINE.c.due_set == "", NEVER), else_=LINE.c.due_set)
    for column, shown in (
        (LINE.c.due_soon, LINE.c.due_soon <= wanted.ahead),
        (LINE.c.due_past, LINE.c.due_past < wanted.day),
    ):
        fixed = sa.case((sa.and_(column != "", shown, column < fixed), column), else_=fixed)
    return fixed


def _order(connection: sa.Connection, wanted: Wanted) -> Sequence[Clause]:
    key: Clause
    if wanted.sort == "kind":
        whens = [(_is(kind), sa.literal(place)) for kind, place in wanted.ranks.items()]
        key = sa.case(*whens, else_=len(whens)) if whens else sa.literal(0)
    elif wanted.sort == "due":
        key = _by_code(connection, _due(wanted))
    elif wanted.sort == "progress":
        ratio = sa.cast(LINE.c.answered, sa.Double) / sa.cast(LINE.c.asked, sa.Double)
        key = sa.case((LINE.c.asked == 0, 0.0), else_=ratio)
    elif wanted.sort == "committed":
        key = sa.func.coalesce(LINE.c.committed, -1)
    elif wanted.ranks:
        key = sa.case(wanted.ranks, value=LINE.c[wanted.sort], else_=len(wanted.ranks))
    else:
        key = _by_code(connection, LINE.c[wanted.sort])
    key = key.desc() if wanted.is_descending else key.asc()
    last = [_by_code(connection, each) for each in (LINE.c.title_key, LINE.c.assessment_id)]
    return [key, *last]


def _by_code(connection: sa.Connection, column: Clause) -> Clause:
    """Return it in the order of its letters' codes, as in Python, whatever the server's is."""
    return sa.collate(column, "C") if connection.dialect.name == "postgresql" else column
