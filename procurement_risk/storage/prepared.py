"""Statements that every click sends: each is put into words once for a kind of database.

SQLAlchemy keeps their words too, but looks for them, and works out what stands in which place,
each time, which takes three times as long as the database itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa


class Prepared:
    """One statement, of texts and whole numbers alone: what else there is would need turning."""

    def __init__(self, statement: sa.Executable, columns: Sequence[str] = ()) -> None:
        self._statement, self._columns = statement, list(columns) or None
        self._said: WeakKeyDictionary[sa.Dialect, tuple[str, list[str] | None]] = (
            WeakKeyDictionary()
        )

    def on(self, connection: sa.Connection, values: Mapping[str, Any]) -> sa.CursorResult[Any]:
        """Send it, with ``values`` by name, and return what comes of it."""
        words, places = self._said.get(connection.dialect) or self._say(connection.dialect)
        given = values if places is None else tuple([values[name] for name in places])
        return connection.exec_driver_sql(words, given)

    def _say(self, dialect: sa.Dialect) -> tuple[str, list[str] | None]:
        """Return it in words, and the names of its values in order; None where they have names."""
        said: Any = self._statement.compile(dialect=dialect, column_keys=self._columns)  # type: ignore[attr-defined]
        found = said.string, said.positiontup if said.positional else None
        self._said[dialect] = found
        return found
