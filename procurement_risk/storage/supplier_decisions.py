"""What a person said about who is one supplier: joined, and parted again, who, when and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from procurement_risk.errors import NotFound, UsageError
from procurement_risk.language import _
from procurement_risk.storage import supplier_links, tables
from procurement_risk.storage.history import Pen


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One time that a person joined two suppliers, or parted one.

    Attributes:
        seq: Its number, from 1.
        what: ``join`` or ``part``.
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
        },
    )
