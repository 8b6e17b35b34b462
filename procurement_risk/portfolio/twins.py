"""Suppliers on file that are likely one with another, and why: offered, never joined by itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from procurement_risk.assessment.supplier_names import core_name, normal_name
from procurement_risk.assessment.supplier_numbers import Number, contradict
from procurement_risk.language import N_
from procurement_risk.storage import Decision, KnownSupplier

ALIKE = 88
"""From how many of 100 points two names are similar."""

LEAST_LETTERS = 6
"""How long a name has to be for a similar one to say anything."""

REASONS = {
    "name_and_number": N_("the same name, with another number"),
    "name": N_("the same name, and no number that tells"),
    "number": N_("the same number but for zeros or its register"),
    "given": N_("a former or trading name in common"),
    "former": N_("one of its names stands in the other's"),
    "form": N_("the same name but for the legal form or accents"),
    "place": N_("the same name but for a word such as UK or Group"),
    "spaces": N_("the same name but for spaces"),
    "similar": N_("a similar name"),
}
"""Why two are likely one, the surest first."""

_QUALIFIERS = frozenset(
    {"uk", "gb", "group", "holding", "holdings", "international", "europe", "emea", "global"}
)
_BETWEEN_NAMES = re.compile(
    r"\bt/a\b|\btrading as\b|\bformerly(?: known as)?\b|\bpreviously(?: known as)?\b|\bnow\b"
    r"|\baka\b|\bknown as\b"
)


@dataclass(frozen=True, slots=True)
class Twin:
    """A supplier on file that is likely the same: one of ``REASONS`` says why."""

    supplier: KnownSupplier
    reason: str


def likely_twins(
    names: Collection[str],
    numbers: Iterable[Number],
    known: Sequence[KnownSupplier],
    apart: Collection[str] = (),
    given: Collection[str] = (),
) -> tuple[Twin, ...]:
    """Return who on file is likely the one of these names and numbers, the surest first.

    Args:
        names: Every name that was typed of it.
        numbers: Its numbers.
        known: Who is on file.
        apart: Ids of those it is known to be or not to be.
        given: Other names that a person added to it.
    """
    mine = frozenset(numbers)
    found = []
    for each in known:
        reason = "" if each.id in apart else _reason(names, given, mine, each)
        if reason:
            found.append(Twin(each, reason))
    order = list(REASONS)
    return tuple(sorted(found, key=lambda t: (order.index(t.reason), t.supplier.name)))


def twins_of(
    supplier: KnownSupplier, known: Sequence[KnownSupplier], decisions: Iterable[Decision]
) -> tuple[Twin, ...]:
    """Return who else on file is likely ``supplier``, but for those a person parted from it."""
    parted = {
        each
        for decision in decisions
        if decision.what == "part" and supplier.id in (decision.supplier_id, decision.other_id)
        for each in (decision.supplier_id, decision.other_id)
    }
    apart = parted | {supplier.id}
    given = [each.name for each in supplier.given]
    return likely_twins(supplier.spellings, supplier.numbers, known, apart, given)


def _reason(
    typed: Collection[str],
    given: Collection[str],
    mine: frozenset[Number],
    other: KnownSupplier,
) -> str:
    theirs = frozenset(other.numbers)
    if {*map(normal_name, typed)} & {*map(normal_name, other.spellings)}:
        return "name_and_number" if contradict(mine, theirs) else "name"
    if _bare(mine) & _bare(theirs):
        return "number"
    names = (*typed, *given)
    if {*map(normal_name, names)} & {*map(normal_name, other.names)}:
        return "given"
    ours, others = _cores(names), _cores(other.names)
    if ours & others:
        several = any(len(_parts(each)) > 1 for each in (*names, *other.names))
        return "former" if several else "form"
    if {_unqualified(each) for each in ours} & {_unqualified(each) for each in others}:
        return "place"
    if {each.replace(" ", "") for each in ours} & {each.replace(" ", "") for each in others}:
        return "spaces"
    return "similar" if any(_similar(one, each) for one in ours for each in others) else ""


def _bare(numbers: frozenset[Number]) -> set[str]:
    """Return the numbers without zeros in front, where they are long enough to say anything."""
    return {bare for each in numbers if len(bare := each.value.lstrip("0")) >= LEAST_LETTERS}


def _parts(name: str) -> list[str]:
    """Return the names in ``name``: both of *Beech Ltd t/a Ash*."""
    return [each for each in _BETWEEN_NAMES.split(normal_name(name)) if each.strip()]


def _cores(names: Iterable[str]) -> set[str]:
    return {core_name(part) for name in names for part in _parts(name)}


def _unqualified(core: str) -> str:
    words = [word for word in core.split() if word not in _QUALIFIERS]
    return " ".join(words) or core


def _similar(one: str, other: str) -> bool:
    """Whether two names differ by a letter or two; names that differ by a figure do not count."""
    if min(len(one), len(other)) < LEAST_LETTERS or _figures(one) != _figures(other):
        return False
    return fuzz.ratio(one, other) >= ALIKE


def _figures(text: str) -> list[str]:
    return re.findall("[0-9]+", text)
