"""The lines of the list as columns: conditions, order and a part of it, asked of the database.

There is a line for each outcome, kept in the transaction that keeps the outcome.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import sqlalchemy as sa

from procurement_risk.storage import (
    one_moment,
    purchase_lines,
    rows,
    searched,
    tables,
)
from procurement_risk.storage.asking_lines import BETWEEN, by_code, due, holds, standing
from procurement_risk.storage.people import belonging

LINE = tables.outcome_line
BEHIND = "\uffff"
"""Sorts behind every name."""
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
class Word:
    """A word that is to stand somewhere: in a row, or in the assessment.

    Attributes:
        recommended: The kinds of lines, each with the recommendations in whose words it stands.
        ids: Assessments in whose row it stands though they are not scored.
    """

    text: str
    recommended: Mapping[Kind, Collection[str]]
    ids: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the list is asked for.

    Attributes:
        equal: The value that a column is to have, by its name.
        kinds: Only lines of these kinds; None for any.
        model: A model that each is to name, empty for those without one; None for any.
        words: What each is to show or to hold.
        among: Only looks that stand for purchases of these; None for any.
        due, progress, kind: As in ``portfolio.narrowing``; empty for any.
        sort: A column, or ``due``, ``progress`` or ``kind``, and ``ranked`` for what it ranks.
        ranks: The place of each value of a column, or of each kind; others stand last.
        day: Today. ``ahead`` is the last day of what begins to wait.
        after: The assessment behind which to begin; ``offset`` where it is not in the list.
    """

    equal: Mapping[str, str] = field(default_factory=dict)
    kinds: Collection[Kind] | None = None
    model: str | None = None
    words: Sequence[Word] = ()
    among: purchase_lines.Sought | None = None
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


class Missing(NamedTuple):
    """What has no line of what it is now, and what has one though it could not be read."""

    lines: list[str]
    unread: list[str]


def missing(connection: sa.Connection, made_by: str) -> Missing:
    """Return the assessments of which something is missing; none where each has its line."""
    own, kept = tables.assessment, tables.outcome
    fresh = sa.and_(
        LINE.c.assessment_id == own.c.id,
        LINE.c.revision == own.c.revision,
        LINE.c.made_by == made_by,
    )
    read = (
        sa.select(kept.c.assessment_id)
        .where(kept.c.assessment_id == own.c.id, kept.c.revision == own.c.revision)
        .where(kept.c.made_by == made_by)
    )
    query = (
        sa.select(own.c.id, LINE.c.assessment_id.is_(None).label("lacks"))
        .outerjoin(LINE, fresh)
        .where(own.c.archived.is_(False))
        .where(
            sa.or_(
                LINE.c.assessment_id.is_(None),
                sa.and_(LINE.c.is_scored.is_(False), ~read.exists()),
            )
        )
        .order_by(own.c.id)
    )
    found = connection.execute(query).all()
    return Missing([row.id for row in found if row.lacks], [r.id for r in found if not r.lacks])


def stamp(connection: sa.Connection, made_by: str) -> tuple[int, int]:
    """Return, cheaply, what changes with every change to an assessment and to what has a line."""
    query = sa.select(sa.func.count()).select_from(LINE).where(LINE.c.made_by == made_by)
    number = one_moment.once(
        connection, made_by, lambda: int(connection.execute(query).scalar_one())
    )
    return rows.changes(connection), number


def kinds(connection: sa.Connection, organisations: Collection[str] | None) -> frozenset[Kind]:
    """Return the kinds of lines there are."""
    columns = [LINE.c[name] for name in Kind._fields]
    query = sa.select(*columns).join(tables.assessment).where(_seen(organisations)).distinct()
    return frozenset(Kind(*row) for row in connection.execute(query))


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """What there is in the columns by which a list is narrowed.

    Attributes:
        columns: The values of each column, or of ``due``, ``progress`` and ``kind``.
        models: Each name of a model; empty where a line names none.
        unscored: The assessments that could not be scored or read.
        total: How many lines there are.
    """

    columns: Mapping[str, frozenset[str]]
    models: frozenset[str]
    unscored: tuple[str, ...]
    total: int


