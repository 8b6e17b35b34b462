"""Assessments as they stand, each call at one moment."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import NoReturn

from procurement_risk.errors import Damaged
from procurement_risk.framework import Framework
from procurement_risk.storage import reading, rows, sound
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import HistoryEntry, entry
from procurement_risk.storage.kept_summaries import Summary
from procurement_risk.storage.reading import PartState, Readings, Stored
from procurement_risk.storage.rows import Row


def load(database: Database, assessment_id: str) -> Stored:
    """Return the assessment as it stands, also where its framework has no such answer or pack.

    Raises:
        NotFound: If there is none.
        Damaged: If it can no longer be read.
    """
    read = _read(database, [assessment_id], fitting=False)
    return read.stored[0] if read.stored else _refuse(read)


def load_many(database: Database, ids: Iterable[str] | None = None) -> list[Stored]:
    """Return the assessments ``ids``, in that order, or every one by id, archived ones too.

    Raises:
        NotFound: If one of ``ids`` names no assessment; it names all such.
        Damaged: If one can no longer be read. ``read_many`` goes on with the others.
    """
    read = read_many(database, ids)
    return _refuse(read) if read.damaged else read.stored


def read_many(database: Database, ids: Iterable[str] | None = None) -> Readings:
    """Return the same of those that can be read, and why the others cannot.

    Raises:
        NotFound: If one of ``ids`` names no assessment; it names all such.
    """
    return _read(database, ids, fitting=True)


def _refuse(read: Readings) -> NoReturn:
    raise read.damaged[0]


def _read(database: Database, ids: Iterable[str] | None, *, fitting: bool) -> Readings:
    wanted = None if ids is None else list(ids)
    with database.reading() as connection:
        found = rows.assessments(connection, wanted)
        parts = rows.parts(connection, wanted)
        digests = {row.framework_digest for row in found.values()}
        frameworks = database.kept_frameworks.sound(connection, digests)
    read = Readings([], [])
    for each in sorted(found) if wanted is None else wanted:
        row = found[each]
        try:
            of = _of(row, frameworks)
            stored = reading.stored(row, parts.get(each, {}), of)
            if fitting:
                sound.refuse_unfit(stored.assessment, of)
            read.stored.append(stored)
        except Damaged as error:
            read.damaged.append(error)
    return read


def _of(row: Row, frameworks: Mapping[str, Framework]) -> Framework:
    found = frameworks.get(row.framework_digest)
    if found is None:
        raise Damaged(row.id, [sound.damaged("framework")])
    return found


def load_with_history(database: Database, assessment_id: str) -> tuple[Stored, list[HistoryEntry]]:
    """Return the assessment and every change to it, both as of one moment.

    Raises:
        NotFound: If there is no such assessment.
        Damaged: If it can no longer be read.
    """
    with database.reading() as connection:
        row = rows.assessments(connection, [assessment_id])[assessment_id]
        parts = rows.parts(connection, [assessment_id])[assessment_id]
        digests = [row.framework_digest]
        framework = _of(row, database.kept_frameworks.sound(connection, digests))
        lines = rows.lines(connection, assessment_id)
    stored = reading.stored(row, parts, framework)
    sound.refuse_unfit(stored.assessment, framework)
    return stored, [entry(line) for line in lines]


def parts(database: Database, assessment_id: str) -> dict[str, PartState]:
    """Return each part ever written, as JSON, with its revision, who wrote it and when."""
    with database.reading() as connection:
        rows.revision(connection, assessment_id)
        found = rows.parts(connection, [assessment_id])[assessment_id]
    return {
        name: PartState(json.loads(row.value or "null"), row.revision, row.by, row.at)
        for name, row in found.items()
    }


def summaries(
    database: Database, ids: Collection[str] | None = None, *, archived: bool | None = None
) -> list[Summary]:
    """Return a line for every assessment, archived ones too, the one changed last first.

    Args:
        database: Which.
        ids: Only of these, as far as they are here.
        archived: Only those that are set aside, or only the others.
    """
    wanted = None if ids is None else list(ids)
    with database.reading() as connection:
        return database.kept_summaries.read(
            connection, database.kept_frameworks, wanted, archived=archived
        )
