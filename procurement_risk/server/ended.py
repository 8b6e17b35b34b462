"""Who was signed out, in whichever process: asked of the database every few seconds.

A request asks what is known and waits for nothing.
"""

from __future__ import annotations

import logging
import threading
import time

from procurement_risk.errors import StorageError
from procurement_risk.storage import Store
from procurement_risk.storage.people import ending

EVERY_SECONDS = 3.0

logger = logging.getLogger(__name__)


class Ended:
    """What this process knows of sessions that are over. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = ending.ended(store)
        self._stopped = threading.Event()

    def watch(self) -> None:
        """Ask again and again, in a thread of its own, until ``stop``."""
        threading.Thread(target=self._watch, name="ended", daemon=True).start()

    def stop(self) -> None:
        """Ask no more."""
        self._stopped.set()

    def has(self, key: str, person: str, since: float) -> bool:
        """Whether a session is over that somebody began at ``since``."""
        known = self._known
        return key in known or known.get(person, -1.0) >= since

    def end(self, key: str) -> None:
        """Tell every process that a session is over; this one knows at once."""
        self._known = {**self._known, key: time.time()}
        try:
            ending.end(self._store, key)
        except StorageError as error:
            logger.error("a session ended in this process alone", exc_info=error)

    def ask(self) -> None:
        """Read what is over by now; where the database does not answer, what was known stays."""
        try:
            self._known = ending.ended(self._store)
        except StorageError:  # pages say it, and the log of the health check
            return

    def _watch(self) -> None:
        while not self._stopped.wait(EVERY_SECONDS):
            self.ask()
