"""Items that stand for several, of which a database has put together those that are alike.

    Several     one item with the pounds of all that it stands for
    Some        a tuple of items of which only the first are read, and what all come to

The rules for figures count an item as often as it says in ``times``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar, overload

from procurement_risk.portfolio.items import PortfolioItem

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(PortfolioItem):
    """What some purchases have in common; its pounds are theirs together.

    Attributes:
        number: How many they are. The value of all of them is known, or of none.
    """

    number: int = 1

    @property
    def times(self) -> int:
        """For how many it stands."""
        return self.number


@dataclass(frozen=True, slots=True)
class Some(Sequence[T]):
    """So many, of which the first are here.

    Attributes:
        number: How many there are.
        first: The first of them.
        alike: All of them, those that are alike as one.
    """

    number: int
    first: tuple[T, ...]
    alike: tuple[PortfolioItem, ...] = ()

    def __len__(self) -> int:
        """Return how many there are."""
        return self.number

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        """Return some of the first. Raises LookupError for one that is not here."""
        wanted = range(self.number)[place]
        last = max(wanted, default=-1) if isinstance(wanted, range) else wanted
        if last >= len(self.first):
            raise LookupError(last)
        return self.first[place]
