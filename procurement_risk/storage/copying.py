"""A database, written row by row into another that has the same tables and is empty."""

from __future__ import annotations

import sqlalchemy as sa

from procurement_risk.storage import tables

AT_ONCE = 1_000
_FILES_AT_ONCE = 8
FOLLOWS = frozenset({tables.search_text.name})
"""What is made anew from the rest, by ``kept_up.catch_up``."""


def copy_all(source: sa.Connection, target: sa.Connection) -> None:
    """Copy every row of every table, of whatever version both databases are."""
    there = sa.MetaData()
    there.reflect(source, only=lambda name, _metadata: name in tables.metadata.tables)
    for table in (each for each in there.sorted_tables if each.name not in FOLLOWS):
        known = tables.metadata.tables[table.name]
        columns = [known.c[each.name] for each in table.c]
        at_once = _FILES_AT_ONCE if table.name == tables.kept_file.name else AT_ONCE
        found = source.execution_options(yield_per=at_once).execute(sa.select(*columns))
        for some in found.mappings().partitions():
            target.execute(known.insert(), [dict(each) for each in some])
