"""A file that came back, as plain data, whichever format it had: sheets, cells, what is beside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from procurement_risk.errors import Problem
from procurement_risk.formats.workbook import limits
from procurement_risk.language import _

Kind = Literal["text", "number", "date", "time", "truth", "formula", "error", "merged"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell.

    Attributes:
        place: Where it is, such as ``D12``.
        kind: What stands in it; ``merged`` is one of several cells that were made one.
        text: Its value as text: a day as 2027-03-31, a number as a spreadsheet shows it.
        percent: Whether a number is shown as a percentage.
        note: What somebody pinned to it as a note or comment.
        link: The address that a click on it leads to, where its text does not say that.
        struck: What of its text is struck out.
        shown: What it shows where ``text`` does not say so: what a formula last came to, or a
            number with the zeros behind it.
    """

    place: str
    kind: Kind
    text: str
    percent: bool = False
    note: str = ""
    link: str = ""
    struck: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells in a rectangle, rows and columns counted from 1: made one, or offered a list.

    Attributes:
        choices: What the drop-down list in them offers; none where it cannot be read.
    """

    top: int
    left: int
    bottom: int
    right: int
    choices: tuple[str, ...] = ()

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True, slots=True)
class Form:
    """What a sheet is like beside its cells.

    Attributes:
        hidden: Whether it is hidden.
        rows: Its hidden rows.
        columns: Its hidden columns.
        merged: Cells that were made one.
        lists: Cells with a drop-down list.
    """

    hidden: bool = False
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    merged: tuple[Area, ...] = ()
    lists: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its filled cells by row and column, both counted from 1."""

    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    form: Form = Form()


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook.

    Attributes:
        sheets: Its sheets, in order.
        properties: Its own properties.
        problems: What was left unread.
        beside: What else is in the file: the kind of a remark, its text, and what it is at.
    """

    sheets: tuple[Sheet, ...]
    properties: dict[str, str]
    problems: tuple[Problem, ...] = ()
    beside: tuple[tuple[str, str, str], ...] = ()


class Room:
    """How much may still be read of a file."""

    def __init__(self) -> None:
        self._cells, self._text = limits.MOST_CELLS, limits.MOST_TEXT

    def take(self, sheet: Sheet, row: int, column: int, cell: Cell) -> bool:
        """Put ``cell`` on ``sheet``, and return whether there was room for it."""
        if row > limits.MOST_ROWS or self._cells <= 0 or self._text <= 0:
            return False
        self._cells -= 1
        self._text -= len(cell.text) + len(cell.note) + len(cell.link) + len(cell.shown)
        sheet.rows.setdefault(row, {})[column] = cell
        return True


def too_many_sheets(count: int) -> Problem:
    """Return the sentence that only the first sheets were read."""
    return Problem("", _("Only the first {n} sheets are read.").format(n=count))


def too_much(sheet: Sheet) -> Problem:
    """Return the sentence that a sheet was not read to its end."""
    message = _("The sheet {sheet} has too much in it: only its first rows are read.")
    return Problem(sheet.name, message.format(sheet=repr(sheet.name)))


def letters_of(column: int) -> str:
    """Return the letters over a column: 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def leads_elsewhere(text: str, target: str) -> bool:
    """Whether a click on ``text`` leads to something that it does not say."""
    address = target.removeprefix("mailto:").rstrip("/").casefold()
    return bool(address) and address not in text.casefold()
