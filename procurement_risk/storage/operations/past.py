"""Who changed what, and whether that holds."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from procurement_risk.errors import Problem
from procurement_risk.framework import Framework
from procurement_risk.storage import framework_rows, logs, rows, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import START, HistoryEntry, entry
from procurement_risk.storage.history_then import left_behind


def history(database: Database, assessment_id: str) -> list[HistoryEntry]:
    """Return every change to the assessment, the first one first."""
    with database.reading() as connection:
        rows.revision(connection, assessment_id)
        lines = rows.lines(connection, assessment_id)
    return [entry(line) for line in lines]


def left_frameworks(database: Database, assessment_id: str) -> dict[str, Framework]:
    """Return what the assessment was answered against before it moved, by digest."""
    with database.reading() as connection:
        digests = {left_behind(entry(line)) for line in rows.lines(connection, assessment_id)}
        kept = [
            each
            for each in sorted(digests)
            if each and framework_rows.has_framework(connection, each)
        ]
        return database.kept_frameworks.sound(connection, kept)


def changed_since(
    database: Database,
    moment: str,
    only: list[str] | None = None,
    parts: Sequence[str] = (),
) -> dict[str, list[HistoryEntry]]:
    """Return every change from ``moment`` on, an ISO time in UTC, by assessment, in its order.

    Args:
        database: The store's.
        moment: The first that counts.
        only: Ids of the assessments to look at; left out: all of them.
        parts: Which parts to read the changes of; empty: every one.
    """
    table = tables.history
    query = (
        sa.select(table).where(table.c.at >= moment).order_by(table.c.assessment_id, table.c.seq)
    )
    if parts:
        query = query.where(table.c.part.in_(parts))
    found: dict[str, list[HistoryEntry]] = {}
    with database.reading() as connection:
        for some in rows.chosen(table.c.assessment_id, only):
            for row in connection.execute(query.where(some)).mappings():
                found.setdefault(row["assessment_id"], []).append(entry(dict(row)))
    return found


def first_changes(database: Database, moments: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return by assessment the number of its first change from each of ``moments`` on.

    A moment after the last change is left out, and so is an assessment without a change since
    the first moment. The numbers are counted in the database: history may be long.
    """
    if not moments:
        return {}
    ordered, table = sorted(moments), tables.history
    passed = sum(
        (sa.case((table.c.at >= each, 1), else_=0) for each in ordered[1:]), sa.literal(1)
    )
    query = (
        sa.select(table.c.assessment_id, passed.label("passed"), sa.func.min(table.c.seq))
        .where(table.c.at >= ordered[0])
        .group_by(table.c.assessment_id, "passed")
    )
    found: dict[str, dict[str, int]] = {}
    with database.reading() as connection:
        for name, number, seq in connection.execute(query):
            firsts = found.setdefault(name, {})
            for moment in ordered[:number]:
                firsts[moment] = min(seq, firsts.get(moment, seq))
    return found


def verify_logs(database: Database) -> list[Problem]:
    """Return every sign that a line of what was given out, or deleted, was altered or is gone."""
    with database.reading() as connection:
        return list(logs.faults(connection))


def head(database: Database, assessment_id: str) -> tuple[int, str]:
    """Return the number and hash of the last line of history, to be kept elsewhere."""
    with database.reading() as connection:
        row = connection.execute(_HEAD, {"this": assessment_id}).first()
        if row is None:
            rows.revision(connection, assessment_id)  # says that there is none
    return (row.seq, row.hash) if row else (0, START)


def _head() -> sa.Select[tuple[int, str]]:
    table, own = tables.history, tables.assessment
    return (
        sa.select(table.c.seq, table.c.hash)
        .join(own, own.c.id == table.c.assessment_id)
        .where(own.c.id == sa.bindparam("this"))
        .order_by(table.c.seq.desc())
        .limit(1)
    )


_HEAD = _head()  # put together once: programs ask it all the time
