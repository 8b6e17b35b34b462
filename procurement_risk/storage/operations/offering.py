"""What may be chosen from, a part at a time."""

from __future__ import annotations

from collections.abc import Collection

from procurement_risk.storage import offered as parts, searched
from procurement_risk.storage.database import Database
from procurement_risk.storage.offered import Offered


def offered(
    database: Database,
    words: str = "",
    limit: int | None = None,
    *,
    archived: bool | None = False,
    fictional: bool | None = None,
    organisations: Collection[str] | None = None,
) -> Offered:
    """Return the assessments that hold every one of some words, and how many they are.

    Args:
        database: Which.
        words: As for ``find``; without any it is every one.
        limit: How many ids are given at the most, those changed last first.
        archived: Those that are set aside, or the others; None for both.
        fictional: Those that are made up, or the others; None for both.
        organisations: Only of these; None for all.
    """
    with database.reading() as connection:
        return parts.assessments(
            connection, words, limit, organisations, archived=archived, fictional=fictional
        )


def offered_compared(
    database: Database,
    words: str,
    limit: int,
    organisations: Collection[str] | None = None,
) -> Offered:
    """Return the purchases of which several suppliers were assessed, and how many they are."""
    with database.reading() as connection:
        return parts.compared(connection, words, limit, organisations)


def of_purchases(
    database: Database,
    purchases: Collection[str],
    organisations: Collection[str] | None = None,
) -> list[str]:
    """Return the ids of the assessments of some purchases, those set aside left out."""
    with database.reading() as connection:
        return parts.of_purchases(connection, list(purchases), organisations)


def near(
    database: Database,
    text: str,
    part: str,
    most: int,
    organisations: Collection[str] | None = None,
) -> list[str]:
    """Return assessments in whose ``part`` words stand that begin as those of ``text`` do.

    Those with the most of the words come first, ``most`` at the most.
    """
    with database.reading() as connection:
        return searched.near(connection, text, part, most, organisations)
