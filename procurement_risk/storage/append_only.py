"""The tables in which no line is changed or deleted, and what of each database refuses it."""

from __future__ import annotations

import sqlalchemy as sa

APPEND_ONLY = ("history", "release", "tombstone", "log_erasure", "read_log")
"""The tables, by name."""

_CHANGES = (("no_update", "UPDATE"), ("no_delete", "DELETE"))


def make(connection: sa.Connection, table: str) -> None:
    """Make a table append-only from now on."""
    if connection.dialect.name == "sqlite":
        shut(connection, table)
        return
    connection.exec_driver_sql(
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    )


def unlock(connection: sa.Connection, table: str) -> None:
    """Let a table be changed, until ``shut``."""
    if connection.dialect.name == "sqlite":
        for name, _change in _CHANGES:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_{name}")
        return
    connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")


def shut(connection: sa.Connection, table: str) -> None:
    """End what ``unlock`` began."""
    if connection.dialect.name == "sqlite":
        for name, change in _CHANGES:
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_{name} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only")
