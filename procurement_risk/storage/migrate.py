"""Bring a database to the newest version. The only module that imports Alembic."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from procurement_risk.errors import StorageError
from procurement_risk.language import _
from procurement_risk.storage import making
from procurement_risk.storage.tables import NEWEST, metadata


def to_newest(engine: sa.Engine) -> None:
    """Run every migration the database has not had, all of them or none.

    Raises:
        StorageError: If the database is newer than this code, or is somebody else's.
    """
    to_version(engine, NEWEST)


def to_version(engine: sa.Engine, version: str) -> None:
    """Run the migrations up to ``version``, all of them or none.

    Raises:
        StorageError: If the database is newer than this code, or is somebody else's.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A migration that rebuilds a table would trip over the references to it.
            _pragma(connection, "foreign_keys=OFF")
        try:
            with connection.begin():
                making.alone(connection)
                _refuse_unknown(connection, ScriptDirectory.from_config(config))
                config.attributes["connection"] = connection
                command.upgrade(config, version)
        finally:
            if engine.dialect.name == "sqlite":
                _pragma(connection, "foreign_keys=ON")


def _pragma(connection: sa.Connection, pragma: str) -> None:
    """Set ``pragma`` outside a transaction, which is the only place SQLite heeds it."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA {pragma}")


def _refuse_unknown(connection: sa.Connection, scripts: ScriptDirectory) -> None:
    tables = set(sa.inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if taken := tables & set(metadata.tables):
            message = _(
                "The database already has a table {table} that this toolkit did not make. "
                "Use a database of its own."
            )
            raise StorageError(message.format(table=repr(min(taken))))
        return
    stored = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    known = {script.revision for script in scripts.walk_revisions()}
    if stored is not None and stored not in known:
        message = _(
            "The database has version {stored}; this toolkit knows versions up to {newest}. "
            "A newer toolkit has used it: update the toolkit. Nothing was changed."
        )
        raise StorageError(message.format(stored=repr(stored), newest=repr(NEWEST)))
