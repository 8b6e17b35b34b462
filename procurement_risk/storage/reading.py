"""What the store gives back, put together from rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from procurement_risk.assessment import Assessment, Purchase, Supplier, Upstream, WorkflowState
from procurement_risk.assessment.document import from_document, from_documents
from procurement_risk.assessment.parts import (
    ANSWER,
    COMMENTS,
    HANDOVER,
    assessment_from_parts,
)
from procurement_risk.canonical import JSON
from procurement_risk.errors import Damaged
from procurement_risk.framework import Framework, Subject
from procurement_risk.storage import sound, tables
from procurement_risk.storage.rows import Row

SHOWN = ("purchase", "supplier", "state")
"""The parts that a line of the list tells of."""


class Hold(NamedTuple):
    """A legal hold: nothing of the assessment is deleted or struck out while it lasts."""

    reason: str
    by: str
    at: str


class PartState(NamedTuple):
    """A part as it stands: its value as JSON (None: emptied), and who wrote it when."""

    value: JSON
    revision: int
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An assessment as it stands, with the revisions a save has to name.

    Attributes:
        revisions: The current revision of each part ever written; others are at 0.
        revision: Rises with every change to the assessment.
    """

    assessment: Assessment
    framework: Framework
    revisions: Mapping[str, int]
    revision: int
    changed_at: str
    archived: bool
    hold: Hold | None = None


@dataclass(frozen=True, slots=True)
class Readings:
    """What was read of several assessments: those that could be, and why the others could not."""

    stored: list[Stored]
    damaged: list[Damaged]


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


def stored(row: Row, parts: Mapping[str, Row], framework: Framework) -> Stored:
    """Return the assessment in ``row``; ``parts`` has a row of the table ``part`` by name.

    Raises:
        Damaged: If something of it can no longer be read.
    """
    assessment = assessment_from_parts(
        sound.values(row.id, {name: part.value for name, part in parts.items()}),
        id=row.id,
        fictional=row.fictional,
        created_at=row.created_at,
        created_by=row.created_by,
    )
    return Stored(
        assessment=assessment,
        framework=framework,
        revisions={name: part.revision for name, part in parts.items()},
        revision=row.revision,
        changed_at=row.changed_at,
        archived=row.archived,
        hold=hold_of(row),
    )


def hold_of(row: Row) -> Hold | None:
    """Return the legal hold on the assessment in ``row``, if there is one.

    Raises:
        Damaged: If there is one that can no longer be read.
    """
    return None if row.hold is None else Hold(**sound.hold(row.id, row.hold))


def summaries(
    connection: sa.Connection, framework_of: Callable[[str], Framework]
) -> list[Summary]:
    """Return a line for every assessment, the one changed last first."""
    assessment, version, part = tables.assessment, tables.framework_version, tables.part
    shown: dict[str, dict[str, str | None]] = {}
    for each in connection.execute(
        sa.select(part.c.assessment_id, part.c.name, part.c.value).where(part.c.name.in_(SHOWN))
    ):
        shown.setdefault(each.assessment_id, {})[each.name] = each.value
    answered: dict[str, int] = {row[0]: row[1] for row in connection.execute(_ANSWERED)}
    link = tables.supplier_link
    rows = connection.execute(
        sa.select(assessment, version.c.framework_id, version.c.version, link.c.supplier_id)
        .join(version)
        .outerjoin(link, link.c.assessment_id == assessment.c.id)
        .order_by(assessment.c.changed_at.desc(), assessment.c.id)
    )
    return [
        _summary(
            row,
            shown.get(row.id, {}),
            answered.get(row.id, 0),
            _subject(framework_of, row.framework_digest),
        )
        for row in rows
    ]


def _subject(framework_of: Callable[[str], Framework], digest: str) -> Subject:
    try:
        return framework_of(digest).subject
    except Damaged:
        return "purchase"


def upstreams(connection: sa.Connection) -> dict[str, tuple[Upstream, ...]]:
    """Return what lies upstream of every assessment that names any, by the assessment's id."""
    part = tables.part
    query = sa.select(part.c.assessment_id, part.c.value).where(
        part.c.name == "upstreams", part.c.value.is_not(None)
    )
    found = {}
    for row in connection.execute(query):
        if read := sound.value("upstreams", row.value):
            found[row.assessment_id] = from_documents(Upstream, read)
    return found


def asking(connection: sa.Connection) -> list[str]:
    """Return the ids of assessments, not archived, in which colleagues ask something."""
    part, assessment = tables.part, tables.assessment
    query = (
        sa.select(part.c.assessment_id)
        .join(assessment)
        .where(
            sa.or_(part.c.name.like(f"{HANDOVER}%"), part.c.name.like(f"{COMMENTS}%")),
            part.c.value.is_not(None),
            assessment.c.archived.is_(False),
        )
        .distinct()
        .order_by(part.c.assessment_id)
    )
    return list(connection.execute(query).scalars())


# Only another state than "answered" is ever written, and within a text the quotes would stand
# behind backslashes; so this needs no JSON functions, which differ between databases.
_ANSWERED = (
    sa.select(tables.part.c.assessment_id, sa.func.count())
    .where(
        tables.part.c.name.like(f"{ANSWER}%"),
        tables.part.c.value.is_not(None),
        tables.part.c.value.not_like('%"state":"%'),
        tables.part.c.value.not_like('%"options":[]%'),
    )
    .group_by(tables.part.c.assessment_id)
)


def _summary(
    row: Row, texts: Mapping[str, str | None], answered: int, subject: Subject
) -> Summary:
    try:
        shown = sound.values(row.id, texts, SHOWN)
    except Damaged:
        shown = {
            "purchase": {"id": row.purchase_id, "title": row.id, "buyer": ""},
            "supplier": {"name": ""},
            "state": "draft",
        }
    return Summary(
        id=row.id,
        purchase=from_document(Purchase, shown["purchase"]),
        supplier=from_document(Supplier, shown["supplier"]),
        framework_id=row.framework_id,
        framework_version=row.version,
        framework_digest=row.framework_digest,
        subject=subject,
        state=shown["state"],
        revision=row.revision,
        changed_at=row.changed_at,
        answered=answered,
        fictional=row.fictional,
        archived=row.archived,
        supplier_id=row.supplier_id or "",
    )
