"""The rows that the list shows: asked of the database, or of every row in memory.

store, day ── list_of ──> Listed: what it may be narrowed to, and a part of what is left
"""

from __future__ import annotations

from dataclasses import dataclass, field

from procurement_risk.portfolio.choices import Choices, choices_in, choices_of
from procurement_risk.portfolio.finding import matching
from procurement_risk.portfolio.narrowing import Narrowing
from procurement_risk.portfolio.neighbours import with_neighbours
from procurement_risk.portfolio.part_of_list import Part, part_of
from procurement_risk.portfolio.worklist import Row, rows
from procurement_risk.storage import Store


@dataclass(slots=True)
class Listed:
    """A list of assessments on a day.

    Attributes:
        choices: What it may be narrowed to.
        is_coming: Whether outcomes may still be made behind it, as after an upgrade.
    """

    store: Store
    day: str
    choices: Choices
    is_coming: bool = False
    _rows: list[Row] = field(default_factory=list)

    def part(self, narrowing: Narrowing, words: str, limit: int, offset: int = 0) -> Part:
        """Return a part of what is left, in order: by the database, once everything is made."""
        found = self.plain_part(narrowing, words, limit, offset)
        if self._rows:  # made in memory, with what they tell
            return found
        return Part(with_neighbours(self.store, found.rows), found.start, found.total)

    def plain_part(self, narrowing: Narrowing, words: str, limit: int, offset: int = 0) -> Part:
        """Return the same without what only its neighbours tell of a row, which is half of it."""
        if not self.is_coming:
            found = part_of(self.store, narrowing, self.day, limit, offset, words=words)
            if found is not None:
                return found
        shown = narrowing.of(matching(self.store, self._every(), words))
        return Part(shown[offset : offset + limit], offset, len(shown))

    def _every(self) -> list[Row]:
        self._rows = self._rows or _every_row(self.store, self.day)
        return self._rows


def list_of(store: Store, day: str) -> Listed:
    """Return the list of what is not set aside."""
    choices = choices_in(store, day)
    if choices is not None:
        return Listed(store, day, choices)
    every = _every_row(store, day)
    return Listed(store, day, choices_of(every), True, every)


def _every_row(store: Store, day: str) -> list[Row]:
    return rows(store, store.summaries(archived=False), day, wait=False)
