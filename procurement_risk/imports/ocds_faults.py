"""Problems gathered by their kind, so that one that stands a thousand times is told once."""

from __future__ import annotations

from dataclasses import dataclass, field

from procurement_risk.errors import Problem
from procurement_risk.language.phrases import counted


@dataclass(slots=True)
class Faults:
    """The first problem of each kind, and how many there are."""

    _first: dict[str, Problem] = field(default_factory=dict)
    _number: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._first)

    def add(self, kind: str, where: str, message: str) -> None:
        """Add a problem of ``kind``, which is said by ``message`` if it is the first."""
        self._first.setdefault(kind, Problem(where, message))
        self._number[kind] = self._number.get(kind, 0) + 1

    def problems(self) -> list[Problem]:
        """Return a problem for each kind, which says how many more there are of it."""
        return [
            first if self._number[kind] == 1 else _with_count(first, self._number[kind] - 1)
            for kind, first in self._first.items()
        ]


def _with_count(first: Problem, more: int) -> Problem:
    said = counted(more, "There is {n} more of this kind.", "There are {n} more of this kind.")
    return Problem(first.where, f"{first.message} {said}", first.line, first.column)
