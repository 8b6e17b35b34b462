"""Conditions being built: which options must be chosen, all of these or any of those.

Always and Never are parts like any other until the end, where Always means no condition at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_PARTS = 50
MOST_LEVELS = 6


@dataclass(frozen=True, slots=True)
class Always:
    """Holds whatever is answered."""


@dataclass(frozen=True, slots=True)
class Never:
    """Can never hold, for the ``reason`` given."""

    reason: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """At least one of ``options`` of ``question`` is chosen; where not ``wanted``, none is."""

    question: str
    options: tuple[str, ...]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Joined:
    """Two or more ``parts``, of which every one must hold, or any one."""

    every: bool
    parts: tuple[Condition, ...]


Condition = Always | Never | Chosen | Joined

ALWAYS = Always()


def all_of(parts: Iterable[Condition]) -> Condition:
    """Return the condition that holds where every one of ``parts`` does."""
    kept = _merged(parts, every=True)
    for part in kept:
        if isinstance(part, Never):
            return part
    return _joined([part for part in kept if not isinstance(part, Always)], every=True)


def any_of(parts: Iterable[Condition]) -> Condition:
    """Return the condition that holds where at least one of ``parts``, which are some, does."""
    kept = _merged(parts, every=False)
    if any(isinstance(part, Always) for part in kept):
        return ALWAYS
    possible: list[Condition] = [part for part in kept if not isinstance(part, Never)]
    return _joined(possible, every=False) if possible else kept[0]


def opposite(condition: Condition, reason: str) -> Condition:
    """Return where ``condition`` does not hold; ``reason`` says why never, where that is so."""
    if isinstance(condition, Never):
        return ALWAYS
    if isinstance(condition, Always):
        return Never(reason)
    if isinstance(condition, Chosen):
        return Chosen(condition.question, condition.options, not condition.wanted)
    parts = [opposite(part, reason) for part in condition.parts]
    return any_of(parts) if condition.every else all_of(parts)


def _joined(parts: list[Condition], every: bool) -> Condition:
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else Joined(every, tuple(parts))


def _merged(parts: Iterable[Condition], every: bool) -> list[Condition]:
    """Return ``parts`` without repetition, and as one what speaks about the same question.

    "None of a" and "none of b" together are "none of a and b"; "one of a" or "one of b" is "one of
    a and b". The other way round nothing can be merged.
    """
    merged: dict[object, Condition] = {}
    flat = (
        each
        for part in parts
        for each in (part.parts if isinstance(part, Joined) and part.every == every else (part,))
    )
    for part in flat:
        if isinstance(part, Chosen) and part.wanted != every:
            before = merged.get(part.question)
            options = before.options if isinstance(before, Chosen) else ()
            both = tuple(dict.fromkeys((*options, *part.options)))
            merged[part.question] = Chosen(part.question, both, part.wanted)
        else:
            merged[part] = part
    return list(merged.values())


def levels(condition: Condition) -> int:
    """Return how many times any and all nest in ``condition`` as it is written."""
    if not isinstance(condition, Joined):
        return 0
    extra, parts = 1, len(condition.parts)
    while parts > MOST_PARTS:
        extra, parts = extra + 1, -(-parts // MOST_PARTS)
    return extra + max(levels(part) for part in condition.parts)


def to_document(condition: Condition) -> dict[str, Any]:
    """Return ``condition`` as it stands in a framework; it must not be ``Always``."""
    if isinstance(condition, Never):
        return {"never": condition.reason}
    if isinstance(condition, Chosen):
        key = "in" if condition.wanted else "not_in"
        return {"question": condition.question, key: list(condition.options)}
    assert isinstance(condition, Joined)
    joint = "all" if condition.every else "any"
    parts = [to_document(part) for part in condition.parts]
    while len(parts) > MOST_PARTS:
        groups = [parts[at : at + MOST_PARTS] for at in range(0, len(parts), MOST_PARTS)]
        parts = [{joint: group} for group in groups]
    return {joint: parts}
