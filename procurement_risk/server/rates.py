"""How much somebody may ask for in a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MOST_KNOWN = 20_000


class Rate:
    """So much in so many seconds, for each who asks. Safe to share between threads."""

    def __init__(
        self, most: int, seconds: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.most, self.seconds, self._clock = most, seconds, clock
        self._taken: dict[str, tuple[float, int]] = {}
        self._lock = threading.Lock()

    def wait(self, who: str, amount: int = 1) -> int:
        """Take ``amount`` and return 0; or the seconds to wait, where not so much is left."""
        now = self._clock()
        with self._lock:
            if len(self._taken) > MOST_KNOWN:
                self._forget(now)
            began, taken = self._taken.get(who, (now, 0))
            if now - began >= self.seconds:
                began, taken = now, 0
            if taken + amount > self.most:
                return max(1, round(began + self.seconds - now))
            self._taken[who] = (began, taken + amount)
            return 0

    def is_spent(self, who: str) -> bool:
        """Whether nothing is left for now; nothing is taken."""
        now = self._clock()
        with self._lock:
            began, taken = self._taken.get(who, (now, 0))
            return taken >= self.most and now - began < self.seconds

    def _forget(self, now: float) -> None:
        """Forget whoever has all of it again; all, where a flood of names leaves nobody out."""
        self._taken = {
            who: kept for who, kept in self._taken.items() if now - kept[0] < self.seconds
        }
        if len(self._taken) > MOST_KNOWN:
            self._taken.clear()
