"""From plain cells to what a supplier filled in, and every problem by the cell it stands in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from procurement_risk.assessment.answers_schema import LONGEST_NOTE
from procurement_risk.canonical import refuse
from procurement_risk.errors import Problem
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.language.text import one_line, shorten
from procurement_risk.workbook import layout
from procurement_risk.workbook.layout import FILLED, PROPERTY, Stamp
from procurement_risk.workbook.matching import (
    Given,
    Unclear,
    Words,
    answer_in,
    checked_text,
    headers,
    is_filled,
    normal,
    words_of,
)
from procurement_risk.workbook.plain import Book, Cell, Sheet, letters_of

LONGEST_LINK = 2_000
HEADER_WITHIN = 200
"""How many rows from the top the header may stand in."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a supplier filled in to one question.

    Attributes:
        place: The row's answer cell, such as ``Questions!D12``.
        given: What the answer cell says; None where it is empty.
        reason: Why it does not apply.
        link: The evidence that is named.
        note: The comment.
    """

    place: str
    given: Given | None = None
    reason: str = ""
    link: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was filled in."""
        return self.given is None and not (self.reason or self.link or self.note)


@dataclass(frozen=True, slots=True)
class Return:
    """What came back.

    Attributes:
        digest: The SHA-256 of the file.
        stamp: What it says it belongs to.
        rows: What was filled in, by question; a row with a problem is not among them.
        problems: Every problem, each with its cell.
        refused: The questions whose rows had a problem.
    """

    digest: str
    stamp: Stamp
    rows: Mapping[str, Filled]
    problems: tuple[Problem, ...]
    refused: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row that has an id or something filled in, as it stands."""

    sheet: str
    number: int
    columns: Mapping[str, int]
    cells: Mapping[int, Cell]

    def cell(self, name: str) -> Cell | None:
        """Return the cell of the column ``name``, or None where it is empty."""
        return self.cells.get(self.columns.get(name, 0))

    def place(self, name: str) -> str:
        """Return where that cell is, such as ``Questions!D12``."""
        letters = letters_of(self.columns[name]) if name in self.columns else "?"
        return f"{one_line(self.sheet)}!{letters}{self.number}"


def file_digest(data: bytes) -> str:
    """Return the SHA-256 of a file, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def stamp_in(book: Book, name: str = "workbook") -> Stamp:
    """Return the stamp of a workbook, from its sheet ``_meta`` or from its own properties.

    Raises:
        InvalidDocument: If there is none, or it was changed.
    """
    inside = {
        key.removeprefix(PROPERTY): value
        for key, value in book.properties.items()
        if key.startswith(PROPERTY)
    }
    on_sheet: dict[str, str] = {}
    for sheet in book.sheets:
        if is_our_sheet(sheet, layout.META_SHEET):
            rows = sheet.rows.values()
            on_sheet = {row[1].text: row[2].text for row in rows if {1, 2} <= row.keys()}
    wanted = {each.name for each in fields(Stamp)}
    found = [
        Stamp(**{key: stamp[key] for key in wanted})
        for stamp in (inside, on_sheet)
        if wanted <= stamp.keys()
    ]
    if not found:
        message = _(
            "The file does not say which assessment it belongs to, so it is not a workbook "
            "that was sent out, or a program took that away. Copy the answers into the "
            "workbook that was sent out."
        )
        refuse(name, message)
    if len(set(found)) > 1 or found[0].issue_number() != found[0].issue:
        message = _(
            "What the file says it belongs to was changed after it was sent out. Copy the "
            "answers into the workbook that was sent out."
        )
        refuse(name, message)
    return found[0]


def is_our_sheet(sheet: Sheet, name: str) -> bool:
    """Whether a sheet is the one we call ``name``; Numbers writes the name of a table behind."""
    own = normal(sheet.name)
    return own == normal(name) or own.startswith(f"{normal(name)} - ")


def read_return(book: Book, data: bytes, stamp: Stamp, framework: Framework) -> Return:
    """Return what was filled in to a workbook made for ``framework``, whose digest ``stamp`` has.

    Of ``data``, the bytes of the file, the digest is kept.
    """
    known = {normal(question.id): question.id for question in layout.for_supplier(framework)}
    problems = list(book.problems)
    rows: dict[str, list[_Row]] = {}
    has_header = False
    for sheet in book.sheets:
        found, faults = _rows(sheet, known)
        problems += faults
        has_header = has_header or found is not None
        for row in found or ():
            cell = row.cell("id")
            rows.setdefault("" if cell is None else normal(cell.text), []).append(row)
    if not has_header:
        problems.append(Problem("", _no_header()))
    words = words_of(framework)
    filled: dict[str, Filled] = {}
    refused = set()
    for name, group in rows.items():
        faults = list(_misplaced(name, group, known))
        if not faults:
            filled[known[name]], faults = _filled(group[0], words, framework, known[name])
        if faults and name in known:
            refused.add(known[name])
            filled.pop(known[name], None)
        problems += faults
    return Return(file_digest(data), stamp, filled, tuple(problems), frozenset(refused))


