"""Finding assessments by words."""

from __future__ import annotations

from procurement_risk.storage import search, searched
from procurement_risk.storage.database import Database


def find(database: Database, text: str, *, archived: bool | None = None) -> list[searched.Found]:
    """Return every assessment in which each word of ``text`` begins a word.

    Archived ones too, and marked so, unless only those or only others are asked for; the one
    changed last stands first.
    """
    with database.reading() as connection:
        return searched.find(connection, text, archived)


def find_ids(database: Database, text: str) -> set[str]:
    """Return the ids of what ``find`` finds, which is quicker."""
    with database.reading() as connection:
        return searched.find_ids(connection, text)


def rebuild_search(database: Database) -> None:
    """Make the index of words anew: nothing that was taken out is left in it."""
    with database.writing() as connection:
        search.rebuild(connection)
