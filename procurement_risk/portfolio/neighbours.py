"""What only its neighbours tell of a row: whether another look counts, and other versions.

rows of one page ── with_neighbours ──> the same rows, as if every row had been made
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from procurement_risk.portfolio.look_marks import looks_apart
from procurement_risk.portfolio.looks_beside import items_beside
from procurement_risk.portfolio.worklist import Row, Standing
from procurement_risk.storage import Store


def with_neighbours(store: Store, rows: Sequence[Row]) -> list[Row]:
    """Return ``rows`` with what the other looks at their purchases, and all versions, tell."""
    items = items_beside(store, [each.id for each in rows])
    apart = looks_apart(items.values())
    standing = Standing.of(store, store.listed_questionnaires())
    return [
        replace(
            standing.told(row, items[row.id].framework.id, row.version),
            look=apart.get(row.id, ""),
        )
        if row.id in items
        else row
        for row in rows
    ]
