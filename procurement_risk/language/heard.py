"""Which language a document is mostly in: counted in letters while its words are said.

A translation may be unfinished, and a questionnaire may be in another language than the app: what
comes of both is marked with the language of its greater part, so that it is read out rightly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_listening: ContextVar[Heard | None] = ContextVar("listening", default=None)


class Heard:
    """How many letters the app has said in each language."""

    def __init__(self) -> None:
        self._letters: Counter[str] = Counter()

    def note(self, code: str, words: str) -> None:
        """Count ``words`` that were said in the language ``code``."""
        self._letters[code] += len(words)

    def mostly(self, letters: int = 0, others: str = "") -> str:
        """Return the language of the greater part; empty where nothing was said.

        Args:
            letters: How long the whole document is.
            others: The language of what the app did not say itself: the questionnaire's texts.
        """
        counted = self._letters.copy()
        if others:
            counted[others] += max(letters - counted.total(), 0)
        return max(counted, key=lambda code: counted[code], default="")


@contextmanager
def listening() -> Iterator[Heard]:
    """Count what is said from here on in this thread."""
    heard = Heard()
    token = _listening.set(heard)
    try:
        yield heard
    finally:
        _listening.reset(token)


def note(code: str, words: str) -> None:
    """Count words that were said, where anybody listens."""
    heard = _listening.get()
    if heard is not None:
        heard.note(code, words)
