"""What a conversion has to say: what was left out, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from procurement_risk.errors import Problem, path_text

Path = tuple[str | int, ...]

MAX_LISTED = 500
MAX_NOTES = 5_000


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was changed or left out on the way, and what that means.

    Attributes:
        where: Path in the file that was read, such as ``pages[2].elements[0].isRequired``.
        message: One or two plain sentences.
    """

    where: str
    message: str

    def __str__(self) -> str:
        """Return the place, where there is one, and the message."""
        return f"{self.where}: {self.message}" if self.where else self.message


@dataclass(slots=True)
class Report:
    """Collects notes and problems while a survey is read, each pair of place and message once."""

    notes: dict[Note, None] = field(default_factory=dict)
    problems: dict[Problem, None] = field(default_factory=dict)
    unlisted: int = 0

    def note(self, path: Path, message: str) -> None:
        """Say what was left out at ``path``."""
        if len(self.notes) < MAX_NOTES:
            self.notes[Note(path_text(path), message)] = None
        else:
            self.unlisted += 1

    def all_notes(self) -> tuple[Note, ...]:
        """Return the notes in the order they were made; the last may say that there are more."""
        if not self.unlisted:
            return tuple(self.notes)
        return (*self.notes, Note("", f"{self.unlisted:,} more notes like these are not listed."))

    def refuse(self, path: Path, message: str) -> None:
        """Say why the survey cannot be converted; after very many problems no more are kept."""
        if len(self.problems) >= MAX_LISTED:
            return
        where = path_text(path)
        self.problems[Problem(where, str(Note(where, message)))] = None

    def items(self, value: object, path: Path) -> list[Any]:
        """Return the list ``value``; anything else is refused, and nothing is in it."""
        if isinstance(value, list):
            return value
        self.refuse(path, "This must be a list, [ … ].")
        return []

    def is_object(self, value: object, path: Path) -> bool:
        """Whether ``value`` is an object; anything else is refused."""
        if isinstance(value, dict):
            return True
        self.refuse(path, "This must be an object, { … }.")
        return False