def _no_header() -> str:
    heads = ", ".join(_(layout.COLUMNS[name]) for name in ("id", "answer"))
    return _(
        "No sheet has the row of headings ({heads}) over its answers, so the columns cannot be "
        "told. Put that row back."
    ).format(heads=heads)


def _rows(sheet: Sheet, known: Mapping[str, str]) -> tuple[list[_Row] | None, list[Problem]]:
    """Return the rows under the heading of a sheet; None where it has no such heading."""
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
            return [], [Problem(f"{one_line(sheet.name)}!{number}", message)]
        under = (each for each in sorted(sheet.rows) if each > number)
        rows = [_Row(sheet.name, each, columns, sheet.rows[each]) for each in under]
        wanted = [row for row in rows if is_filled(map(row.cell, ("id", *FILLED)))]
        return wanted, list(_missing_columns(sheet, columns))
    first = (cells.get(1) for cells in sheet.rows.values())
    if any(cell is not None and normal(cell.text) in known for cell in first):
        return None, [Problem(one_line(sheet.name), _no_header())]
    return None, []


def _missing_columns(sheet: Sheet, columns: Mapping[str, int]) -> Iterator[Problem]:
    for name in FILLED:
        if name not in columns:
            message = _("The column {name} is missing, so nothing of it is taken. Put it back.")
            heading = _(layout.COLUMNS[name])
            yield Problem(one_line(sheet.name), message.format(name=repr(heading)))


def _misplaced(name: str, group: list[_Row], known: Mapping[str, str]) -> Iterator[Problem]:
    """Yield why rows with the id ``name`` cannot be taken at all."""
    if name in known and len(group) == 1:
        return
    for row in group:
        cell = row.cell("id")
        shown = "" if cell is None else shorten(one_line(cell.text))
        if name in known:
            others = ", ".join(each.place("id") for each in group if each is not row)
            message = _("{id} stands here and in {others}. Neither is taken: keep one.")
            yield Problem(row.place("id"), message.format(id=known[name], others=others))
        elif not name:
            message = _("Something is written beside an empty number. Put the number back.")
            yield Problem(row.place("id"), message)
        else:
            message = _("{id} is not the number of a question in this workbook. Correct it.")
            yield Problem(row.place("id"), message.format(id=repr(shown)))


def _filled(
    row: _Row, words: Words, framework: Framework, name: str
) -> tuple[Filled, list[Problem]]:
    """Return what a row says, and everything wrong with it."""
    place = row.place("answer")
    faults = list(_unreadable(row))
    if faults:
        return Filled(place), faults
    values: dict[str, str] = {}
    for column, most in (("reason", LONGEST_NOTE), ("link", LONGEST_LINK), ("note", LONGEST_NOTE)):
        cell = row.cell(column)
        try:
            values[column] = checked_text(cell.text, most) if cell else ""
        except Unclear as error:
            faults.append(Problem(row.place(column), str(error)))
    given, cell = None, row.cell("answer")
    if cell is not None and normal(cell.text):
        try:
            given = answer_in(words, framework, framework.by_id[name], cell)
        except Unclear as error:
            faults.append(Problem(place, str(error)))
    if given and given.state == "not_applicable" and not values.get("reason", "x"):
        message = _("It is declared not applicable without a reason. Write why.")
        faults.append(Problem(row.place("reason") if "reason" in row.columns else place, message))
    return Filled(place, given, **values) if not faults else Filled(place), faults


def _unreadable(row: _Row) -> Iterator[Problem]:
    """Yield a problem for each cell of the row that cannot be read as it stands."""
    names = {column: name for name, column in row.columns.items()}
    for column, cell in row.cells.items():
        place = f"{one_line(row.sheet)}!{cell.place}"
        if cell.kind == "formula":
            message = _("A formula stands here, so the row is not taken. Write its result.")
            yield Problem(place, message)
        elif cell.kind == "error" and names.get(column) in FILLED:
            message = _("An error value ({value}) stands here. Write the answer instead.")
            yield Problem(place, message.format(value=cell.text))
        elif cell.kind == "merged" and names.get(column) in ("id", *FILLED):
            message = _(
                "This cell is merged with others, so nobody can say whose answer it is. "
                "Split them, and answer each row."
            )
            yield Problem(place, message)
