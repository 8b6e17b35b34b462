"""How each look at a purchase stands, as columns: whether its purchase counts by it.

There is a row for each look that is scored and not set aside. Which look counts is told by the one
rule, in Python, which is asked about a few purchases at a time: see ``settling_purchases``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from procurement_risk.storage import one_moment, tables
from procurement_risk.storage.asking_lines import BETWEEN, by_code, holds, standing
from procurement_risk.storage.people import belonging

LINE = tables.purchase_line
SHOWN = ("counted", "open")
"""The places of what a portfolio shows: what counts, and each bid where the supplier is open."""
Clause = sa.ColumnElement[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which looks are asked for; what is empty lets everything through.

    Attributes:
        buyers, capabilities, owners, models: Names, made comparable.
        suppliers: Their ids.
        tiers, recommendations, states: Any of them; a tier that is still possible.
        dues: Of the first thing that waits, as in ``asking_lines.standing``.
        since, until: The first and the last day assessed as of.
        day, ahead: Today, and the last day of what begins to wait.
        places: Where they stand.
        alike: Of the columns named, only with one of these values together.
        is_asked: Only those in which something is asked of a leader by now.
    """

    buyers: frozenset[str] = frozenset()
    capabilities: frozenset[str] = frozenset()
    owners: frozenset[str] = frozenset()
    models: frozenset[str] = frozenset()
    suppliers: frozenset[str] = frozenset()
    tiers: frozenset[int] = frozenset()
    recommendations: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    dues: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""
    day: str = ""
    ahead: str = ""
    places: tuple[str, ...] = SHOWN
    alike: tuple[tuple[str, ...], frozenset[tuple[str, ...]]] | None = None
    is_asked: bool = False


class Alike(NamedTuple):
    """Looks of which some columns are the same, and all of one worth: paid, free or not known.

    Attributes:
        values: Those columns.
        first: The first of the ids of all of which they are the same.
        number: How many there are.
        committed: What they come to; None where it is not known of any.
        scaled: The same if every pilot grows to full use.
    """

    values: tuple[Any, ...]
    first: str
    number: int
    committed: int | None
    scaled: int | None


def conditions(connection: sa.Connection, sought: Sought) -> list[Clause]:
    """Return what of a row of the table is to be true."""
    found: list[Clause] = [LINE.c.place.in_(sought.places)]
    if through := _through(connection, sought):
        # Where the supplier is open, a purchase is let through by any of its bids.
        bids = sa.select(LINE.c.purchase_id).where(LINE.c.place == "open", *through)
        is_open = sa.and_(LINE.c.place == "open", LINE.c.purchase_id.in_(bids))
        found.append(sa.or_(sa.and_(LINE.c.place != "open", *through), is_open))
    if sought.alike is not None:
        names, values = sought.alike
        each = (sa.and_(*map(_is, names, value)) for value in sorted(values))
        found.append(sa.or_(sa.false(), *each))
    if sought.is_asked:
        found += [LINE.c.asked != "", LINE.c.asked_from <= sought.day]
    return found


def _is(name: str, value: str) -> Clause:
    return LINE.c[name] == value


def _through(connection: sa.Connection, sought: Sought) -> list[Clause]:
    wanted = {
        "buyer_key": sought.buyers,
        "capability_key": sought.capabilities,
        "owner_key": sought.owners,
        "supplier_id": sought.suppliers,
        "recommendation": sought.recommendations,
        "state": sought.states,
    }
    found: list[Clause] = [LINE.c[n].in_(sorted(each)) for n, each in wanted.items() if each]
    if sought.models:
        keys = (f"{BETWEEN}{each}{BETWEEN}" for each in sorted(sought.models))
        found.append(sa.or_(*(holds(connection, LINE.c.model_keys, key) for key in keys)))
    if sought.tiers:
        may_be = (sa.between(n, LINE.c.tier_low, LINE.c.tier_high) for n in sorted(sought.tiers))
        found.append(sa.or_(*may_be))
    if sought.dues:
        found.append(standing(LINE, sought.day, sought.ahead).in_(sorted(sought.dues)))
    if sought.since:
        found.append(LINE.c.as_of >= sought.since)
    if sought.until:
        found.append(LINE.c.as_of <= sought.until)
    return found


def number(connection: sa.Connection) -> int:
    """Return how many rows there are."""
    query = sa.select(sa.func.count()).select_from(LINE)
    return one_moment.once(connection, LINE, lambda: int(connection.execute(query).scalar_one()))


def ids(connection: sa.Connection, sought: Sought) -> sa.Select[Any]:
    """Return what asks for the ids of those looks."""
    return sa.select(LINE.c.assessment_id).where(*conditions(connection, sought))


