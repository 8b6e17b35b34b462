"""How much hangs on one supplier, one owner, one model, one host, one law.

    items -> concentration(kind) -> groups, each with its share by value, if scaled, and by count

Three measures: ``committed`` value, the value ``scaled`` if every pilot grows to full use, and the
``count`` of purchases. A value that is not known counts in the third only.

An item with several upstreams of one kind hangs on each of them, so its whole value counts under
each, and shares may then add up to more than the whole. The Herfindahl-Hirschman index, HHI, is
always taken over the groups' own sums, and lies between 10,000 ÷ groups and 10,000.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from procurement_risk.portfolio.hanging import _NAMELESS, NAMERS, Kind, Label, _company, makers
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.same import folded, most_used, times_of

Measure = Literal["committed", "scaled", "count"]

KINDS: tuple[Kind, ...] = (
    "model",
    "supplier",
    "group",
    "host",
    "cloud",
    "jurisdiction",
    "model_jurisdiction",
)
MEASURES: tuple[Measure, ...] = ("committed", "scaled", "count")

WHOLE = 10_000


@dataclass(frozen=True, slots=True)
class Group:
    """Everything that hangs on one thing.

    Attributes:
        key: The same for the same thing, however it is spelled.
        name: As most write it; with its maker where the name alone does not tell.
        maker: Who makes a model, host or cloud; empty for what is not made.
        items: The purchases, in order of their ids.
        weights: What they come to by each measure.
    """

    key: str
    name: str
    maker: str
    items: tuple[PortfolioItem, ...]
    weights: Mapping[Measure, int]

    @property
    def number(self) -> int:
        """How many purchases they are."""
        return self.weights["count"]


@dataclass(frozen=True, slots=True)
class Concentration:
    """How the purchases that say what they hang on are spread.

    Attributes:
        kind: What they are grouped by.
        groups: Those with the greatest committed value first, then by count, then by name.
        stated: The purchases that say it.
        unstated: Those that do not, and are in no share.
        totals: What ``stated`` come to by each measure, each purchase once.
    """

    kind: Kind
    groups: tuple[Group, ...]
    stated: tuple[PortfolioItem, ...]
    unstated: tuple[PortfolioItem, ...]
    totals: Mapping[Measure, int]

    @property
    def overlaps(self) -> bool:
        """Whether a purchase stands in several groups, so that shares do not add up to 100."""
        return sum(group.number for group in self.groups) > self.totals["count"]

    def share(self, group: Group, measure: Measure) -> Fraction | None:
        """Return the share of ``group``, from 0 to 1; None where there is nothing to share."""
        total = self.totals[measure]
        return Fraction(group.weights[measure], total) if total else None

    def largest(self, measure: Measure) -> Group | None:
        """Return the group with the greatest share, the first by name of several; or None."""
        if not self.totals[measure]:
            return None
        return min(self.groups, key=lambda group: (-group.weights[measure], group.name, group.key))

    def hhi(self, measure: Measure) -> Fraction | None:
        """Return the sum of the squared shares of all groups, 0 to 10,000; None without any."""
        weights = [group.weights[measure] for group in self.groups]
        total = sum(weights)
        if not total:
            return None
        return Fraction(WHOLE * sum(weight * weight for weight in weights), total * total)

    def effective(self, measure: Measure) -> Fraction | None:
        """Return how many groups of equal size would be as concentrated, or None."""
        hhi = self.hhi(measure)
        return WHOLE / hhi if hhi else None


@once
def by_id(items: Iterable[PortfolioItem]) -> tuple[PortfolioItem, ...]:
    """Return ``items`` in order of their ids: the same tuple whatever they are grouped by."""
    return tuple(sorted(items, key=lambda item: item.id))


@once
def concentration(items: Iterable[PortfolioItem], kind: Kind) -> Concentration:
    """Return how ``items``, each purchase once, are spread over the groups of this ``kind``."""
    ordered = by_id(items)
    named = _named(ordered, kind)
    members: dict[str, list[PortfolioItem]] = {}
    spellings: dict[str, Counter[Label]] = {}
    for item, labels in zip(ordered, named, strict=True):
        for label in _once_each(labels):
            members.setdefault(label.key, []).append(item)
            spellings.setdefault(label.key, Counter())[label] += item.times
    names = _names(spellings)
    groups = [
        Group(key, names[key], _maker(spellings[key]), tuple(of), _sum(of))
        for key, of in members.items()
    ]
    groups.sort(key=lambda g: (-g.weights["committed"], -g.weights["count"], g.name, g.key))
    stated = [bool(labels) for labels in named]
    counted = tuple(item for item, says in zip(ordered, stated, strict=True) if says)
    return Concentration(
        kind=kind,
        groups=tuple(groups),
        stated=counted,
        unstated=tuple(item for item, says in zip(ordered, stated, strict=True) if not says),
        totals=_sum(counted),
    )


def made_by(
    items: Iterable[PortfolioItem], kind: Literal["model", "host", "cloud"], supplier: str
) -> frozenset[str]:
    """Return the ids of the purchases that rest on a model, host or cloud of a supplier.

    Args:
        items: The purchases.
        kind: What is asked about.
        supplier: Its key of ``supplier_keys``. A maker is it if called by any of its names.
    """
    ordered = by_id(items)
    roots, named = makers(ordered).roots(supplier), _named(ordered, kind)
    mine = {key for key in {n.key for of in named for n in of} if _is_of(key, roots, supplier)}
    return frozenset(
        item.id
        for item, labels in zip(ordered, named, strict=True)
        if any(label.key in mine for label in labels)
    )


@once
def _named(ordered: tuple[PortfolioItem, ...], kind: Kind) -> list[list[Label]]:
    """Return what each of the items hangs on."""
    return NAMERS[kind](ordered)


def _is_of(key: str, roots: set[str], supplier: str) -> bool:
    """Whether the key of an upstream says that it is the supplier's: name, maker, whose own."""
    _name, maker, *own = key.split("\n")
    return bool(maker) and maker in roots and own in ([], [supplier])


def _once_each(labels: Sequence[Label]) -> Iterable[Label]:
    return labels if len(labels) < 2 else {label.key: label for label in labels}.values()


def _sum(items: Sequence[PortfolioItem]) -> dict[Measure, int]:
    return {
        "committed": sum(item.committed or 0 for item in items),
        "scaled": sum(item.scaled or 0 for item in items),
        "count": sum(item.times for item in items),
    }


# --- Names --------------------------------------------------------------------------------


def _maker(labels: Mapping[Label, int]) -> str:
    return most_used(times_of((each.maker, times) for each, times in labels.items()))


def _names(spellings: Mapping[str, Mapping[Label, int]]) -> dict[str, str]:
    """Return each group's name; with the maker where two have one name, or it says nothing."""
    names = {
        key: most_used(times_of((each.name, times) for each, times in labels.items()))
        for key, labels in spellings.items()
    }
    taken: dict[str, int] = {}
    for name in names.values():
        taken[folded(name)] = taken.get(folded(name), 0) + 1
    for key, name in names.items():
        maker = _maker(spellings[key])
        nameless = _company(name) in _NAMELESS
        if maker and (nameless or taken[folded(name)] > 1):
            names[key] = f"{name} ({maker})"
    return names
