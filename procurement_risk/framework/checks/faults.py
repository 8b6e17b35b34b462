"""What the checks of a framework share: faults, hints, and reading what may be broken.

Fault    one thing wrong, with the path that leads to it
Speller  what a misspelt word may have meant
Node     a mapping of the document, whatever is in there
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeGuard

from procurement_risk.errors import path_text
from procurement_risk.language import _, ngettext
from procurement_risk.language.text import shorten

# Enough for any file a person wrote; each shape error takes about a tenth of a millisecond.
MAX_FAULTS = 2_000
MAX_NAMED = 12

Where = tuple[str | int, ...]
Names = Mapping[str, None]  # in order, quick to look up


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a document: the path to it, and what to write instead.

    Attributes:
        path: Keys and list indexes that lead to it.
        message: What is wrong and what to write instead.
        other: The path of another place that the fault is about, such as an id's first use.
        meant: The key that was probably meant where the last one of the path is not known.
    """

    path: Where
    message: str
    other: Where | None = None
    meant: str = ""

    @property
    def where(self) -> str:
        """The path as text, e.g. ``sections[0].questions[2].options``."""
        return path_text(self.path)


# ---------------------------------------------------------------- wording


@dataclass(slots=True)
class Speller:
    """Finds what a misspelt word may have meant, as long as ``budget`` comparisons last."""

    budget: int = 10_000

    def guess(self, word: object, known: Collection[str]) -> str:
        """Return the one of ``known`` that looks most like ``word``, or an empty text."""
        if not isinstance(word, str) or len(word) > 60 or len(known) > self.budget:
            return ""
        self.budget -= len(known)
        folded = {each.lower(): each for each in known}
        mixed = [each for each in folded if sorted(each) == sorted(word.lower())]
        near = mixed or get_close_matches(word.lower(), folded, n=1)
        return folded[near[0]] if near else ""

    def hint(self, word: object, known: Collection[str]) -> str:
        """Return the end of a sentence that says what to write instead of ``word``."""
        if not known:
            return _("none is defined.")
        if len(known) > self.budget:
            return _("use one that is defined.")
        guess = self.guess(word, known)
        if guess:
            return _('did you mean "{guess}"?').format(guess=shorten(guess))
        return _("use one of {known}.").format(known=listed(known))


def listed(names: Collection[str]) -> str:
    """Return ``names`` as a list in a sentence, cut short where it is long."""
    shown = ", ".join(shorten(name) for name in list(names)[:MAX_NAMED])
    more = len(names) - MAX_NAMED
    if more <= 0:
        return shown
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(
        names=shown, n=more
    )


# ---------------------------------------------------------------- reading what may be broken


def is_integer(value: object) -> TypeGuard[int]:
    """Whether ``value`` is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Node:
    """A mapping of the document. Whatever is not of the wanted kind reads as not there."""

    path: Where
    data: Mapping[Any, Any]

    def at(self, *steps: str | int) -> Where:
        """Return the path of what lies ``steps`` below."""
        return (*self.path, *steps)

    def node(self, key: str) -> Node:
        """Return the mapping at ``key``, an empty one where there is none."""
        value = self.data.get(key)
        return Node(self.at(key), value if isinstance(value, dict) else {})

    def nodes(self, key: str) -> list[Node]:
        """Return the mappings of the list at ``key``."""
        return [Node(p, value) for p, value in self._items(key) if isinstance(value, dict)]

    def ids(self, key: str) -> Names:
        """Return the ids of the mappings in a list, with "" where not all of them can be read."""
        items = self.data.get(key)
        names = [each.text("id") for each in self.nodes(key)]
        is_readable = isinstance(items, list) and len(items) == len(names)
        return dict.fromkeys(names if is_readable else [*names, ""])

    def texts(self, key: str) -> list[tuple[Where, str]]:
        """Return the texts of the list at ``key``, each with its path."""
        return [(p, value) for p, value in self._items(key) if isinstance(value, str)]

    def text(self, key: str) -> str:
        """Return the text at ``key``, an empty one where there is none."""
        value = self.data.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int | None:
        """Return the whole number at ``key``."""
        value = self.data.get(key)
        return value if is_integer(value) else None

    def _items(self, key: str) -> Iterator[tuple[Where, Any]]:
        value = self.data.get(key)
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield self.at(key, index), item
