"""About how much room text takes, where nothing sets it before a reader does."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def wrapped(text: str, width: int) -> int:
    """Return how many lines ``text`` takes in a column of ``width`` average characters."""
    return max(1, -(-round(sum(_widths(text))) // max(width, 1)))


def _widths(text: str) -> Iterator[float]:
    for character in text:
        if unicodedata.east_asian_width(character) in "WF":
            yield 2
        else:
            yield 1.25 if character.isupper() else 1
