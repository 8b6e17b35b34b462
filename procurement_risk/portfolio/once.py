"""What is worked out of the items of a portfolio: once until they change, for everybody who asks.

    @once
    def concentration(items, kind): …

While nothing changes in a store, its items are the very same tuple, and so is what a filter lets
through. What was found for a tuple is given again for that tuple, and for no other one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import ParamSpec, TypeVar

from procurement_risk.language import current

MOST = 6
"""For how many to remember it: a few people look at a time, each through filters of their own."""

P = ParamSpec("P")
Found = TypeVar("Found")


def once(function: Callable[P, Found]) -> Callable[P, Found]:
    """Return ``function`` as one that remembers what it found last, in each language.

    What is given has to be tuples of items, or values; for anything else, such as a list, it is
    worked out each time. What is found is shared: nobody may change it.
    """
    kept: dict[Hashable, tuple[object, Found]] = {}

    @wraps(function)
    def found(*args: P.args, **more: P.kwargs) -> Found:
        key = None if more else _key(args)
        if key is None:
            return function(*args, **more)
        known = kept.pop((current(), *key), None) or (args, function(*args, **more))
        kept[current(), *key] = known  # with what was given, so that no other gets its identity
        for old in list(kept)[:-MOST]:
            kept.pop(old, None)
        return known[1]

    return found


def _key(args: tuple[object, ...]) -> tuple[Hashable, ...] | None:
    """Return what tells one call from another: values as they are, tuples of items by identity."""
    found: list[Hashable] = []
    for each in args:
        if isinstance(each, str | int | None):
            found.append(each)
        elif type(each) is tuple:
            found.append(("tuple", id(each)))
        elif isinstance(each, tuple) and (inside := _key((*each,))) is not None:  # named ones
            found.append((type(each), *inside))
        else:
            return None
    return tuple(found)
