"""A thread that looks and sends for as long as a team's server runs."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.server.notify import looking, sending
from procurement_risk.server.settings import Team
from procurement_risk.storage import Store

EVERY_SECONDS = 30.0
STOPS_WITHIN = 25.0
TIMES_AS_LONG = 20
"""So many times as long as a look took it rests: looking takes a twentieth of one core at most."""

logger = logging.getLogger(__name__)


def is_set(team: Team) -> bool:
    """Whether there is anything that this could tell anybody by."""
    return bool(team.smtp_host or team.webhook_key)


class Working:
    """Looks and sends again and again, until ``stop``."""

    def __init__(self, store: Store, team: Team) -> None:
        self._store, self._team = store, team
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="notify", daemon=True)

    def begin(self) -> None:
        """Begin, in a thread of its own; nothing is begun where nothing is set."""
        if is_set(self._team):
            self._thread.start()

    def stop(self) -> None:
        """Begin nothing more, and wait a while for the message that is being sent."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(STOPS_WITHIN)

    def _work(self) -> None:
        pause = EVERY_SECONDS
        while not self._stopped.wait(pause):
            try:
                pause = self._looked()
                sending.send(self._store, self._team, goes_on=self._goes_on)
            except ProcurementRiskError as error:
                logger.warning("Nobody could be told anything", exc_info=error)
            except Exception:  # whatever it is, the next look may do
                logger.exception("Telling failed")

    def _goes_on(self) -> bool:
        return not self._stopped.is_set()

    def _looked(self) -> float:
        """Look, and return for how many seconds to rest after it."""
        began = time.monotonic()
        looking.look(self._store, self._team, datetime.now(UTC))
        return max(EVERY_SECONDS, TIMES_AS_LONG * (time.monotonic() - began))
