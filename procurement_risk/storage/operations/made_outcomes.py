"""What is made of each assessment, kept until it changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from procurement_risk.canonical import JSON
from procurement_risk.errors import Damaged
from procurement_risk.framework import Framework
from procurement_risk.storage import framework_rows, kept_outcomes, outcome_lines, waiting_lines
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import canonical_text
from procurement_risk.storage.kept_outcomes import Lined, Outcome, Outcomes
from procurement_risk.storage.operations import loading
from procurement_risk.storage.outcome_lines import Kind, Missing, Values, Wanted
from procurement_risk.storage.reading import Stored
from procurement_risk.storage.waiting_lines import Line, Number, Sought

MADE_AT_ONCE = 100
"""How many outcomes to make and keep in one go: what was made is kept if the rest fails."""


def outcomes(
    database: Database,
    make: Callable[[Stored], JSON | Lined],
    made_by: str,
    known: Mapping[str, int] = MappingProxyType({}),
) -> Outcomes:
    """Return what ``make`` gives for every assessment that is not archived.

    What was made of an assessment before is kept, and made anew only where the assessment has
    changed since or something else made it. Saving an answer makes nothing.

    Args:
        database: Which.
        make: Gives the outcome as JSON. It is called outside any transaction.
        made_by: Names ``make`` and its version; another name makes every outcome anew.
        known: Revisions whose outcomes need not be returned, by assessment.
    """
    make_outcomes(database, make, made_by)
    return read_outcomes(database, made_by, known)


def missing_outcomes(
    database: Database, made_by: str, ids: Collection[str] | None = None
) -> list[str]:
    """Return which, of ``ids`` or of all, have no outcome or one older than they are."""
    with database.reading() as connection:
        return kept_outcomes.outdated(connection, made_by, None if ids is None else list(ids))


def make_outcomes(
    database: Database,
    make: Callable[[Stored], JSON | Lined],
    made_by: str,
    ids: Collection[str] | None = None,
) -> list[Damaged]:
    """Make and keep every outcome that is missing or older than its assessment.

    Args:
        database: Which.
        make: Gives the outcome as JSON.
        made_by: Names ``make`` and its version.
        ids: Only of these, as far as they are still there; left out: of all.

    Returns:
        Why none could be made, of each assessment that can no longer be read.
    """
    changed = missing_outcomes(database, made_by, ids)
    damaged: list[Damaged] = []
    for start in range(0, len(changed), MADE_AT_ONCE):
        read = loading.read_many(database, changed[start : start + MADE_AT_ONCE])
        damaged += read.damaged
        made, lines, waits = list[dict[str, Any]](), list[dict[str, Any]](), list[dict[str, Any]]()
        for stored in read.stored:
            found = make(stored)
            own = {
                "assessment_id": stored.assessment.id,
                "revision": stored.revision,
                "made_by": made_by,
                "framework_digest": database.kept_frameworks.digest(stored.framework),
            }
            if isinstance(found, Lined):
                lines.append({**own, **found.line})
                waits += _owned(lines[-1], found.waits)
                found = found.document
            made.append({**own, "document": canonical_text(found)})
        if made:
            with database.writing() as connection:
                kept_outcomes.keep(connection, made, lines, waits)
    return damaged


def read_outcomes(
    database: Database,
    made_by: str,
    known: Mapping[str, int] = MappingProxyType({}),
    ids: Collection[str] | None = None,
    *,
    briefly: bool = False,
) -> Outcomes:
    """Return the outcomes of ``ids`` or all, or their briefs: see ``kept_outcomes.read``."""
    wanted, known_frameworks = None if ids is None else list(ids), database.kept_frameworks
    with database.reading() as connection:
        return kept_outcomes.read(
            connection, known_frameworks, made_by, known, wanted, briefly=briefly
        )


def missing_lines(database: Database, made_by: str) -> Missing:
    """Return which assessments lack their line, and which have one though they were not read."""
    with database.reading() as connection:
        return outcome_lines.missing(connection, made_by)


def lines_stamp(database: Database, made_by: str) -> tuple[int, int]:
    """Return, cheaply, what changes where a line may be missing or have changed."""
    with database.reading() as connection:
        return outcome_lines.stamp(connection, made_by)


def keep_lines(
    database: Database,
    lines: Sequence[tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]],
    made_by: str,
) -> None:
    """Keep lines whose outcomes are there, or of what can have none; a later one stays.

    Each stands beside what waits in its assessment.
    """
    made = [({**line, "made_by": made_by}, waits) for line, waits in lines]
    every = [each for line, waits in made for each in _owned(line, waits)]
    with database.writing() as connection:
        kept_outcomes.keep(connection, [], [line for line, _waits in made], every)


def _owned(line: Mapping[str, Any], waits: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what waits with the assessment that it waits in."""
    own = {name: line[name] for name in ("assessment_id", "made_by")}
    return [{**own, **each} for each in waits]


