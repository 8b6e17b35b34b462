"""Taking in assessments from elsewhere: a record, or all about one of another store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from procurement_risk.assessment.record import Record
from procurement_risk.canonical import write_json
from procurement_risk.errors import ProcurementRiskError, UsageError
from procurement_risk.language import _
from procurement_risk.storage import checked, connection as connections, imports, moving_in, rows
from procurement_risk.storage.database import Database
from procurement_risk.storage.evidence import copies, uses
from procurement_risk.storage.imports import Imported
from procurement_risk.storage.moving_in import Taken, Whole, Would
from procurement_risk.storage.operations import evidence_files, writing


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
        done = imports.merge(connection, database.kept_frameworks, record, pen, row, replace)
    evidence_files.drop_unused(database, files)
    return done


def would_import(database: Database, record: Record) -> Imported:
    """Return what bringing ``record`` in would do, if asked to replace; nothing is written."""
    with database.reading() as connection:
        row = connection.execute(rows.assessment_row(record.assessment.id)).first()
        if row is None:
            return "created"
        found = imports.differences(connection, database.kept_frameworks, record, row)
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


def would_take_over(database: Database, whole: Whole) -> Would:
    """Return what ``take_over`` would do; ``other`` where it would refuse. Writes nothing."""
    with database.reading() as connection:
        return moving_in.would_take(connection, whole)


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
