"""What could not be carried over, each with its cell, and what is left for the owner to settle."""

from __future__ import annotations

from dataclasses import dataclass, field

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped

MOST_NOTES = 1_000


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was changed or left out.

    Attributes:
        where: Its cell, such as ``Questions!B12``; empty: the whole file.
        message: What, and why.
    """

    where: str
    message: str

    def __str__(self) -> str:
        """Return the cell, where there is one, and the message."""
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(slots=True)
class Notes:
    """Collects notes, each once."""

    kept: dict[Note, None] = field(default_factory=dict)
    unlisted: int = 0

    def add(self, where: str, message: str) -> None:
        """Say what was changed or left out at the cell ``where``."""
        if len(self.kept) < MOST_NOTES:
            self.kept[Note(where, message)] = None
        else:
            self.unlisted += 1

    def all(self) -> tuple[Note, ...]:
        """Return the notes; the last may say that there are more."""
        if not self.unlisted:
            return tuple(self.kept)
        more = _("{n} more notes like these are not listed.").format(n=grouped(self.unlisted))
        return (*self.kept, Note("", more))
