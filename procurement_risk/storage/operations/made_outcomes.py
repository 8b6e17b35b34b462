"""What is made of each assessment, kept until it changes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

from procurement_risk.canonical import JSON
from procurement_risk.errors import Damaged
from procurement_risk.framework import Framework
from procurement_risk.storage import kept_outcomes, outcome_lines
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import canonical_text
from procurement_risk.storage.kept_outcomes import Lined, Outcome, Outcomes
from procurement_risk.storage.operations import loading
from procurement_risk.storage.outcome_lines import Kind, Wanted
from procurement_risk.storage.reading import Stored

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
        made, lines = list[dict[str, Any]](), list[dict[str, Any]]()
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
                found = found.document
            made.append({**own, "document": canonical_text(found)})
        if made:
            with database.writing() as connection:
                kept_outcomes.keep(connection, made, lines)
    return damaged


def read_outcomes(
    database: Database,
    made_by: str,
    known: Mapping[str, int] = MappingProxyType({}),
    ids: Collection[str] | None = None,
) -> Outcomes:
    """Return the outcomes of ``ids`` or all; those of ``known`` revisions are left out."""
    wanted = None if ids is None else list(ids)
    with database.reading() as connection:
        return kept_outcomes.read(connection, database.kept_frameworks, made_by, known, wanted)


def listed_kinds(
    database: Database, made_by: str, organisations: Collection[str] | None = None
) -> dict[Kind, Framework] | None:
    """Return the kinds of lines there are, each with its questionnaire.

    None where not every assessment has its line, or a questionnaire cannot be read.

    Args:
        database: Which.
        made_by: What made them.
        organisations: Only of these; None for all.
    """
    with database.reading() as connection:
        found = outcome_lines.kinds(connection, made_by, organisations)
        of = {each.framework_digest for each in found or ()}
        known = database.kept_frameworks.sound(connection, of)
    if found is None or of - known.keys():
        return None
    return {each: known[each.framework_digest] for each in found}


def listed(
    database: Database,
    wanted: Wanted,
    made_by: str,
    organisations: Collection[str] | None = None,
) -> tuple[dict[str, Outcome], int, int]:
    """Return the outcomes of a part of the list, in its order, where it begins, and how many.

    Those are of all that the conditions let through.
    """
    with database.reading() as connection:
        ids, start, total = outcome_lines.part(connection, wanted, made_by, organisations)
        found = kept_outcomes.of(connection, database.kept_frameworks, made_by, ids)
    return {name: found[name] for name in ids if name in found}, start, total
