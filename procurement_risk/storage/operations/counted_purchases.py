"""Which look counts of each purchase, worked out anew where something changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from procurement_risk.storage import settling_purchases
from procurement_risk.storage.database import Database
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
