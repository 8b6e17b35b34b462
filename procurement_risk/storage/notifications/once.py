"""Rows that are written once, whoever comes first, on either database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite


def put_new(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Write a row, and return whether it was not there; of two at the same time one is told so."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table).on_conflict_do_nothing()
    kept = insert.execution_options(preserve_rowcount=True)  # else it is not kept of an insert
    return connection.execute(kept, dict(row)).rowcount > 0
