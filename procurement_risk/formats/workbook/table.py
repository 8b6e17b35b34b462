"""The table of questions in a file that came back: where its headings stand, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from procurement_risk.errors import Problem
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.layout import FILLED
from procurement_risk.formats.workbook.matching import headers, is_filled, normal
from procurement_risk.formats.workbook.plain import Cell, Sheet, letters_of
from procurement_risk.language import _
from procurement_risk.language.text import one_line

HEADER_WITHIN = 200
"""How many rows from the top the header may stand in."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row under the headings, as it stands."""

    sheet: str
    number: int
    columns: Mapping[str, int]
    cells: Mapping[int, Cell]

    @property
    def id(self) -> str:
        """What stands as the number of its question, as it is compared."""
        cell = self.cell("id")
        return "" if cell is None else normal(cell.text)

    @property
    def is_filled(self) -> bool:
        """Whether it has a number, or a person wrote into one of the supplier's columns."""
        return is_filled(map(self.cell, ("id", *FILLED)))

    def cell(self, name: str) -> Cell | None:
        """Return the cell of the column ``name``, or None where it is empty."""
        return self.cells.get(self.columns.get(name, 0))

    def place(self, name: str) -> str:
        """Return where that cell is, such as ``Questions!D12``."""
        letters = letters_of(self.columns[name]) if name in self.columns else "?"
        return f"{one_line(self.sheet)}!{letters}{self.number}"


@dataclass(frozen=True, slots=True)
class Table:
    """The questions on one sheet.

    Attributes:
        sheet: The sheet.
        header: The row that its headings stand in.
        columns: The column of each heading.
        rows: Every row under the headings.
        problems: What is wrong with its headings.
    """

    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def table_in(sheet: Sheet, form: str) -> Table | None:
    """Return the table of questions on a sheet, or None where it has no such headings.

    ``form`` is that of the layout, which says what columns there should be.
    """
    said = headers()
    for number in sorted(sheet.rows)[:HEADER_WITHIN]:
        columns: dict[str, int] = {}
        doubled = set()
        for column, cell in sheet.rows[number].items():
            name = said.get(normal(cell.text))
            if name in columns:
                doubled.add(name)
            elif name is not None:
                columns[name] = column
        if not {"id", "answer"} <= columns.keys():
            continue
        if doubled & {"id", *FILLED}:
            message = _("Two columns have the same heading, so nothing of this sheet is taken.")
            problem = Problem(f"{one_line(sheet.name)}!{number}", message)
            return Table(sheet, number, columns, (), (problem,))
        under = (each for each in sorted(sheet.rows) if each > number)
        rows = (Row(sheet.name, each, columns, sheet.rows[each]) for each in under)
        return Table(sheet, number, columns, tuple(rows), tuple(_missing(sheet, columns, form)))
    return None


def _missing(sheet: Sheet, columns: Mapping[str, int], form: str) -> Iterator[Problem]:
    for name in layout.filled_in(form):
        if name not in columns:
            message = _("The column {name} is missing, so nothing of it is taken. Put it back.")
            heading = _(layout.COLUMNS[name])
            yield Problem(one_line(sheet.name), message.format(name=repr(heading)))


def no_header() -> str:
    """Return the sentence that no sheet has the headings."""
    heads = ", ".join(_(layout.COLUMNS[name]) for name in ("id", "answer"))
    return _(
        "No sheet has the row of headings ({heads}) over its answers, so the columns cannot be "
        "told. Put that row back."
    ).format(heads=heads)