def _seen(organisations: Collection[str] | None) -> list[Clause]:
    if organisations is None:
        return []
    return [LINE.c.assessment_id.in_(belonging.ids_of(organisations))]


def alike(
    connection: sa.Connection,
    by: Sequence[str],
    sought: Sought,
    organisations: Collection[str] | None = None,
    *,
    is_number: bool = False,
) -> list[Alike]:
    """Return the looks, those of which the columns ``by`` are the same as one, by the first id.

    Beside the columns it may be ``is_late``: whether the day by which something is asked has
    passed. Where only their number is asked for, pounds are as good as not known.
    """
    columns = [_is_late(sought) if name == "is_late" else LINE.c[name] for name in by]
    first = sa.func.min(by_code(connection, LINE.c.assessment_id))
    figures = [sa.func.count()] if is_number else _pounds()
    query = sa.select(first, *columns, *figures).where(*conditions(connection, sought))
    query = query.where(*_seen(organisations)).group_by(*columns)
    found = []
    for row in connection.execute(query):
        values, sums = tuple(row[1 : len(by) + 1]), row[len(by) + 1 :]
        each = [(sums[0], None, None)] if is_number else [sums[:3], sums[3:6], sums[6:]]
        found += [Alike(values, row[0], n, *map(_whole, of)) for n, *of in each if n]
    return sorted(found, key=lambda each: each.first)


def _pounds() -> list[Any]:
    """Return the number and the sums of what is paid for, of what is free, and of the others."""
    pounds, scaled = LINE.c.committed, LINE.c.scaled
    figures: list[Any] = []
    for is_worth in (pounds > 0, pounds == 0, pounds.is_(None)):
        figures.append(sa.func.count(sa.case((is_worth, 1))))
        figures += [sa.func.sum(sa.case((is_worth, each))) for each in (pounds, scaled)]
    return figures


def _whole(pounds: Any) -> int | None:  # noqa: ANN401  a sum is a Decimal on PostgreSQL
    return None if pounds is None else int(pounds)


def first(
    connection: sa.Connection,
    sought: Sought,
    limit: int,
    ready: Collection[str] | None = None,
    organisations: Collection[str] | None = None,
) -> list[str]:
    """Return the ids of the first of them: the largest committed value first.

    Where ``ready`` says what can be decided now, the most pressing stand first: see ``headlines``.
    """
    pressing = () if ready is None else _pressing(sought, ready)
    query = ids(connection, sought).where(*_seen(organisations))
    query = query.order_by(*pressing, *_by_value(connection)).limit(limit)
    return list(connection.execute(query).scalars())


def _pressing(sought: Sought, ready: Collection[str]) -> tuple[Clause, ...]:
    """Return what is late first, then what can be decided now, then by its day."""
    return (
        sa.case((_is_late(sought), 0), else_=1),
        sa.case((LINE.c.asked.in_(sorted(ready)), 0), else_=1),
        sa.case((LINE.c.asked_due == "", "9999"), else_=LINE.c.asked_due),
    )


def _is_late(sought: Sought) -> Clause:
    return sa.and_(LINE.c.asked_due != "", LINE.c.asked_due < sought.day)


def _by_value(connection: sa.Connection) -> tuple[Clause, ...]:
    """Return the order of ``totals.by_value``."""
    pounds = sa.func.coalesce(LINE.c.committed, -1).desc()
    return pounds, by_code(connection, LINE.c.assessment_id)


def bids_beside(
    connection: sa.Connection,
    names: Collection[str],
    organisations: Collection[str] | None = None,
) -> list[str]:
    """Return the ids of all bids for the purchases whose supplier is open in some looks."""
    near = sa.select(LINE.c.purchase_id).where(LINE.c.assessment_id.in_(sorted(names)))
    query = sa.select(LINE.c.assessment_id).where(
        LINE.c.place == "open", LINE.c.purchase_id.in_(near), *_seen(organisations)
    )
    return list(connection.execute(query).scalars())


def is_parted(connection: sa.Connection, organisations: Collection[str] | None = None) -> bool:
    """Whether somebody sees some of the looks at a purchase and not others.

    Which look counts is then another for them than for whoever sees all.
    """
    if organisations is None:
        return False
    seen, other = _seen(organisations), LINE.alias()
    hidden = other.c.assessment_id.not_in(belonging.ids_of(organisations))
    beside = sa.select(other.c.assessment_id).where(
        other.c.purchase_id == LINE.c.purchase_id, hidden
    )
    query = sa.select(LINE.c.assessment_id).where(*seen, beside.exists()).limit(1)
    return connection.execute(query).first() is not None
