"""How much hangs on one supplier, one owner, one model, one host, one law.

    items -> concentration(kind) -> groups, each with its share by value, if scaled, and by count

Three measures: ``committed`` value, the value ``scaled`` if every pilot grows to full use, and the
``count`` of purchases. A value that is not known counts in the third only.

An item with several upstreams of one kind hangs on each of them, so its whole value counts under
each, and shares may then add up to more than the whole. The Herfindahl-Hirschman index, HHI, is
always taken over the groups' own sums, and lies between 10,000 ÷ groups and 10,000.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from procurement_risk.assessment import Upstream
from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.portfolio.called import called
from procurement_risk.portfolio.items import (
    MOST_REMEMBERED,
    PortfolioItem,
    folded,
    supplier_keys,
    usual,
)

Kind = Literal["supplier", "group", "model", "host", "cloud", "jurisdiction", "model_jurisdiction"]
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
        return sum(len(group.items) for group in self.groups) > len(self.stated)

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


def concentration(items: Iterable[PortfolioItem], kind: Kind) -> Concentration:
    """Return how ``items``, each purchase once, are spread over the groups of this ``kind``."""
    ordered = sorted(items, key=lambda item: item.id)
    named = _NAMERS[kind](ordered)
    members: dict[str, list[PortfolioItem]] = {}
    spellings: dict[str, list[_Label]] = {}
    for item, labels in zip(ordered, named, strict=True):
        for label in {label.key: label for label in labels}.values():
            members.setdefault(label.key, []).append(item)
            spellings.setdefault(label.key, []).append(label)
    names = _names(spellings)
    groups = [
        Group(key, names[key], usual(each.maker for each in spellings[key]), tuple(of), _sum(of))
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
) -> tuple[Group, ...]:
    """Return the models, hosts or clouds that a supplier makes or runs.

    Args:
        items: The purchases.
        kind: What is asked about.
        supplier: Its key of ``supplier_keys``. A maker is it if called by any of its names.
    """
    found = list(items)
    roots = _Makers(found).roots(supplier)
    spread = concentration(found, kind)
    return tuple(group for group in spread.groups if _is_of(group.key, roots, supplier))


def _is_of(key: str, roots: set[str], supplier: str) -> bool:
    """Whether the key of an upstream says that it is the supplier's: name, maker, whose own."""
    _name, maker, *own = key.split("\n")
    return bool(maker) and maker in roots and own in ([], [supplier])


def _sum(items: Sequence[PortfolioItem]) -> dict[Measure, int]:
    return {
        "committed": sum(item.committed or 0 for item in items),
        "scaled": sum(item.scaled or 0 for item in items),
        "count": len(items),
    }


# --- What an item hangs on ----------------------------------------------------------------


class _Label(NamedTuple):
    """What an item hangs on, as it says: ``key`` is the same for the same thing."""

    key: str
    name: str
    maker: str = ""


_Namer = Callable[[Sequence[PortfolioItem]], list[list[_Label]]]


def _suppliers(items: Sequence[PortfolioItem]) -> list[list[_Label]]:
    keys, names = supplier_keys(items), called(items)
    return [[_Label(keys[item.id], names[keys[item.id]])] for item in items]


def _owners(items: Sequence[PortfolioItem]) -> list[list[_Label]]:
    """Name each supplier's owner; one that names none is taken to be its own."""
    keys = supplier_keys(items)
    owners = {normal_name(item.supplier.group) for item in items if item.supplier.group}
    names: dict[str, set[str]] = {}
    for item in items:
        names.setdefault(keys[item.id], set()).add(normal_name(item.supplier.name))

    def key(item: PortfolioItem) -> str:
        if item.supplier.group:
            return normal_name(item.supplier.group)
        known = names[keys[item.id]]
        return min(known & owners or known)

    return [[_Label(key(item), _owner(item))] for item in items]


def _owner(item: PortfolioItem) -> str:
    return item.supplier.group or item.supplier.name


def _jurisdictions(items: Sequence[PortfolioItem]) -> list[list[_Label]]:
    return [_plain_label(item.supplier.jurisdiction) for item in items]


def _model_jurisdictions(items: Sequence[PortfolioItem]) -> list[list[_Label]]:
    return [
        [label for up in _of_kind(item, "model") for label in _plain_label(up.jurisdiction)]
        for item in items
    ]


def _plain_label(name: str) -> list[_Label]:
    return [_Label(folded(name), name)] if folded(name) else []


