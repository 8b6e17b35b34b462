"""How long a server is waited for, so that one that has stopped answering is told of in seconds.

A frozen server still takes what is sent to it, so neither its own limit for statements nor the
network's notices: the wait itself has to end.
"""

from __future__ import annotations

import select
import time
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
import sqlalchemy as sa
from psycopg import errors
from sqlalchemy import event

CONNECT_SECONDS = 3
ANSWER_SECONDS = 8
"""For pages and everything else that people wait for. Commands wait as long as it takes."""


SILENT_SECONDS = 5
"""How long a server is not asked again that did not even let us in."""

BELIEVED_SECONDS = 1.0
"""For how long a connection is believed to be there after its server was heard, where nothing has
come since: a server that ends, ends its connections. To ask first takes as long as to read."""

_SILENT = "no answer in time"


class _Patient(psycopg.Connection[Any]):
    """A connection that gives up, and is closed, where an answer takes longer than ``seconds``."""

    seconds: float | None = None
    silent_until = 0.0
    heard_at = 0.0

    def wait(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401  psycopg's own signature
        """Wait for the server, but no longer than that. Raises OperationalError."""
        self.refuse_silent()
        if extra.get("timeout") is None:
            extra["timeout"] = self.seconds
        try:
            found = super().wait(*args, **extra)
        except errors._WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError(_SILENT) from error
        self.heard_at = time.monotonic()
        return found

    def is_surely_there(self) -> bool:
        """Whether the server was heard a moment ago, and has sent nothing since, nor the end."""
        if self.closed or time.monotonic() - self.heard_at > BELIEVED_SECONDS:
            return False
        if not hasattr(select, "poll"):  # Windows
            return False
        line = select.poll()
        line.register(self.pgconn.socket, select.POLLIN)
        return not line.poll(0)

    @classmethod
    def refuse_silent(cls) -> None:
        """Raise OperationalError where the server did not answer a moment ago either.

        A page asks many times, and would wait as often.
        """
        if time.monotonic() < cls.silent_until:
            raise psycopg.OperationalError(_SILENT)


_kinds: WeakKeyDictionary[sa.Engine, type[_Patient]] = WeakKeyDictionary()


def watch(engine: sa.Engine) -> None:
    """Have an engine for PostgreSQL connect in such a way that it can be hurried."""

    class Patient(_Patient):
        """The connections of this engine."""

    def connect(_dialect: object, _record: object, args: Any, extra: Any) -> Any:  # noqa: ANN401
        Patient.refuse_silent()
        try:
            found = Patient.connect(*args, **extra)
        except errors.ConnectionTimeout:
            Patient.silent_until = time.monotonic() + SILENT_SECONDS
            raise
        found.heard_at = time.monotonic()
        return found

    def still_there(connection: _Patient, _record: object, _lent: object) -> None:
        if not connection.is_surely_there():
            try:
                engine.dialect.do_ping(connection)  # type: ignore[arg-type]
            except psycopg.Error as error:
                if engine.dialect.is_disconnect(error, connection, None):  # type: ignore[arg-type]
                    raise sa.exc.InvalidatePoolError from error
                raise

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkout", still_there)
    _kinds[engine] = Patient


def hurry(engine: sa.Engine, seconds: float | None) -> None:
    """Wait no longer than ``seconds`` for any answer from here on; None: as long as it takes."""
    _kinds[engine].seconds = seconds
