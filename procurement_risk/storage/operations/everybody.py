"""What is asked of whoever uses the store: here of everybody, who works alone on this computer.

A store that is bound to a person answers the same calls for that person: ``people.acting``.
"""

from __future__ import annotations

from collections.abc import Iterable

from procurement_risk.storage.database import Database
from procurement_risk.storage.people.permissions import Action


def may(database: Database, action: Action, assessment_id: str = "", section: str = "") -> bool:
    """Whether one may do that: with an assessment, or in some organisation. Alone, one may."""
    return True


def note_opened(database: Database, ids: Iterable[str]) -> None:
    """Write down that somebody opened several assessments on one page, where people sign in."""


def exporting(database: Database, ids: Iterable[str], what: str) -> None:
    """Say that assessments are about to be taken out in a format, before they are.

    Raises:
        NotFound: If one of ``ids`` names no assessment that one sees.
        NotAllowed: If one may not take it out.
    """