def _of_kind(item: PortfolioItem, kind: str) -> Iterator[Upstream]:
    return (upstream for upstream in item.upstreams if upstream.kind == kind)


# Names that say whose it is and not what it is: each supplier's is another thing.
_NAMELESS = frozenset(
    {"own", "own model", "own models", "own host", "own hosting", "own cloud", "in house"}
    | {"in house model", "their own", "proprietary", "proprietary model", "self hosted", "unknown"}
)
# How companies of one name end; left out where makers are compared.
_COMPANY = re.compile(
    r"[\W_]+|\b(ltd|limited|inc|incorporated|plc|llc|llp|corp|corporation|co|gmbh|dac|bv|sa)\b"
)


def _upstreams(kind: str) -> _Namer:
    """Return what names models, hosts or clouds by name and maker together.

    A supplier's own has the supplier for its maker where it names none. Somebody else's without a
    maker is taken to be that of the only maker known for the name, if there is one.
    """

    def name(items: Sequence[PortfolioItem]) -> list[list[_Label]]:
        suppliers = _Makers(items)
        found = [
            [(up.name, *suppliers.maker(up, item)) for up in _of_kind(item, kind)]
            for item in items
        ]
        found = [[each for each in of if folded(each[0])] for of in found]
        makers: dict[str, set[str]] = {}
        for named, __, key in (each for of in found for each in of):
            makers.setdefault(folded(named), set()).update({key} - {""})

        def label(named: str, maker: str, key: str) -> _Label:
            known = makers[folded(named)]
            whose = key or (next(iter(known)) if len(known) == 1 else "")
            return _Label(f"{folded(named)}\n{whose}", named, maker)

        return [[label(*each) for each in of] for of in found]

    return name


class _Makers:
    """Who makes what: a maker that is a supplier as well goes by any of its names."""

    def __init__(self, items: Sequence[PortfolioItem]) -> None:
        self._keys, self._called = supplier_keys(items), called(items)
        self._one: dict[str, str] = {}
        companies: dict[str, set[str]] = {}
        for item in items:
            known = companies.setdefault(self._keys[item.id], set())
            known.add(_company(item.supplier.name))
            known.update(map(_company, item.supplier_names))
        self._companies = companies
        for names in companies.values():
            first, *others = sorted({self._root(name) for name in names})
            self._one.update(dict.fromkeys(others, first))
        self._used = Counter(self._root(min(names)) for names in companies.values())

    def roots(self, supplier: str) -> set[str]:
        """Return what is the same for a supplier as a maker, whichever of its names is used."""
        return {self._root(name) for name in self._companies.get(supplier, ())}

    def maker(self, upstream: Upstream, item: PortfolioItem) -> tuple[str, str]:
        """Return the maker's name, and what is the same for the same maker; both may be empty."""
        nameless = _company(upstream.name) in _NAMELESS
        if upstream.maker.strip() or not (upstream.own or nameless):
            return upstream.maker, self._root(_company(upstream.maker))
        supplier = self._keys[item.id]
        key = self._root(_company(item.supplier.name))
        # Two firms of one name may rest on one model, but "own model" is another of each.
        return self._called[supplier], (
            f"{key}\n{supplier}" if nameless and self._used[key] > 1 else key
        )

    def _root(self, company: str) -> str:
        while company in self._one:
            company = self._one[company]
        return company


@lru_cache(maxsize=MOST_REMEMBERED)
def _company(name: str) -> str:
    """Return a company's name for comparing; as it stands where nothing else is left of it."""
    return " ".join(_COMPANY.sub(" ", name.casefold()).split()) or folded(name)


_NAMERS: Mapping[Kind, _Namer] = {
    "supplier": _suppliers,
    "group": _owners,
    "model": _upstreams("model"),
    "host": _upstreams("host"),
    "cloud": _upstreams("cloud"),
    "jurisdiction": _jurisdictions,
    "model_jurisdiction": _model_jurisdictions,
}


# --- Names --------------------------------------------------------------------------------


def _names(spellings: Mapping[str, Sequence[_Label]]) -> dict[str, str]:
    """Return each group's name; with the maker where two have one name, or it says nothing."""
    names = {key: usual(each.name for each in labels) for key, labels in spellings.items()}
    taken: dict[str, int] = {}
    for name in names.values():
        taken[folded(name)] = taken.get(folded(name), 0) + 1
    for key, name in names.items():
        maker = usual(each.maker for each in spellings[key])
        nameless = _company(name) in _NAMELESS
        if maker and (nameless or taken[folded(name)] > 1):
            names[key] = f"{name} ({maker})"
    return names
