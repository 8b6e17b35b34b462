"""How long a server is waited for, so that one that has stopped answering is told of in seconds.

A frozen server still takes what is sent to it, so neither its own limit for statements nor the
network's notices: the wait itself has to end.
"""

from __future__ import annotations

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

_SILENT = "no answer in time"


class _Patient(psycopg.Connection[Any]):
    """A connection that gives up, and is closed, where an answer takes longer than ``seconds``."""

    seconds: float | None = None
    silent_until = 0.0

    def wait(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401  psycopg's own signature
        """Wait for the server, but no longer than that. Raises OperationalError."""
        self.refuse_silent()
        if extra.get("timeout") is None:
            extra["timeout"] = self.seconds
        try:
            return super().wait(*args, **extra)
        except errors._WaitTimeout as error:
            self.pgconn.finish()
            raise psycopg.OperationalError(_SILENT) from error

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
            return Patient.connect(*args, **extra)
        except errors.ConnectionTimeout:
            Patient.silent_until = time.monotonic() + SILENT_SECONDS
            raise

    event.listen(engine, "do_connect", connect)
    _kinds[engine] = Patient


def hurry(engine: sa.Engine, seconds: float | None) -> None:
    """Wait no longer than ``seconds`` for any answer from here on; None: as long as it takes."""
    _kinds[engine].seconds = seconds
