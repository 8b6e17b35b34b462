"""Who stands inside what is written, such as in an answer or a comment: whoever writes it.

What stood there before keeps the name that it had, in whichever part it stands from now on. So
does what somebody else ends, such as a comment that they settle: their name stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from procurement_risk.canonical import JSON, canonical_bytes

BY = "by"
ENDED_BY = ("done_by", "resolved_by")
"""Who ended it, which may be somebody else, and later."""
LATER = frozenset({*ENDED_BY, "done_at", "resolved_at"})

Noun = dict[str, JSON]


def signed(value: JSON, name: str, before: Iterable[JSON]) -> JSON:
    """Return ``value`` with ``name`` on everything in it that names somebody and is new.

    Args:
        value: What is to be written.
        name: Who writes it.
        before: What stands already.
    """
    known: dict[bytes, list[Noun]] = {}
    for each in _named(list(before)):
        known.setdefault(_begun(each), []).append(each)
    return _signed(value, name, known)


def _signed(value: JSON, name: str, known: dict[bytes, list[Noun]]) -> JSON:
    if isinstance(value, list):
        return [_signed(each, name, known) for each in value]
    if not isinstance(value, dict):
        return value
    stood = known.get(_begun(value), []) if BY in value else []
    if value in stood:
        return value
    found = value if stood else {key: _signed(each, name, known) for key, each in value.items()}
    own = {BY} if BY in value and not stood else set()
    own |= {key for key in ENDED_BY if value.get(key) not in (None, "", *_said(stood, key))}
    return {**found, **dict.fromkeys(own, name)}


def _begun(value: Noun) -> bytes:
    """Return what tells it from others, whether somebody has ended it or not."""
    return canonical_bytes({key: each for key, each in value.items() if key not in LATER})


def _said(stood: Iterable[Noun], key: str) -> list[JSON]:
    return [each[key] for each in stood if key in each]


def _named(value: JSON) -> Iterator[Noun]:
    if isinstance(value, dict):
        if BY in value:
            yield value
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)
