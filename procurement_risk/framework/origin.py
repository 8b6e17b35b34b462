"""Whose questionnaire is this: one we shipped, one adopted here, or a foreign one?

An id and a version are a name, and anybody may write any name into a record. So the digest
decides:

    in shipped_versions.txt                                  shipped
    put in use here, or in the organisation's own folder     adopted
    neither                                                  foreign
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal
from weakref import WeakKeyDictionary

from procurement_risk.canonical import digest_of
from procurement_risk.framework import Framework
from procurement_risk.framework.files import Fingerprint, fingerprint, list_frameworks

Kind = Literal["shipped", "adopted", "foreign"]
LIST = Path(__file__).with_name("shipped_versions.txt")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a questionnaire comes from.

    Attributes:
        kind: One of three.
        since: When it was adopted, as an ISO time; empty for the others, and for one that stands
            in the folder of frameworks and was not put in use yet.
    """

    kind: Kind
    since: str = ""

    @property
    def is_foreign(self) -> bool:
        """Whether it is neither shipped nor adopted here."""
        return self.kind == "foreign"


def origin(digest: str, adopted_at: str | None = None) -> Origin:
    """Return where the questionnaire with this digest comes from.

    Args:
        digest: The SHA-256 of its document.
        adopted_at: When it was put in use in the store that asks, if there is one and it was.
    """
    if digest in shipped():
        return Origin("shipped")
    if adopted_at or digest in _standing()[1]:
        return Origin("adopted", adopted_at or "")
    return Origin("foreign")


def digest(framework: Framework) -> str:
    """Return the SHA-256 by which a questionnaire is known, whatever language it is shown in."""
    if framework not in _digests:
        _digests[framework] = digest_of(dict(framework.document))
    return _digests[framework]


_digests: WeakKeyDictionary[Framework, str] = WeakKeyDictionary()


@cache
def shipped() -> dict[str, tuple[str, str]]:
    """Return the id and version of every questionnaire that was ever shipped, by its digest."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    parts = (line.split() for line in lines if line and not line.startswith("#"))
    return {digest: (id_, version) for id_, version, digest in parts}


def in_folders() -> tuple[Framework, ...]:
    """Return what stands in the folders of frameworks, read anew only when a file changes."""
    return _standing()[0]


def _standing() -> tuple[tuple[Framework, ...], frozenset[str]]:
    with _turn:  # whoever asks while they are read waits, rather than reading them as well
        return _in_folders(fingerprint())


_turn = Lock()


@lru_cache(maxsize=2)
def _in_folders(_stand: Fingerprint) -> tuple[tuple[Framework, ...], frozenset[str]]:
    found = tuple(list_frameworks())
    return found, frozenset(map(digest, found))


def of_same_name(framework: Framework, known: Iterable[Framework]) -> Framework | None:
    """Return which of ``known`` goes by the same id, and by the same version where one does."""
    named = [each for each in known if each.id == framework.id]
    same = [each for each in named if each.version == framework.version]
    found = same or named
    return found[-1] if found else None
