"""Long work in a thread of its own, which a page looks at now and then and may cancel.

The thread touches plain objects only, never the page. One runs at a time in this process, so that
two large exports do not slow everybody's clicks; the next one waits its turn.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from procurement_risk import language as languages
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import N_, _

Result = TypeVar("Result")
Told = Callable[[int], None]

logger = logging.getLogger(__name__)
FAULT = N_("This is a fault in the toolkit, and nothing came of it. Report it, with the log.")
_turn = threading.Lock()
WAIT = 0.2  # seconds between two looks at whether somebody cancelled


class Cancelled(Exception):
    """Somebody no longer wants what is being worked on."""


class Job(Generic[Result]):
    """Work that has begun.

    Attributes:
        wanted: What it was begun for; another wish needs another job.
        total: How many things there are to do.
        done: How many are done.
        result: What came of it, once it is finished; None before that and without success.
        error: Why nothing came of it, or empty.
        cancelled: Whether somebody asked to end it.
    """

    def __init__(self, wanted: Hashable, total: int, work: Callable[[Told], Result]) -> None:
        """Begin ``work``, which calls what it is given with the number of things done."""
        self.wanted, self.total, self.done = wanted, total, 0
        self.result: Result | None = None
        self.error = ""
        self._stop = threading.Event()
        self._code = languages.current()
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to end it."""
        return self._stop.is_set()

    @property
    def is_running(self) -> bool:
        """Whether it still goes on."""
        return self._thread.is_alive()

    def cancel(self) -> None:
        """Ask it to end before the next thing to do."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Wait until it is finished, at most so many seconds."""
        self._thread.join(seconds)

    def _run(self, work: Callable[[Told], Result]) -> None:
        languages.use(self._code)
        try:
            while not _turn.acquire(timeout=WAIT):
                self._go_on()
            try:
                self.result = work(self._told)
            finally:
                _turn.release()
        except Cancelled:
            pass
        except ProcurementRiskError as error:
            self.error = str(error)
        except Exception:
            logger.exception(FAULT)
            self.error = _(FAULT)

    def _told(self, done: int) -> None:
        self.done = done
        self._go_on()

    def _go_on(self) -> None:
        if self.cancelled:
            raise Cancelled
