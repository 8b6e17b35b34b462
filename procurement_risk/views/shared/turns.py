"""One page at a time in each lane.

The interpreter does one thing at a time anyway. Pages that are drawn side by side take it from
each other element by element, and all of them are late; one after the other, the first is there
as soon as it can be. Slow pages have lanes of their own, so that nobody who answers waits for one.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from procurement_risk.views.shared.pages import Page

PATIENCE = 5.0
"""Seconds after which nobody waits any longer: whoever has the turn may hang."""


class Lane:
    """Who draws, and who waits for it, in the order in which they came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = False

    @contextmanager
    def turn(self, patience: float = PATIENCE) -> Iterator[None]:
        """Wait for the turn, for ``patience`` seconds at most, and pass it on after the block.

        It is a courtesy, not a lock: whoever waited too long goes ahead without it.
        """
        has_it = self._wait(patience)
        try:
            yield
        finally:
            if has_it:
                self._pass_on()

    def _wait(self, patience: float) -> bool:
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(patience):
            return True
        with self._lock:
            if mine.is_set():  # it came between the two
                return True
            self._waiting.remove(mine)
            return False

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


_lanes: dict[str, Lane] = {}


def lane_of(page: Page) -> Lane:
    """Return the lane of a page: one for answering, and one for each other group of the menu."""
    return _lanes.setdefault("answering" if page.quick else page.group, Lane())
