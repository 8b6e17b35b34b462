"""Whether what a database holds is what was written there: one assessment, or all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from procurement_risk.errors import Problem
from procurement_risk.language import _
from procurement_risk.storage import framework_rows, history_checks, logs, rows, tables
from procurement_risk.storage.history import canonical_text

Counts = Mapping[str, int]
"""How many rows each table has, by its name."""


def faults_of(connection: sa.Connection, assessment_id: str) -> list[Problem]:
    """Return every sign that a history, or what stands now, was altered from outside."""
    row = rows.assessments(connection, [assessment_id])[assessment_id]
    lines = rows.lines(connection, assessment_id)
    parts = rows.parts(connection, [assessment_id])[assessment_id]
    framework = framework_rows.framework_text(connection, row.framework_digest)
    stands = {name: (part.value, part.revision) for name, part in parts.items()}
    return [
        *history_checks.check_chain(lines),
        *history_checks.check_present(
            lines, stands, canonical_text(rows.header(row)), row.revision
        ),
        *history_checks.check_framework_text(framework, row.framework_digest),
    ]


def faults(connection: sa.Connection) -> Iterator[Problem]:
    """Yield every such sign in the whole database, every kept file and every log that was."""
    query = sa.select(tables.assessment.c.id).order_by(tables.assessment.c.id)
    for name in list(connection.execute(query).scalars()):
        yield from (problem.inside(name) for problem in faults_of(connection, name))
    kept = tables.kept_file
    for digest in list(connection.execute(sa.select(kept.c.digest)).scalars()):
        content = connection.execute(
            sa.select(kept.c.content).where(kept.c.digest == digest)
        ).scalar_one()
        # A hand at an SQLite file can put a text in place of bytes.
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != digest:
            message = _("The file {digest} was altered after it was kept. Restore a backup.")
            yield Problem("kept_file", message.format(digest=digest))

    yield from logs.faults(connection)


def counts(connection: sa.Connection) -> dict[str, int]:
    """Return how many rows each of our tables has, by the name of those that are there."""
    there = set(sa.inspect(connection).get_table_names())
    return {
        table.name: int(
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        )
        for table in tables.metadata.sorted_tables
        if table.name in there - {tables.search_text.name}  # it follows from the rest
    }
