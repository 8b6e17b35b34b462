"""What a person said about suppliers: joined, parted again, a name added; who, when and why.

A name that is added stands in no assessment: a former one, or one it trades under. Which names
stand follows from the decisions, one after the other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import sqlalchemy as sa

from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.errors import NotFound, UsageError
from procurement_risk.language import _
from procurement_risk.storage import supplier_links, tables
from procurement_risk.storage.history import Pen

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One time that a person joined two suppliers, parted one, or added a name to one.

    Attributes:
        seq: Its number, from 1.
        what: ``join`` or ``part``; ``former`` or ``trading`` where a name was added, and
            ``unname`` where one was taken away.
        supplier_id: The supplier that stays.
        other_id: The one that was joined to it, or that was parted from it.
        assessments: The assessments that changed their supplier.
        by: Who decided.
        at: When, as an ISO time in UTC.
        reason: Why.
    """

    seq: int
    what: str
    supplier_id: str
    other_id: str
    assessments: tuple[str, ...]
    by: str
    at: str
    reason: str
    name: str = ""


class GivenName(NamedTuple):
    """A name that a person added: a ``former`` one, or one that it is ``trading`` under."""

    name: str
    kind: str


def join(connection: sa.Connection, supplier_id: str, other_id: str, pen: Pen) -> None:
    """Make the assessments of two suppliers those of the first.

    Raises:
        NotFound: If one of them is no longer here.
        UsageError: If both are one already.
    """
    supplier_links.lock(connection)
    if supplier_id == other_id:
        raise UsageError(_("Both are one supplier already. Nothing was changed."))
    mine, theirs = (_of(connection, each) for each in (supplier_id, other_id))
    supplier_links.pin(connection, dict.fromkeys([*mine, *theirs], supplier_id))
    _write(connection, "join", (supplier_id, other_id), theirs, pen)


def part(connection: sa.Connection, supplier_id: str, ids: Sequence[str], pen: Pen) -> str:
    """Make the assessments ``ids`` of a supplier those of another one, and return its id.

    Raises:
        NotFound: If the supplier is no longer here.
        UsageError: If one of ``ids`` is not of it, or none would be left or taken.
    """
    supplier_links.lock(connection)
    all_of_it = _of(connection, supplier_id)
    if not set(ids) <= set(all_of_it):
        raise UsageError(
            _("One of the assessments is no longer of this supplier. Look at it once more.")
        )
    if not ids or len(set(ids)) == len(all_of_it):
        raise UsageError(_("Choose some of its assessments, and leave at least one."))
    other_id = supplier_links.new_supplier(connection)
    # Both are pinned at once: with one pin alone, the others would follow it by their name.
    rest = [each for each in all_of_it if each not in set(ids)]
    parted = dict.fromkeys(rest, supplier_id) | dict.fromkeys(ids, other_id)
    supplier_links.pin(connection, parted)
    _write(connection, "part", (supplier_id, other_id), sorted(set(ids)), pen)
    return other_id


def name(
    connection: sa.Connection,
    supplier_id: str,
    called: str,
    kind: Literal["former", "trading", "unname"],
    pen: Pen,
) -> None:
    """Add a name to a supplier, or take away one that was added.

    Raises:
        NotFound: If the supplier is no longer here.
        UsageError: If the name is empty or too long, is its name already, or was not added.
    """
    supplier_links.lock(connection)
    all_of_it = _of(connection, supplier_id)
    called = " ".join(called.split())
    if not called or len(called) > LONGEST_NAME or "\x00" in called:
        raise UsageError(_("Write a name of at most {most} characters.").format(most=LONGEST_NAME))
    wanted = normal_name(called)
    given = names_given(decisions(connection)).get(supplier_id, ())
    has = wanted in {normal_name(each.name) for each in given}
    if kind == "unname" and not has:
        raise UsageError(_("No such name was added to this supplier. Nothing was changed."))
    if kind != "unname" and (
        has or wanted in supplier_links.names(connection, [supplier_id]).get(supplier_id, ())
    ):
        raise UsageError(_("The supplier has this name already. Nothing was changed."))
    # From now on it is known by its id, which a pin keeps.
    supplier_links.pin(connection, dict.fromkeys(all_of_it, supplier_id))
    _write(connection, kind, (supplier_id, ""), (), pen, called)


def names_given(made: Iterable[Decision]) -> dict[str, tuple[GivenName, ...]]:
    """Return the names that stand of those that were added, by the supplier's id."""
    names: dict[str, dict[str, GivenName]] = {}
    for each in sorted(made, key=lambda decision: decision.seq):
        mine = names.setdefault(each.supplier_id, {})
        if each.what == "join":
            mine |= names.pop(each.other_id, {})
        elif each.what == "unname":
            mine.pop(normal_name(each.name), None)
        elif each.what in ("former", "trading"):
            mine[normal_name(each.name)] = GivenName(each.name, each.what)
    return {supplier_id: tuple(of.values()) for supplier_id, of in names.items() if of}


def normal_names(
    connection: sa.Connection, of: list[str] | None = None
) -> dict[str, frozenset[str]]:
    """Return every name of each supplier, or of these, made comparable: typed, and added."""
    given = names_given(decisions(connection))
    return {
        each: frozenset(typed | {normal_name(added.name) for added in given.get(each, ())})
        for each, typed in supplier_links.names(connection, of).items()
    }


def decisions(connection: sa.Connection, supplier_id: str = "") -> list[Decision]:
    """Return what was decided about a supplier, or about any, the newest first."""
    table = tables.supplier_decision
    query = sa.select(table).order_by(table.c.seq.desc())
    if supplier_id:
        query = query.where(
            sa.or_(table.c.supplier_id == supplier_id, table.c.other_id == supplier_id)
        )
    return [
        Decision(**{**row, "assessments": tuple(json.loads(row["assessments"]))})
        for row in connection.execute(query).mappings()
    ]


def count(connection: sa.Connection) -> int:
    """Return how many decisions there are."""
    table = tables.supplier_decision
    query = sa.select(sa.func.coalesce(sa.func.max(table.c.seq), 0))
    return int(connection.execute(query).scalar_one())


def _of(connection: sa.Connection, supplier_id: str) -> list[str]:
    table = tables.supplier_link
    query = sa.select(table.c.assessment_id).where(table.c.supplier_id == supplier_id)
    found = sorted(connection.execute(query).scalars())
    if not found:
        raise NotFound(_("The supplier is no longer here. Choose it from the list once more."))
    return found


def _write(
    connection: sa.Connection,
    what: str,
    suppliers: tuple[str, str],
    assessments: Sequence[str],
    pen: Pen,
    called: str = "",
) -> None:
    connection.execute(
        tables.supplier_decision.insert(),
        {
            "seq": count(connection) + 1,
            "what": what,
            "supplier_id": suppliers[0],
            "other_id": suppliers[1],
            "assessments": json.dumps(list(assessments)),
            "by": pen.by,
            "at": pen.at,
            "reason": pen.reason,
            "name": called,
        },
    )
