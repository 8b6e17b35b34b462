"""What counts as the same in a portfolio: texts, models, spellings and suppliers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from procurement_risk.assessment.same_supplier import grouped
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once

MOST_REMEMBERED = 20_000
"""How many names to remember the comparable form of: the same few come up again and again."""


@lru_cache(maxsize=MOST_REMEMBERED)
def folded(text: str) -> str:
    """Return ``text`` for comparing: capital letters and runs of spaces make no difference."""
    return " ".join(text.casefold().split())


def models_of(item: PortfolioItem) -> tuple[str, ...]:
    """Return the upstream models that it rests on, each once, as they are written."""
    found = (" ".join(up.name.split()) for up in item.upstreams if up.kind == "model")
    return tuple(dict.fromkeys(filter(None, found)))


def usual(names: Iterable[str]) -> str:
    """Return the spelling that most use, the first in alphabetical order of several."""
    return most_used(Counter(names))


def usual_of(items: Iterable[PortfolioItem], name: Callable[[PortfolioItem], str]) -> str:
    """Return the same of what some items are called."""
    return most_used(times_of((name(item), item.times) for item in items))


def times_of(names: Iterable[tuple[str, int]]) -> Counter[str]:
    """Return how often each name comes, where each is given with a number of times."""
    found: Counter[str] = Counter()
    for name, times in names:
        found[name] += times
    return found


def most_used(counts: Mapping[str, int]) -> str:
    """Return the same of spellings that are counted already."""
    if len(counts) > 1:
        stripped: dict[str, int] = {}
        for name, number in counts.items():
            stripped[name.strip()] = stripped.get(name.strip(), 0) + number
        stripped.pop("", None)
        counts = stripped
    return min(counts, key=lambda name: (-counts[name], name), default="").strip()


@once
def supplier_keys(items: Iterable[PortfolioItem]) -> dict[str, str]:
    """Return a key for each item, by its id: the same one where the supplier is the same.

    In a store that is its supplier; elsewhere it is worked out from what the items say.
    """
    found = list(items)
    groups = grouped(item.supplier.spelling for item in found if not item.supplier_id)
    return {item.id: item.supplier_id or str(groups[item.supplier.spelling]) for item in found}
