"""What was put together for an answer lately, kept for as long as it is the same."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

MOST_BYTES = 32_000_000


class MadeOnce:
    """Bytes by what they were made from; the ones not asked for longest go first."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._held = most, 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """Return what ``make`` gives for ``key``, or gave before."""
        with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._turn:
            self._held += len(made) - len(self._kept.pop(key, b""))
            self._kept[key] = made
            while self._held > self._most:
                self._held -= len(self._kept.popitem(last=False)[1])
        return made
