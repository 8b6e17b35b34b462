"""A database is made, or brought up to date after a backup, before it is used."""

from __future__ import annotations

import sqlalchemy as sa

from procurement_risk.storage import backup, connection as connections, kept_up, making, tables

LONGEST_SECONDS = 600.0
"""For how long a program waits for another one on this computer that brings a file up to date."""


def ready(engine: sa.Engine) -> list[str]:
    """Make the tables, or bring those of an older version up to date; return what to tell of it.

    What follows from them is kept up as well.

    Raises:
        StorageError: If the database is newer than this code, is somebody else's, or is an older
            one on a server of which no backup can be made first.
    """
    with connections.reader_of(engine).begin() as connection:
        stored = connections.version_in(connection)
    if stored == tables.NEWEST or (stored is None and making.make_if_empty(engine)):
        kept_up.catch_up(engine)
        return []
    # Alembic takes longer to import than everything else here, and is hardly ever needed.
    from procurement_risk.storage import migrate

    told = []
    if stored is not None and stored < tables.NEWEST:
        told = backup.before_upgrade(engine, stored)
    patient = connections.patient(engine, LONGEST_SECONDS)
    migrate.to_newest(patient)
    kept_up.catch_up(patient)
    return told
