"""The lines of the list: each is read once, and again when its assessment has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from procurement_risk.assessment import Purchase, Supplier, WorkflowState
from procurement_risk.assessment.document import from_document
from procurement_risk.assessment.parts import ANSWER
from procurement_risk.errors import Damaged
from procurement_risk.framework import Framework, Subject
from procurement_risk.storage import sound, tables
from procurement_risk.storage.kept_frameworks import KeptFrameworks
from procurement_risk.storage.rows import Row, chosen

SHOWN = ("purchase", "supplier", "state")
"""The parts that a line of the list tells of."""
MOST_CHOSEN = 1_000
"""Of how many changed assessments the parts are asked for by id; of more, all are read."""

MOST_KEPT = 10_000
"""So many lines take 20 MiB; of more, none is kept: whoever asks for so many asks for once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One line of the list.

    Where what it tells can no longer be read, its id stands for the title, and the rest is empty.

    Attributes:
        subject: What it is about: a purchase, or the supplier as an organisation.
        answered: How many questions and facts have an answer in the state ``answered``.
        supplier_id: The supplier it is of, however that is spelled in it.
    """

    id: str
    purchase: Purchase
    supplier: Supplier
    framework_id: str
    framework_version: str
    framework_digest: str
    subject: Subject
    state: WorkflowState
    revision: int
    changed_at: str
    answered: int
    fictional: bool
    archived: bool
    supplier_id: str = ""


class KeptSummaries:
    """The lines of one database, as this process read them last."""

    def __init__(self) -> None:
        self._known: dict[str, Summary] = {}

    def read(
        self,
        connection: sa.Connection,
        frameworks: KeptFrameworks,
        wanted: list[str] | None = None,
        *,
        archived: bool | None = None,
    ) -> list[Summary]:
        """Return a line for every assessment, or those wanted, the one changed last first."""
        rows, known = _rows(connection, wanted, archived=archived), self._known
        is_whole = wanted is None and archived is None
        changed = [row for row in rows if not _stands(known.get(row.id), row)]
        is_most = is_whole and len(changed) > MOST_CHOSEN
        ids = None if is_most else [row.id for row in changed]
        shown, answered = _shown(connection, ids), _answered(connection, ids)
        of = frameworks.sound(connection, {row.framework_digest for row in changed})
        fresh, unread = {}, set()
        for row in changed:
            framework = of.get(row.framework_digest)
            values = _values(row.id, shown.get(row.id, {}))
            if values is None or framework is None:
                unread.add(row.id)
            number = answered.get(row.id, 0)
            fresh[row.id] = _summary(row, values or _in_place_of(row), framework, number)
        found = [fresh.get(row.id) or known[row.id] for row in rows]
        # What is damaged is read each time: a backup may mend it, at the revision it has.
        read = {each.id: each for each in found if each.id not in unread}
        if not is_whole and len(known) + len(read) <= MOST_KEPT:
            read = known | read
        self._known = read if len(read) <= MOST_KEPT else {}
        return found


def _stands(known: Summary | None, row: Row) -> bool:
    """Whether what is known of an assessment is as it stands; an id may be used again."""
    return (
        known is not None
        and (known.revision, known.changed_at) == (row.revision, row.changed_at)
        and known.framework_digest == row.framework_digest
        and known.supplier_id == (row.supplier_id or "")
    )


def _rows(
    connection: sa.Connection, wanted: list[str] | None, *, archived: bool | None
) -> list[Row]:
    own, version, link = tables.assessment, tables.framework_version, tables.supplier_link
    query = (
        sa.select(own, version.c.framework_id, version.c.version, link.c.supplier_id)
        .join(version)
        .outerjoin(link, link.c.assessment_id == own.c.id)
        .order_by(own.c.changed_at.desc(), own.c.id)
    )
    if archived is not None:
        query = query.where(own.c.archived.is_(archived))
    found = [
        row
        for condition in chosen(own.c.id, wanted)
        for row in connection.execute(query.where(condition))
    ]
    if wanted is not None:  # they were asked for a few at a time
        found.sort(key=lambda row: str(row.id))
        found.sort(key=lambda row: str(row.changed_at), reverse=True)
    return found


def _shown(connection: sa.Connection, ids: list[str] | None) -> dict[str, dict[str, str | None]]:
    part = tables.part
    query = sa.select(part.c.assessment_id, part.c.name, part.c.value)
    found: dict[str, dict[str, str | None]] = {}
    for condition in chosen(part.c.assessment_id, ids):
        for row in connection.execute(query.where(part.c.name.in_(SHOWN), condition)):
            found.setdefault(row.assessment_id, {})[row.name] = row.value
    return found


def _answered(connection: sa.Connection, ids: list[str] | None) -> dict[str, int]:
    """Return how many questions and facts are answered.

    Only another state than "answered" is ever written, and within a text the quotes would stand
    behind backslashes; so this needs no JSON functions, which differ between databases.
    """
    part = tables.part
    query = (
        sa.select(part.c.assessment_id, sa.func.count())
        .where(
            part.c.name.like(f"{ANSWER}%"),
            part.c.value.is_not(None),
            part.c.value.not_like('%"state":"%'),
            part.c.value.not_like('%"options":[]%'),
        )
        .group_by(part.c.assessment_id)
    )
    return {
        row[0]: row[1]
        for condition in chosen(part.c.assessment_id, ids)
        for row in connection.execute(query.where(condition))
    }


def _values(assessment_id: str, texts: Mapping[str, str | None]) -> dict[str, Any] | None:
    try:
        return sound.values(assessment_id, texts, SHOWN)
    except Damaged:
        return None


def _in_place_of(row: Row) -> dict[str, Any]:
    return {
        "purchase": {"id": row.purchase_id, "title": row.id, "buyer": ""},
        "supplier": {"name": ""},
        "state": "draft",
    }


def _summary(
    row: Row, shown: Mapping[str, Any], framework: Framework | None, answered: int
) -> Summary:
    return Summary(
        id=row.id,
        purchase=from_document(Purchase, shown["purchase"]),
        supplier=from_document(Supplier, shown["supplier"]),
        framework_id=row.framework_id,
        framework_version=row.version,
        framework_digest=row.framework_digest,
        subject=framework.subject if framework else "purchase",
        state=shown["state"],
        revision=row.revision,
        changed_at=row.changed_at,
        answered=answered,
        fictional=row.fictional,
        archived=row.archived,
        supplier_id=row.supplier_id or "",
    )
