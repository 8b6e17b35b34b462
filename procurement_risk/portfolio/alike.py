"""Purchases on file that are like the one being typed, and why.

the same capability · a similar title     somebody may have bought this already
the same upstream model                   what is bought differs, but hangs on the same model
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from procurement_risk.assessment import Purchase, Upstream

ALIKE = 72
"""From how many of 100 points two titles are similar; measured in ``tests/test_duplicates.py``."""

# Words that titles of every kind share, and that say nothing about what is bought.
_FILLER_WORDS = "a ai an and at by for from in of on service services system the to tool with"
_FILLERS = frozenset(_FILLER_WORDS.split())
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """A purchase on file, by the assessment to open for it.

    Attributes:
        assessment: The assessment's id.
        purchase: What was bought, by whom.
        supplier: The supplier's name.
        supplier_id: The supplier in the store, however it is spelled.
        upstreams: What lies underneath.
        fictional: Whether it is made up.
    """

    assessment: str
    purchase: Purchase
    supplier: str = ""
    supplier_id: str = ""
    upstreams: tuple[Upstream, ...] = ()
    fictional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """A purchase on file that is like the one being typed.

    Attributes:
        found: The purchase on file.
        same_capability: Whether both have the same capability tag.
        title_points: How alike the titles are, ``ALIKE`` to 100; 0 where they are not.
        models: The upstream models that both rest on, as they are written on file.
    """

    found: OnFile
    same_capability: bool
    title_points: int
    models: tuple[str, ...]

    @property
    def is_duplicate(self) -> bool:
        """Whether the same may be bought twice, rather than only rest on the same model."""
        return self.same_capability or self.title_points > 0


def similar(
    typed: Purchase,
    suppliers: Collection[str],
    upstreams: Sequence[Upstream],
    on_file: Sequence[OnFile],
) -> tuple[Similar, ...]:
    """Return what on file is like ``typed``, the likest first, each purchase once.

    Args:
        typed: The purchase as far as it is typed; one on file under its id is left out.
        suppliers: Who of those on file its supplier is, as far as it is typed, by id.
        upstreams: What lies underneath, as far as it is typed.
        on_file: What to look through, whoever bought it.
    """
    points = _title_points(typed.title, on_file)
    capability = _tag(typed.capability)
    models = [each for each in upstreams if each.kind == "model" and _tag(each.name)]
    found: dict[str, Similar] = {}
    for place, known in enumerate(on_file):
        purchase = known.purchase
        same_capability = bool(capability) and _tag(purchase.capability) == capability
        shared = _shared(models, suppliers, known) if models else ()
        title = points.get(place, 0)
        is_known = purchase.id == typed.id or purchase.id in found
        if (same_capability or title or shared) and not is_known:
            found[purchase.id] = Similar(
                found=known, same_capability=same_capability, title_points=title, models=shared
            )
    return tuple(sorted(found.values(), key=_place))


def _place(each: Similar) -> tuple[int, int, int, str, str]:
    kinds = 2 * each.same_capability + (each.title_points > 0)
    purchase = each.found.purchase
    return -kinds, -each.title_points, -len(each.models), purchase.title, purchase.id


def buyers(found: Iterable[Similar], buyer: str) -> tuple[int, bool]:
    """Return how many other bodies bought these, and whether ``buyer`` did so itself."""
    bodies = {_tag(each.found.purchase.buyer) for each in found}
    own = _tag(buyer)
    return len(bodies - {own}), bool(own) and own in bodies


# --- Titles -------------------------------------------------------------------------------


def _title_points(title: str, on_file: Sequence[OnFile]) -> dict[int, int]:
    """Return the points of every similar title by its place in ``on_file``."""
    wanted = _words(title)
    if not wanted:
        return {}
    found = process.extract(
        wanted,
        [_words(known.purchase.title) for known in on_file],
        scorer=fuzz.token_sort_ratio,
        score_cutoff=ALIKE,
        limit=None,
    )
    return {place: round(points) for __, points, place in found}


@lru_cache(maxsize=32_768)
def _words(title: str) -> str:
    """Return the words that tell; all of them where there are no others."""
    words = _WORD.findall(title.casefold())
    return " ".join([word for word in words if word not in _FILLERS] or words)


# --- Tags and models ----------------------------------------------------------------------


@lru_cache(maxsize=32_768)
def _tag(text: str) -> str:
    """Return ``text`` with capitals, spaces and punctuation made alike: ``halcyon-3``."""
    return "-".join(re.findall(r"[^\W_]+", text.casefold()))


def _shared(
    models: Sequence[Upstream], suppliers: Collection[str], known: OnFile
) -> tuple[str, ...]:
    wanted = {_tag(model.name): model for model in models}
    shared = []
    for each in known.upstreams:
        mine = wanted.get(_tag(each.name)) if each.kind == "model" else None
        if mine is not None and not (
            # Two suppliers' own models are two models, even where both are called "own model".
            mine.own and each.own and known.supplier_id not in suppliers
        ):
            shared.append(each.name)
    return tuple(dict.fromkeys(shared))
