"""Who stands inside what is written, such as in an answer or a comment: whoever writes it.

What stood there before keeps the name that it had, in whichever part it stands from now on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from procurement_risk.canonical import JSON, canonical_bytes

BY = "by"


def signed(value: JSON, name: str, before: Iterable[JSON]) -> JSON:
    """Return ``value`` with ``name`` on everything in it that names somebody and is new.

    Args:
        value: What is to be written.
        name: Who writes it.
        before: What stands already.
    """
    known = {canonical_bytes(each) for each in _named(list(before))}
    return _signed(value, name, known)


def _signed(value: JSON, name: str, known: set[bytes]) -> JSON:
    if isinstance(value, list):
        return [_signed(each, name, known) for each in value]
    if not isinstance(value, dict) or (BY in value and canonical_bytes(value) in known):
        return value
    found = {key: _signed(each, name, known) for key, each in value.items()}
    return {**found, BY: name} if BY in value else found


def _named(value: JSON) -> Iterator[dict[str, JSON]]:
    if isinstance(value, dict):
        if BY in value:
            yield value
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)
