"""Work in a thread of its own that lets whoever waits for an answer go first."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

OFTEN = 10
"""How many times as often as usual the interpreter is offered to whoever else wants it."""

_turn = threading.Lock()
_at_work = 0
_usual = 0.0


@contextmanager
def giving_way() -> Iterator[None]:
    """Do what is inside while the interpreter changes hands often.

    A browser that loads asks for seventy files, and each answer waits for it some times.
    """
    global _at_work, _usual
    with _turn:
        _at_work += 1
        if _at_work == 1:
            _usual = sys.getswitchinterval()
            sys.setswitchinterval(_usual / OFTEN)
    try:
        yield
    finally:
        with _turn:
            _at_work -= 1
            if not _at_work:
                sys.setswitchinterval(_usual)
