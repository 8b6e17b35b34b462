"""Who answers for what came back: a name, a role and a day, on a sheet of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from procurement_risk.errors import Problem
from procurement_risk.formats.workbook.layout import SIGNED
from procurement_risk.formats.workbook.matching import (
    Unclear,
    checked_text,
    date_in,
    in_every_language,
    normal,
)
from procurement_risk.formats.workbook.plain import Book, Cell, Sheet
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import one_line

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says that they answer for a return; whether they may is for a person to judge.

    Attributes:
        name: Their name, or empty.
        role: Their role, or empty.
        day: The ISO day that they wrote, or empty.
    """

    name: str = ""
    role: str = ""
    day: str = ""

    @property
    def words(self) -> str:
        """It in a line, for people; empty where nobody is named."""
        return self._line(day(self.day) if self.day else "")

    @property
    def in_record(self) -> str:
        """It in a line, the same in every language."""
        return self._line(self.day)

    def _line(self, on: str) -> str:
        return ", ".join(one_line(each) for each in (self.name, self.role, on) if each)


def signature_in(book: Book) -> tuple[Signature, tuple[Problem, ...]]:
    """Return who answers for what came back, and what of it cannot be read."""
    values, problems = {}, []
    for sheet in book.sheets:
        for name, cell in _signed(sheet):
            place = f"{one_line(sheet.name)}!{cell.place}"
            try:
                values[name] = _value(name, cell)
            except Unclear as error:
                problems.append(Problem(place, str(error)))
    return Signature(**values), tuple(problems)


def places_of(sheet: Sheet) -> Collection[str]:
    """Return the cells of such a sheet that are read: labels, and what stands beside them."""
    return {
        cell.place
        for row, column in _labels(sheet).values()
        for at in (column, column + 1)
        if (cell := sheet.rows[row].get(at)) is not None
    }


def _labels(sheet: Sheet) -> dict[str, tuple[int, int]]:
    """Return where each label stands; all of them in one column."""
    said = in_every_language(SIGNED)
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            if (name := said.get(normal(cell.text))) is not None:
                found.setdefault(column, {}).setdefault(name, (row, column))
    whole = [each for each in found.values() if each.keys() >= SIGNED.keys()]
    return whole[0] if whole else {}


def _signed(sheet: Sheet) -> Iterator[tuple[str, Cell]]:
    for name, (row, column) in _labels(sheet).items():
        cell = sheet.rows[row].get(column + 1)
        if cell is not None and (cell.kind == "formula" or normal(cell.text)):
            yield name, cell


def _value(name: str, cell: Cell) -> str:
    if cell.kind in ("formula", "error", "merged"):
        raise Unclear(_("This cannot be read as it stands. Write it as a plain text."))
    if cell.struck:
        raise Unclear(_("This is struck out: “{text}”.").format(text=one_line(cell.struck)))
    return date_in(cell) if name == "day" else checked_text(cell.text, LONGEST_NAME)
