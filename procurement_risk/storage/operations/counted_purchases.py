"""The figures of a portfolio, asked of how each look at a purchase stands."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from procurement_risk.storage import purchase_lines, settling_purchases
from procurement_risk.storage.database import Database
from procurement_risk.storage.purchase_lines import Alike, Sought
from procurement_risk.storage.settling_purchases import Look
from procurement_risk.storage.supplier_decisions import normal_names

Names = Callable[[list[str]], Mapping[str, frozenset[str]]]
"""Gives every name of some suppliers, by their ids."""
Rule = Callable[[list[Look], Names], list[dict[str, Any]]]
"""Gives a row of ``purchase_line`` for each of the looks at some purchases."""
AT_ONCE = 250
"""The looks at how many purchases are read in one go."""


def settle_purchases(
    database: Database, rule: Rule, made_by: str, most: int | None = None
) -> bool:
    """Work out anew how the looks stand at each purchase of which something changed.

    Args:
        database: Which.
        rule: Is asked for the looks at a few purchases at a time.
        made_by: As of the outcomes.
        most: Of more than so many none is worked out.

    Returns:
        Whether all are by now.
    """
    with database.reading() as connection:
        foreign = database.kept_frameworks.foreign(connection)
        purchases = sorted(settling_purchases.stale(connection, made_by, foreign))
    if most is not None and len(purchases) > most:
        return False
    for start in range(0, len(purchases), AT_ONCE):
        some = purchases[start : start + AT_ONCE]
        with database.writing() as connection:
            # What is read here is what stands: nobody settles beside it with what stood before.
            settling_purchases.lock(connection)
            found = settling_purchases.looks(
                connection, database.kept_frameworks, made_by, foreign, some
            )
            rows = rule(found, partial(normal_names, connection))
            settling_purchases.keep(
                connection, some, [{**row, "made_by": made_by} for row in rows]
            )
    return True


def purchases_number(database: Database) -> int:
    """Return how many looks there are of which it is known how they stand."""
    with database.reading() as connection:
        return purchase_lines.number(connection)


def purchases_alike(
    database: Database,
    by: Sequence[str],
    sought: Sought,
    organisations: Collection[str] | None = None,
    *,
    is_number: bool = False,
) -> list[Alike]:
    """Return the looks that are sought, those that are alike as one: see ``purchase_lines``."""
    with database.reading() as connection:
        return purchase_lines.alike(connection, by, sought, organisations, is_number=is_number)


def purchases_first(
    database: Database,
    sought: Sought,
    limit: int,
    ready: Collection[str] | None = None,
    organisations: Collection[str] | None = None,
) -> list[str]:
    """Return the first of the looks by value; the most pressing where ``ready`` is given."""
    with database.reading() as connection:
        if ready is None:
            return purchase_lines.first_by_value(connection, sought, limit, organisations)
        return purchase_lines.first_asked(connection, sought, ready, limit, organisations)


def purchases_bids(
    database: Database, ids: Collection[str], organisations: Collection[str] | None = None
) -> list[str]:
    """Return all bids for the purchases of some looks whose supplier is open."""
    with database.reading() as connection:
        return purchase_lines.bids_beside(connection, ids, organisations)


def purchases_parted(database: Database, organisations: Collection[str] | None = None) -> bool:
    """Whether of some purchase there are looks in these organisations and others elsewhere."""
    with database.reading() as connection:
        return purchase_lines.is_parted(connection, organisations)


def names_of_suppliers(database: Database) -> dict[str, frozenset[str]]:
    """Return every name of each supplier, by its id, made comparable."""
    with database.reading() as connection:
        return normal_names(connection)
