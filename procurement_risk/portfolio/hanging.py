"""What a purchase hangs on: whose model, host or cloud is underneath, who owns its supplier."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from procurement_risk.assessment import Upstream
from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.portfolio.called import called
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.once import once
from procurement_risk.portfolio.same import MOST_REMEMBERED, folded, supplier_keys

Kind = Literal["supplier", "group", "model", "host", "cloud", "jurisdiction", "model_jurisdiction"]


class Label(NamedTuple):
    """What an item hangs on, as it says: ``key`` is the same for the same thing."""

    key: str
    name: str
    maker: str = ""


_Namer = Callable[[Sequence[PortfolioItem]], list[list[Label]]]


def _suppliers(items: Sequence[PortfolioItem]) -> list[list[Label]]:
    keys = supplier_keys(items)
    labels = {key: [Label(key, name)] for key, name in called(items).items()}
    return [labels[keys[item.id]] for item in items]


def _owners(items: Sequence[PortfolioItem]) -> list[list[Label]]:
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

    return [[Label(key(item), _owner(item))] for item in items]


def _owner(item: PortfolioItem) -> str:
    return item.supplier.group or item.supplier.name


def _jurisdictions(items: Sequence[PortfolioItem]) -> list[list[Label]]:
    return [_plain_label(item.supplier.jurisdiction) for item in items]


def _model_jurisdictions(items: Sequence[PortfolioItem]) -> list[list[Label]]:
    return [
        [label for up in _of_kind(item, "model") for label in _plain_label(up.jurisdiction)]
        for item in items
    ]


def _plain_label(name: str) -> list[Label]:
    return [Label(folded(name), name)] if folded(name) else []


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

    def name(items: Sequence[PortfolioItem]) -> list[list[Label]]:
        suppliers = makers(items)
        found = [
            [(up.name, *suppliers.maker(up, item)) for up in _of_kind(item, kind)]
            for item in items
        ]
        found = [[each for each in of if folded(each[0])] for of in found]
        given: dict[str, set[str]] = {}
        for named, __, key in (each for of in found for each in of):
            given.setdefault(folded(named), set()).update({key} - {""})

        def label(named: str, maker: str, key: str) -> Label:
            known = given[folded(named)]
            whose = key or (next(iter(known)) if len(known) == 1 else "")
            return Label(f"{folded(named)}\n{whose}", named, maker)

        return [[label(*each) for each in of] for of in found]

    return name


@once
def makers(items: Sequence[PortfolioItem]) -> Makers:
    """Return who makes what, as ``items`` say."""
    return Makers(items)


class Makers:
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


NAMERS: Mapping[Kind, _Namer] = {
    "supplier": _suppliers,
    "group": _owners,
    "model": _upstreams("model"),
    "host": _upstreams("host"),
    "cloud": _upstreams("cloud"),
    "jurisdiction": _jurisdictions,
    "model_jurisdiction": _model_jurisdictions,
}
