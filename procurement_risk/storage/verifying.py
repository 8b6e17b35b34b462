"""Whether what a database holds is what was written there: one assessment, or all of it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from procurement_risk.errors import Problem
from procurement_risk.language import N_, _, ngettext
from procurement_risk.storage import erasures, framework_rows, logs, rows, tables
from procurement_risk.storage.history import (
    HEADER,
    START,
    body_digest,
    canonical_text,
    line_hash,
    text_digest,
)

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
        *_check_chain(lines),
        *_check_present(lines, stands, canonical_text(rows.header(row)), row.revision),
        *_check_framework_text(framework, row.framework_digest),
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


# Whether a history still holds: its chain of hashes, and what stands now at its end.


def _check_chain(rows: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield each line that is not what was written there, in order of the lines."""
    previous, expected = START, 1
    struck = erasures.struck_lines(rows)
    for row in rows:
        where = f"history[{row['seq']}]"
        if row["seq"] != expected:
            message = _("Line {number} of the history is missing.")
            yield _altered(where, message.format(number=expected))
        elif row["previous"] != previous:
            message = _("Line {number} does not follow the line before.")
            yield _altered(where, message.format(number=row["seq"]))
        if message := _fault(row, struck.get(row["seq"])):
            yield _altered(where, message.format(number=row["seq"]))
        previous, expected = row["hash"], row["seq"] + 1


def _fault(row: Mapping[str, Any], struck: erasures.Struck | None) -> str:
    """Return what is wrong with one line, as words with a ``{number}``, or nothing."""
    if struck is not None and not erasures.stands(row, struck):
        return _("Line {number} is not what the erasure left of it.")
    gone = struck.gone if struck is not None else frozenset()
    named = {"by", "reason"} & gone
    if row["hash"] != line_hash(row) and (row["by_digest"] or not named):
        return _("Line {number} was altered after it was written.")
    if row["by_digest"] and not all(map(partial(_text_holds, row, gone), ("by", "reason"))):
        return _("Line {number} was altered after it was written.")
    if not _body_holds(row, gone):
        return _("The values in line {number} were altered after they were written.")
    return ""


def _text_holds(row: Mapping[str, Any], gone: Collection[str], name: str) -> bool:
    salt = row[f"{name}_salt"]
    if not salt:
        return name in gone
    return bool(row[f"{name}_digest"] == text_digest(salt, row[name]))


_ADVICE = N_("Compare with a backup or an exported record.")


def _altered(where: str, message: str) -> Problem:
    return Problem(where, f"{message} {_(_ADVICE)}")


def _body_holds(row: Mapping[str, Any], gone: Collection[str]) -> bool:
    before, after, salt = row["before"], row["after"], row["salt"]
    if salt:
        return bool(row["body_digest"] == body_digest(salt, before, after))
    if "values" in gone:
        return True
    # Before there were erasures, a value could be taken out without an entry that says so.
    return not row["by_digest"] and before is None and after is None


def _check_present(
    rows: Iterable[Mapping[str, Any]],
    parts: Mapping[str, tuple[str | None, int]],
    header: str,
    revision: int,
) -> Iterator[Problem]:
    """Yield where what stands now is not what the history leads to.

    Args:
        rows: The history, in order.
        parts: Each part's value as canonical JSON, and its revision.
        header: The assessment's own row as canonical JSON.
        revision: The assessment's revision.
    """
    led_to: dict[str, tuple[Mapping[str, Any], int]] = {}
    last = 0
    for row in rows:
        count = led_to[row["part"]][1] if row["part"] in led_to else 0
        led_to[row["part"]], last = (row, count + 1), row["seq"]
    if last != revision:
        message = ngettext(
            "The history ends at line {last}, but {n} was written.",
            "The history ends at line {last}, but {n} were written.",
            revision,
        )
        yield _altered("history", message.format(last=last, n=revision))
    stands = {**parts, HEADER: (header, led_to[HEADER][1] if HEADER in led_to else 0)}
    for name in sorted((stands.keys() | led_to.keys()) - {erasures.ERASURE}):
        if not _agrees(stands.get(name), led_to.get(name)):
            message = _(
                "{part} is not what the history leads to: it was changed without a line of "
                "history."
            )
            yield _altered(name, message.format(part=name))


def _agrees(
    stands: tuple[str | None, int] | None, led_to: tuple[Mapping[str, Any], int] | None
) -> bool:
    if stands is None or led_to is None:
        return False
    row, count = led_to
    bare = not row["salt"] and row["before"] is None and row["after"] is None
    return stands[1] == count and (bare or stands[0] == row["after"])


def _check_framework_text(document: str, digest: str) -> Iterator[Problem]:
    """Yield a problem where the stored framework ``document`` is not the one it was."""
    if hashlib.sha256(document.encode()).hexdigest() != digest:
        yield _altered("framework", _("The questionnaire was altered after it was stored."))
