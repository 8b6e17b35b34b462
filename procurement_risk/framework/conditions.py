"""Conditions: when a question is asked, when the tier rule is adjusted. Plain immutable data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """True where ``question`` is answered with one of the ``options``."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAtom:
    """True where the risk value of ``question`` is from ``at_least`` to ``at_most``."""

    question: str
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAtom:
    """True where none of the ``options`` of ``question`` is chosen, also where it is not asked."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """True where every part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """True where at least one part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Never:
    """Cannot hold, for the reason ``because``: such a question is never asked."""

    because: str


Condition = Atom | RiskAtom | NotAtom | AllOf | AnyOf | Never


def named_in(condition: Condition | None) -> Iterator[str]:
    """Yield the id of every question or fact ``condition`` rests on."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from named_in(part)
    elif condition is not None and not isinstance(condition, Never):
        yield condition.question
