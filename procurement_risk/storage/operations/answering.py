"""Whether the database answers, and whether its tables are those that this code knows."""

from __future__ import annotations

from procurement_risk.language import _
from procurement_risk.storage import connection as connections, tables
from procurement_risk.storage.database import Database


def readiness(database: Database) -> str:
    """Return what is wrong, or empty where people can work.

    Tables of a newer version are no fault: while a server is upgraded, the old one goes on.

    Raises:
        StorageError: If the database cannot be used.
    """
    with database.reading() as connection:
        stored = connections.version_in(connection)
    if stored is None or stored < tables.NEWEST:
        return _("The database is not brought up to date yet.")
    return ""
