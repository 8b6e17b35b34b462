"""Readings of one thread that share a connection, and see the database at one moment.

    shared, between two writes:   begin · reading · reading · reading · end
    otherwise:                    begin · reading · end · begin · reading · end …

On a server each of these is a message and an answer to wait for, and a thread that waits has to
wait its turn afterwards as well.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from procurement_risk.storage import connection as connections

T = TypeVar("T")


class Readings:
    """The readings of a database."""

    def __init__(self, reader: sa.Engine) -> None:
        self._reader, self._here = reader, _Here()

    @contextmanager
    def one(self) -> Iterator[sa.Connection]:
        """Give what reads: as of the moment that the thread shares, or else of now."""
        moment = self._here.moment
        if moment is None:
            with self._reader.begin() as connection:
                yield connection
            return
        try:
            with moment.entered() as connection:
                yield connection
        except BaseException:
            self.go_on()  # what is refused once is refused for the rest of a transaction
            raise

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Have the readings within it share one moment; where they do already, that one."""
        if self._here.moment is not None:
            yield
            return
        self._here.moment = _Moment(self._reader)
        try:
            yield
        finally:
            self._here.moment.end()
            self._here.moment = None

    def go_on(self) -> None:
        """Let what is read from here on see what is there by then, all as of one moment again."""
        if self._here.moment is not None:
            self._here.moment.end()
            self._here.moment = _Moment(self._reader)


_known: WeakKeyDictionary[sa.Transaction, dict[object, Any]] = WeakKeyDictionary()


def once(connection: sa.Connection, key: object, ask: Callable[[], T]) -> T:
    """Return what ``ask`` gives; a transaction that only reads is not asked twice.

    It sees the database at one moment, and a page asks how many changes there are for each thing
    that it keeps.
    """
    transaction = connection.get_transaction()
    if transaction is None or not connections.is_reading(connection):
        return ask()
    known = _known.setdefault(transaction, {})
    if key not in known:
        known[key] = ask()
    found: T = known[key]
    return found


class _Moment:
    """A transaction that is begun when something is read first."""

    def __init__(self, reader: sa.Engine) -> None:
        self._reader = reader
        self._connection: sa.Connection | None = None
        self._inside, self._is_over = 0, False

    @contextmanager
    def entered(self) -> Iterator[sa.Connection]:
        if self._connection is None:
            connection = self._reader.connect()
            connection.begin()
            self._connection = connection
        self._inside += 1
        try:
            yield self._connection
        finally:
            self._inside -= 1
            if self._is_over:
                self.end()

    def end(self) -> None:
        """End it, when nobody reads in it any more."""
        self._is_over = True
        if self._connection is not None and not self._inside:
            connection, self._connection = self._connection, None
            connection.close()


class _Here(threading.local):
    """What one thread has begun."""

    moment: _Moment | None = None
