"""A record of an assessment that is here already: what differs, and replacing what stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from procurement_risk.assessment.parts import part_title
from procurement_risk.assessment.record import Record
from procurement_risk.errors import WouldReplace
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.storage import alone_answers, rows
from procurement_risk.storage.checked import checked_parts, refuse_archived
from procurement_risk.storage.history import HEADER, Pen
from procurement_risk.storage.kept_frameworks import KeptFrameworks
from procurement_risk.storage.rows import Stand

Imported = Literal["created", "unchanged", "replaced"]

HEADER_TITLES: Mapping[str, str] = {
    "framework_digest": N_("framework digest"),
    "fictional": N_("fictional"),
    "created_at": N_("created at"),
    "created_by": N_("created by"),
}
"""What the fields of the assessment's own row are called."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What of a record differs from what is here: parts and fields, each with its new value."""

    parts: dict[str, str | None]
    header: dict[str, Any]
    stand: Stand

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self.parts or self.header)


def differences(
    connection: sa.Connection, frameworks: KeptFrameworks, record: Record, row: rows.Row
) -> Differences:
    """Return what of ``record`` differs from the assessment in ``row``."""
    stand = rows.stand(connection, row.id)
    wanted = {
        "framework_digest": frameworks.digest(record.framework),
        "fictional": record.assessment.fictional,
        "created_at": record.assessment.created_at,
        "created_by": record.assessment.created_by,
    }
    header = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    return Differences(rows.differing(stand, checked_parts(record.assessment)), header, stand)


def merge(
    connection: sa.Connection,
    frameworks: KeptFrameworks,
    record: Record,
    pen: Pen,
    row: rows.Row,
    replace: bool,
) -> Imported:
    """Write each part of ``record`` that differs over what stands in ``row``, if asked to.

    Raises:
        WouldReplace: If something differs and ``replace`` is False.
        UsageError: If what is here is archived.
    """
    found = differences(connection, frameworks, record, row)
    if not found.any:
        return "unchanged"
    if not replace:
        titles = [
            *(_(HEADER_TITLES[name]) for name in found.header),
            *map(part_title, found.parts),
        ]
        raise WouldReplace(_choices(row.id, titles))
    refuse_archived(row)
    alone_answers.refuse_under_way(found.stand)
    frameworks.add(connection, record.framework, pen.at)
    rows.take_up(connection, pen, row.revision, HEADER)
    rows.write_parts(connection, pen, found.stand, found.parts)
    if found.header:
        rows.write_header(pen, row, found.header)
    rows.finish(connection, pen, {"purchase_id": record.assessment.purchase.id, **found.header})
    return "replaced"


def _choices(assessment_id: str, differing: list[str]) -> str:
    named = [each.replace("_", " ") for each in differing]
    shown, more = ", ".join(named[:5]), len(named) - 5
    if more > 0:
        words = ngettext("{names} and {n} more", "{names} and {n} more", more)
        shown = words.format(names=shown, n=grouped(more))
    return _(
        "There is an assessment {id} already, and it differs in {names}. "
        "Either keep what is here, or replace it: what stands here now then stays in its history."
    ).format(id=repr(assessment_id), names=shown)