def values(
    connection: sa.Connection, wanted: Wanted, organisations: Collection[str] | None
) -> Values:
    """Return what there is on the days of ``wanted``."""
    joined, seen = LINE.join(tables.assessment), _seen(organisations)
    few = {
        "state": LINE.c.state,
        "recommendation": LINE.c.recommendation,
        "kind": _kind(),
        "progress": _progress(),
        "due": standing(LINE, wanted.day, wanted.ahead),
    }
    columns = [each.label(name) for name, each in few.items()]
    query = sa.select(*columns, sa.func.count().label("n")).select_from(joined).where(seen)
    groups = connection.execute(query.group_by(*few.values())).all()
    found = {name: frozenset(getattr(row, name) for row in groups) for name in few}
    for name in ("owner", "supplier", "models"):
        distinct = sa.select(LINE.c[name]).select_from(joined).where(seen).distinct()
        found[name] = frozenset(connection.execute(distinct).scalars())
    models = found.pop("models")
    return Values(
        columns=found,
        models=frozenset(each for names in models for each in names.strip(BETWEEN).split(BETWEEN)),
        unscored=tuple(unscored(connection, organisations)),
        total=sum(row.n for row in groups),
    )


def unscored(connection: sa.Connection, organisations: Collection[str] | None) -> list[str]:
    """Return the assessments that could not be scored or read."""
    query = sa.select(LINE.c.assessment_id).select_from(LINE.join(tables.assessment))
    query = query.where(_seen(organisations), LINE.c.is_scored.is_(False))
    return list(connection.execute(query.order_by(LINE.c.assessment_id)).scalars())


def resting_on(
    connection: sa.Connection,
    questionnaires: Collection[str],
    organisations: Collection[str] | None,
) -> list[str]:
    """Return the scored assessments that stand on questionnaires of these digests."""
    if not questionnaires:
        return []
    query = sa.select(LINE.c.assessment_id).select_from(LINE.join(tables.assessment))
    query = query.where(
        _seen(organisations), LINE.c.is_scored, LINE.c.framework_digest.in_(sorted(questionnaires))
    )
    return list(connection.execute(query.order_by(LINE.c.assessment_id)).scalars())


