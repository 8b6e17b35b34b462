"""What the store gives back, put together from rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from procurement_risk.assessment import Assessment, Upstream
from procurement_risk.assessment.document import from_documents
from procurement_risk.assessment.parts import COMMENTS, HANDOVER, REVIEW, assessment_from_parts
from procurement_risk.canonical import JSON
from procurement_risk.errors import Damaged
from procurement_risk.framework import Framework
from procurement_risk.storage import sound, tables
from procurement_risk.storage.people.mode import is_team
from procurement_risk.storage.rows import Row, chosen


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


def stored(row: Row, parts: Mapping[str, Row], framework: Framework) -> Stored:
    """Return the assessment in ``row``; ``parts`` has a row of the table ``part`` by name.

    Raises:
        Damaged: If something of it can no longer be read.
    """
    assessment = assessment_from_parts(
        sound.values(
            row.id, {name: part.value for name, part in parts.items()}, framework=framework
        ),
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


def upstreams(
    connection: sa.Connection, ids: Collection[str] | None = None
) -> dict[str, tuple[Upstream, ...]]:
    """Return what lies upstream of every assessment, or of ``ids``, that names any, by its id."""
    part = tables.part
    query = sa.select(part.c.assessment_id, part.c.value).where(
        part.c.name == "upstreams", part.c.value.is_not(None)
    )
    found = {}
    for condition in chosen(part.c.assessment_id, ids):
        for row in connection.execute(query.where(condition)):
            if read := sound.value("upstreams", row.value):
                found[row.assessment_id] = from_documents(Upstream, read)
    return found


def asking(connection: sa.Connection) -> list[str]:
    """Return the ids of assessments, not archived, in which colleagues ask for something.

    Where nobody signs in nobody is a reviewer: what is in review asks nothing of anybody.
    """
    part, assessment = tables.part, tables.assessment
    asks: list[sa.ColumnElement[bool]] = [
        part.c.name.like(f"{each}%") for each in (HANDOVER, COMMENTS, REVIEW)
    ]
    if is_team():
        asks.append(part.c.name == "state")
    query = (
        sa.select(part.c.assessment_id)
        .join(assessment)
        .where(
            tables.ASKS,  # as the index has it, which is small
            sa.or_(*asks),
            part.c.value.is_not(None),
            assessment.c.archived.is_(False),
        )
        .distinct()
        .order_by(part.c.assessment_id)
    )
    return list(connection.execute(query).scalars())
