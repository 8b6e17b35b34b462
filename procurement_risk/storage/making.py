"""A new database gets the newest tables at once; only an older one needs the migrations."""

from __future__ import annotations

import sqlalchemy as sa

from procurement_risk.storage.tables import NEWEST, metadata

# Any number will do, as long as every copy of the toolkit takes the same one.
_POSTGRESQL_LOCK = 7_421_105

_VERSIONS = sa.Table(
    "alembic_version",
    sa.MetaData(naming_convention={"pk": "%(table_name)s_pkc"}),
    sa.Column("version_num", sa.String(32), primary_key=True),
)
"""Where Alembic keeps the version of the tables, made as Alembic makes it."""

_said: dict[str, tuple[str, ...]] = {}


def make_if_empty(engine: sa.Engine) -> bool:
    """Make the tables of the newest version where the database holds none; return whether it did.

    All of them or none. Several programs may try at once: one makes them.
    """
    with engine.begin() as connection:
        alone(connection)
        if sa.inspect(connection).get_table_names():
            return False
        make_tables(connection)
        _VERSIONS.create(connection)
        connection.execute(_VERSIONS.insert().values(version_num=NEWEST))
    return True


def make_tables(connection: sa.Connection) -> None:
    """Make the newest tables and what keeps some of them append-only, in an empty database.

    Wording the statements takes most of the time, and they are the same for each database of a
    kind: those said the first time are said again.
    """
    kind = connection.dialect.name
    if kind in _said:
        for statement in _said[kind]:
            connection.exec_driver_sql(statement)
        return
    heard: list[str] = []

    def hear(_: object, __: object, statement: str, *___: object) -> None:
        heard.append(statement)

    sa.event.listen(connection, "before_cursor_execute", hear)
    try:
        metadata.create_all(connection, checkfirst=False)
    finally:
        sa.event.remove(connection, "before_cursor_execute", hear)
    _said[kind] = tuple(heard)


def alone(connection: sa.Connection) -> None:
    """Keep every other program from making or changing tables until the transaction ends.

    A transaction that writes to SQLite is alone from its beginning.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_POSTGRESQL_LOCK)))
