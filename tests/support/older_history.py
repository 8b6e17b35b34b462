"""A database as an older toolkit left it: history whose hashes cover the names themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from procurement_risk.exports import verify
from procurement_risk.storage import HistoryEntry, Store, migrate
from procurement_risk.storage.tables import metadata

NEW = ("by_salt", "by_digest", "reason_salt", "reason_digest")


def as_older(assessment_id: str, entries: list[HistoryEntry]) -> list[HistoryEntry]:
    """Return the same lines as they were written before names had digests of their own."""
    lines: list[HistoryEntry] = []
    previous = verify.START
    for entry in entries:
        older = replace(entry, previous=previous, **dict.fromkeys(NEW, ""))
        own = (older.seq, older.part, older.by, older.at, older.reason, older.body_digest)
        previous = verify.sha256(verify.write_json([assessment_id, *own, previous]))
        lines.append(replace(older, hash=previous))
    return lines


def put_into_older(engine: sa.Engine, store: Store, assessment_id: str) -> tuple[int, str]:
    """Copy an assessment into the tables of an older toolkit, and return the head of its history.

    Columns and tables that those have not are left out.
    """
    lines = as_older(assessment_id, store.history(assessment_id))
    with store.engine.connect() as source, engine.begin() as connection:
        shape = sa.inspect(connection)
        for table in metadata.sorted_tables:
            if not shape.has_table(table.name):
                continue
            known = {column["name"] for column in shape.get_columns(table.name)}
            for row in source.execute(sa.select(table)).mappings():
                values = {name: row[name] for name in row if name in known}
                if table.name == "history":
                    line = lines[row["seq"] - 1]
                    values |= {"previous": line.previous, "hash": line.hash}
                    values |= {name: "" for name in NEW if name in known}
                columns = [sa.column(name) for name in values]
                insert = sa.table(table.name, *columns).insert()
                connection.execute(insert, values)
    return lines[-1].seq, lines[-1].hash


def make_older(engine: sa.Engine, version: str) -> None:
    """Make the tables as the toolkit did when ``version`` was the newest."""
    with engine.begin() as connection:
        config = Config()
        config.set_main_option(
            "script_location", str(Path(migrate.__file__).parent / "migrations")
        )
        config.attributes["connection"] = connection
        command.upgrade(config, version)
