"""Ids made from names and numbers that others gave, which may hold anything."""

from __future__ import annotations

import re
import unicodedata

ID_LIMIT = 100
SLUG_LIMIT = 60

_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def is_id(text: str) -> bool:
    """Whether ``text`` can be an id as it stands."""
    return len(text) <= ID_LIMIT and _ID.fullmatch(text) is not None


def id_from(text: str, otherwise: str) -> str:
    """Return ``text`` as an id: accents dropped, hyphens for what an id cannot hold."""
    if is_id(text):
        return text
    plain = _without_accents(text)
    plain = _OTHER.sub("-", plain).lstrip("._-").rstrip("-")
    return plain[: ID_LIMIT - 10] or otherwise


def slug_from(text: str, otherwise: str) -> str:
    """Return ``text`` as the id of a framework: small letters, digits, single hyphens."""
    plain = re.sub(r"[^a-z0-9]+", "-", _without_accents(text).lower()).strip("-")
    return plain[:SLUG_LIMIT].strip("-") or otherwise


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text[:1_000])
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


class Ids:
    """Gives out ids, each once even where capitals do not count."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.counts: dict[str, int] = {}

    def give(self, wanted: str) -> str:
        """Return ``wanted``, or with a number behind it where that is taken."""
        given = wanted
        while given.lower() in self.taken:
            count = self.counts.get(wanted.lower(), 1) + 1
            self.counts[wanted.lower()] = count
            end = f"-{count}"
            given = wanted[: ID_LIMIT - len(end)] + end
        self.taken.add(given.lower())
        return given