def beside(
    connection: sa.Connection, ids: Collection[str], organisations: Collection[str] | None
) -> dict[str, str]:
    """Return every assessment of the purchases that ``ids`` are of, each with its supplier."""
    own, link = tables.assessment, tables.supplier_link
    bought = sa.select(own.c.purchase_id).where(own.c.id.in_(ids))
    query = (
        sa.select(own.c.id, sa.func.coalesce(link.c.supplier_id, ""))
        .outerjoin(link, link.c.assessment_id == own.c.id)
        .where(own.c.purchase_id.in_(bought), _seen(organisations, own.c.id))
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def questionnaires(
    connection: sa.Connection, organisations: Collection[str] | None
) -> frozenset[tuple[str, str]]:
    """Return the ids and versions of the questionnaires that assessments stand on."""
    own, version = tables.assessment, tables.framework_version
    standing = sa.select(own.c.framework_digest).where(_seen(organisations, own.c.id))
    query = sa.select(version.c.framework_id, version.c.version).where(
        version.c.digest.in_(standing)
    )
    return frozenset((row[0], row[1]) for row in connection.execute(query))


def part(
    connection: sa.Connection,
    wanted: Wanted,
    made_by: str,
    organisations: Collection[str] | None,
) -> tuple[list[str], int, int]:
    """Return the ids of a part of the list, where it begins, and how many there are in all."""
    conditions = [
        *_live(organisations),
        LINE.c.made_by == made_by,
        *_conditions(connection, wanted),
    ]
    joined = LINE.join(tables.assessment) if wanted.kind else LINE
    every = sa.select(sa.func.count()).select_from(joined).where(*conditions)
    total = connection.execute(every).scalar() or 0
    order = _order(connection, wanted)
    query = sa.select(LINE.c.assessment_id).select_from(joined).where(*conditions).order_by(*order)
    start = wanted.offset
    if wanted.after and start:  # it mostly stands where it stood: all need not be numbered
        near = query.limit(wanted.limit + 1).offset(start - 1)
        before, *ids = list(connection.execute(near).scalars()) or [""]
        if before == wanted.after:
            return ids, start, total
    if wanted.after:
        places = (
            sa.select(LINE.c.assessment_id, sa.func.row_number().over(order_by=order).label("n"))
            .select_from(joined)
            .where(*conditions)
            .subquery()
        )
        place = sa.select(places.c.n).where(places.c.assessment_id == wanted.after)
        start = connection.execute(place).scalar() or start
    some = query.limit(wanted.limit).offset(start)
    return list(connection.execute(some).scalars()), start, total


def _seen(
    organisations: Collection[str] | None, of: sa.Column[Any] = LINE.c.assessment_id
) -> Clause:
    live = tables.assessment.c.archived.is_(False)
    if organisations is None:
        return live
    return sa.and_(live, of.in_(belonging.ids_of(organisations)))


def _live(organisations: Collection[str] | None) -> list[Clause]:
    """Return the same of lines by themselves: few are set aside, which an index tells."""
    own, its = tables.assessment, LINE.c.assessment_id
    found: list[Clause] = [its.not_in(sa.select(own.c.id).where(own.c.archived))]
    if organisations is not None:
        found.append(its.in_(belonging.ids_of(organisations)))
    return found


def _conditions(connection: sa.Connection, wanted: Wanted) -> list[Clause]:
    found: list[Clause] = [LINE.c[name] == value for name, value in wanted.equal.items()]
    if wanted.kinds is not None:
        found.append(sa.or_(sa.false(), *(_is(each) for each in wanted.kinds)))
    if wanted.model is not None:
        named = holds(connection, LINE.c.models, f"{BETWEEN}{wanted.model}{BETWEEN}")
        found.append(named if wanted.model else LINE.c.models == "")
    found += [_has(connection, word) for word in wanted.words]
    if wanted.among is not None:
        found.append(LINE.c.assessment_id.in_(purchase_lines.ids(connection, wanted.among)))
    if wanted.kind:
        found.append(_kind() == wanted.kind)
    if wanted.progress:
        found.append(_progress() == wanted.progress)
    if wanted.due:
        found.append(standing(LINE, wanted.day, wanted.ahead) == wanted.due)
    return found


def _has(connection: sa.Connection, word: Word) -> Clause:
    """Return whether a word stands in the row or in the assessment: see ``finding.matching``."""
    return sa.or_(
        holds(connection, LINE.c.shown_key, word.text.lower()),
        *(
            sa.and_(LINE.c.recommendation.in_(sorted(names)), _is(kind))
            for kind, names in word.recommended.items()
        ),
        LINE.c.assessment_id.in_(sorted(word.ids)),
        searched.having(connection, LINE.c.assessment_id, word.text),
    )


def _is(kind: Kind) -> Clause:
    return sa.and_(
        *(LINE.c[name].is_not_distinct_from(each) for name, each in kind._asdict().items())
    )


def _kind() -> Clause:
    return sa.case((tables.assessment.c.fictional, "fictional"), else_="real")


def _progress() -> Clause:
    return sa.case(
        (LINE.c.answered == 0, "none"), (LINE.c.answered >= LINE.c.asked, "all"), else_="some"
    )


def _order(connection: sa.Connection, wanted: Wanted) -> Sequence[Clause]:
    key: Clause
    if wanted.sort == "kind":
        whens = [(_is(kind), sa.literal(place)) for kind, place in wanted.ranks.items()]
        key = sa.case(*whens, else_=len(whens)) if whens else sa.literal(0)
    elif wanted.sort == "due":
        key = by_code(connection, due(LINE, wanted.day, wanted.ahead))
    elif wanted.sort == "progress":
        ratio = sa.cast(LINE.c.answered, sa.Double) / sa.cast(LINE.c.asked, sa.Double)
        key = sa.case((LINE.c.asked == 0, 0.0), else_=ratio)
    elif wanted.sort == "owner_key":
        whom = sa.case((LINE.c.owner_key == "", BEHIND), else_=LINE.c.owner_key)
        key = by_code(connection, whom)
    elif wanted.sort == "changed":
        key = LINE.c.changed  # digits are in one order everywhere, and the index has it
    elif wanted.sort == "committed":
        key = sa.func.coalesce(LINE.c.committed, -1)
    elif wanted.ranks:
        key = sa.case(wanted.ranks, value=LINE.c[wanted.sort], else_=len(wanted.ranks))
    else:
        key = by_code(connection, LINE.c[wanted.sort])
    key = key.desc() if wanted.is_descending else key.asc()
    last = [by_code(connection, each) for each in (LINE.c.title_key, LINE.c.assessment_id)]
    return [key, *last]
