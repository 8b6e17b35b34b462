"""Taking in assessments from elsewhere: a record, or all about one of another store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlalchemy as sa

from procurement_risk.assessment.parts import part_title
from procurement_risk.assessment.record import Record
from procurement_risk.canonical import write_json
from procurement_risk.errors import ProcurementRiskError, UsageError, WouldReplace
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.storage import (
    alone_answers,
    checked,
    connection as connections,
    moving_in,
    rows,
)
from procurement_risk.storage.checked import checked_parts, refuse_archived
from procurement_risk.storage.database import Database
from procurement_risk.storage.evidence import copies, uses
from procurement_risk.storage.history import HEADER, Pen
from procurement_risk.storage.kept_frameworks import KeptFrameworks
from procurement_risk.storage.moving_in import Taken, Whole
from procurement_risk.storage.operations import evidence_files, writing
from procurement_risk.storage.rows import Stand


def import_record(
    database: Database, record: Record, data: bytes, actor: str, *, replace: bool = False
) -> Imported:
    """Bring in a record that held its checks, all of it or nothing.

    Args:
        database: Which.
        record: What ``read_record`` gave for ``data``.
        data: The bytes of the record.
        actor: Who brings it in.
        replace: Whether to write each differing part over what stands here. What stood
            stays in the history.

    Returns:
        ``created``; ``unchanged`` where the same is here already; or ``replaced``.

    Raises:
        WouldReplace: If something else is here under the same id and ``replace`` is False.
        UsageError: If what is here is archived, or ``data`` is not what ``record`` was read
            from.
    """
    if write_json(record.document) != data:
        raise UsageError(_("The record does not belong to this file. Read the file again."))
    assessment = record.assessment
    pen = checked.pen(assessment.id, actor, f"Imported from record {record.digest}")
    with database.writing() as connection:
        row = rows.locked(connection, assessment.id)
        if row is None:
            origin = assessment.created_at, assessment.created_by
            digest = database.kept_frameworks.add(connection, record.framework, pen.at)
            writing.insert(connection, assessment, digest, origin, pen)
            return "created"
        files = uses.digests(connection, assessment.id) if row.hold is None else []
        done = _merge(connection, database.kept_frameworks, record, pen, row, replace)
    evidence_files.drop_unused(database, files)
    return done


def would_import(database: Database, record: Record) -> Imported:
    """Return what bringing ``record`` in would do, if asked to replace; nothing is written."""
    with database.reading() as connection:
        row = connection.execute(rows.assessment_row(record.assessment.id)).first()
        if row is None:
            return "created"
        found = differences(connection, database.kept_frameworks, record, row)
    return "replaced" if found.any else "unchanged"


def wholes(database: Database) -> Iterator[Whole]:
    """Yield everything about every assessment, for another store to take over."""
    with database.reading() as connection:
        for name in rows.assessments(connection, None):
            whole = moving_in.whole_of(connection, name)
            yield replace(whole, evidence=_evidence(database, uses.digests(connection, name)))


def _evidence(database: Database, digests: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of files of evidence that are sound, by digest."""
    path, found = connections.file_of(database.engine), dict[str, bytes]()
    places = [copies.beside(path) if path else None, database.evidence()]
    for digest in digests:
        for place in filter(None, places):
            with suppress(ProcurementRiskError):
                found[digest] = copies.sound(place, digest)
                break
    return found


def take_over(database: Database, whole: Whole, place: str, actor: str) -> Taken:
    """Take over an assessment of another store as it is, with a line that it was moved.

    Args:
        database: Which.
        whole: All of it.
        place: Where it comes from, as people call it.
        actor: Who moves it.

    Returns:
        ``moved``; or ``here`` where it is here already, with the same history.

    Raises:
        UsageError: If something else stands here under its id.
        InvalidDocument: If its history does not hold. Nothing of it was written.
    """
    pen = checked.pen(whole.id, actor, f"Moved here from {place}")
    evidence_files.put_all(database, whole.evidence)
    try:
        with database.writing() as connection:
            return moving_in.take(connection, whole, pen)
    except ProcurementRiskError:
        evidence_files.drop_unused(database, whole.evidence)
        raise


# A record of an assessment that is here already: what differs, and replacing what stands.

Imported = Literal["created", "unchanged", "replaced"]

_HEADER_TITLES: Mapping[str, str] = {
    "framework_digest": N_("framework digest"),
    "fictional": N_("fictional"),
    "created_at": N_("created at"),
    "created_by": N_("created by"),
}
"""What the fields of the assessment's own row are called."""


@dataclass(frozen=True, slots=True)
class _Differences:
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
) -> _Differences:
    """Return what of ``record`` differs from the assessment in ``row``."""
    stand = rows.stand(connection, row.id)
    wanted = {
        "framework_digest": frameworks.digest(record.framework),
        "fictional": record.assessment.fictional,
        "created_at": record.assessment.created_at,
        "created_by": record.assessment.created_by,
    }
    header = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    return _Differences(rows.differing(stand, checked_parts(record.assessment)), header, stand)


def _merge(
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
            *(_(_HEADER_TITLES[name]) for name in found.header),
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
