"""Which suppliers are one: the only rule, for the store, the pages, the portfolio and exports.

    same by itself    an equal number of one register, or an equal normal name, and no numbers
                      that contradict each other
    same as decided   what a person joined; and never what a person parted
    likely            offered to a person, never joined by itself: see ``portfolio.twins``

Whether a name without a number is one firm or another of that name, nobody can tell: it then
stands by itself. What comes out rests on what is there, not on the order in which it came.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.assessment.supplier_numbers import Number, contradict, numbers


class Spelling(NamedTuple):
    """A supplier as somebody typed it, made comparable.

    Attributes:
        name: The normal form of the name.
        numbers: Its numbers.
        pin: What a person decided: two of one pin are one supplier, of two pins never.
    """

    name: str
    numbers: frozenset[Number] = frozenset()
    pin: str = ""


def spelling(name: str, number: str, pin: str = "") -> Spelling:
    """Return a name and a company number, as typed, made comparable."""
    return Spelling(normal_name(name), numbers(number), pin)


def is_same(one: Spelling, other: Spelling) -> bool:
    """Whether both are one supplier, as far as the two of them tell."""
    return len(set(grouped([one, other]).values())) == 1


class _Group:
    """Spellings that are one supplier so far."""

    def __init__(self, members: Iterable[Spelling]) -> None:
        self.members = list(members)
        self.numbers = {number for each in self.members for number in each.numbers}
        self.pins = {each.pin for each in self.members if each.pin}

    def fits(self, other: _Group) -> bool:
        """Whether nothing speaks against both being one."""
        return len(self.pins | other.pins) < 2 and not contradict(self.numbers, other.numbers)


def grouped(spellings: Iterable[Spelling]) -> dict[Spelling, int]:
    """Return the number of its group for each spelling: the same for one supplier."""
    unique = sorted(set(spellings), key=_order)
    groups = _united(map(_Group, _by_pin(unique)), _numbers_of)
    groups = _united(groups, _names_of)
    return {each: place for place, group in enumerate(groups) for each in group.members}


def _order(each: Spelling) -> tuple[str, list[Number], str]:
    return each.name, sorted(each.numbers), each.pin


def _by_pin(spellings: Sequence[Spelling]) -> list[list[Spelling]]:
    pinned: dict[str, list[Spelling]] = {}
    for each in spellings:
        if each.pin:
            pinned.setdefault(each.pin, []).append(each)
    return [*pinned.values(), *([each] for each in spellings if not each.pin)]


def _numbers_of(group: _Group) -> set[Hashable]:
    return set(group.numbers)


def _names_of(group: _Group) -> set[Hashable]:
    return {each.name for each in group.members}


def _united(groups: Iterable[_Group], marks: Callable[[_Group], set[Hashable]]) -> list[_Group]:
    """Unite the groups that share a mark, unless that would make one of what contradicts."""
    united: list[_Group] = []
    for linked in _linked(list(groups), marks):
        united += [_Group(m for each in linked for m in each.members)] if _fit(linked) else linked
    return united


def _linked(
    groups: Sequence[_Group], marks: Callable[[_Group], set[Hashable]]
) -> list[list[_Group]]:
    """Return the groups that hang together by what they share, directly or through others.

    A mark that groups share which contradict each other links none of them.
    """
    holders: dict[Hashable, list[int]] = {}
    for place, group in enumerate(groups):
        for mark in marks(group):
            holders.setdefault(mark, []).append(place)
    above = list(range(len(groups)))

    def root(place: int) -> int:
        while above[place] != place:
            above[place] = place = above[above[place]]
        return place

    for places in holders.values():
        if _fit([groups[place] for place in places]):
            for place in places:
                above[root(place)] = root(places[0])
    linked: dict[int, list[_Group]] = {}
    for place, group in enumerate(groups):
        linked.setdefault(root(place), []).append(group)
    return list(linked.values())


def _fit(groups: Sequence[_Group]) -> bool:
    """Whether nothing speaks against all of these being one."""
    return all(
        one.fits(other) for place, one in enumerate(groups) for other in groups[place + 1 :]
    )