def listed_kinds(
    database: Database, organisations: Collection[str] | None = None
) -> dict[Kind, Framework | None] | None:
    """Return the kinds of lines there are, each with its questionnaire where it is scored.

    None where one of those questionnaires cannot be read.

    Args:
        database: Which.
        organisations: Only of these; None for all.
    """
    with database.reading() as connection:
        found = outcome_lines.kinds(connection, organisations)
        of = {each.framework_digest for each in found if each.is_scored}
        known = database.kept_frameworks.sound(connection, of)
    if of - known.keys():
        return None
    return {each: known[each.framework_digest] if each.is_scored else None for each in found}


def listed_values(
    database: Database, wanted: Wanted, organisations: Collection[str] | None = None
) -> Values:
    """Return what the list may be narrowed to on the days of ``wanted``."""
    with database.reading() as connection:
        return outcome_lines.values(connection, wanted, organisations)


def listed_beside(
    database: Database,
    ids: Collection[str],
    made_by: str,
    organisations: Collection[str] | None = None,
) -> dict[str, tuple[str, Outcome]]:
    """Return the outcomes of all looks at the purchases of ``ids``, each with its supplier."""
    with database.reading() as connection:
        suppliers = outcome_lines.beside(connection, ids, organisations)
        found = kept_outcomes.of(connection, database.kept_frameworks, made_by, [*suppliers])
    return {name: (suppliers[name], each) for name, each in found.items()}


def listed_questionnaires(
    database: Database, organisations: Collection[str] | None = None
) -> frozenset[tuple[str, str]]:
    """Return the ids and versions of the questionnaires that assessments in the list stand on."""
    with database.reading() as connection:
        return outcome_lines.questionnaires(connection, organisations)


def listed(
    database: Database,
    wanted: Wanted,
    made_by: str,
    organisations: Collection[str] | None = None,
) -> tuple[dict[str, Outcome | None], int, int]:
    """Return a part of the list in its order, where it begins, and how many there are in all.

    Of each its outcome, or None where it could not be read.
    """
    with database.reading() as connection:
        ids, start, total = outcome_lines.part(connection, wanted, made_by, organisations)
        found = kept_outcomes.of(connection, database.kept_frameworks, made_by, ids)
    return {name: found.get(name) for name in ids}, start, total


def waiting_number(
    database: Database, sought: Sought, organisations: Collection[str] | None = None
) -> Number:
    """Return how much waits of what is ``sought``."""
    with database.reading() as connection:
        unread = _unread(database, connection)
        return waiting_lines.number(connection, sought, organisations, unread)


def waiting_part(
    database: Database,
    sought: Sought,
    limit: int | None = None,
    offset: int = 0,
    organisations: Collection[str] | None = None,
) -> list[Line]:
    """Return a part of what waits of what is ``sought``, or all: what is late first."""
    with database.reading() as connection:
        unread = _unread(database, connection)
        return waiting_lines.part(connection, sought, organisations, unread, limit, offset)


def listed_scored(
    database: Database, made_by: str, organisations: Collection[str] | None = None
) -> int:
    """Return how many assessments of the list are scored."""
    with database.reading() as connection:
        unread = _unread(database, connection)
        return waiting_lines.scored(connection, made_by, organisations, unread)


def listed_unscored(database: Database, organisations: Collection[str] | None = None) -> list[str]:
    """Return the assessments of the list that could not be scored, or not be read now."""
    with database.reading() as connection:
        ids = outcome_lines.unscored(connection, organisations)
        unread = _unread(database, connection)
        return [*ids, *outcome_lines.resting_on(connection, unread, organisations)]


def _unread(database: Database, connection: sa.Connection) -> frozenset[str]:
    """Return the digests of the questionnaires that can no longer be read: most often none."""
    every = framework_rows.framework_digests(connection, "")
    return frozenset(set(every) - database.kept_frameworks.sound(connection, every).keys())
