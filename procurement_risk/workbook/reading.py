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
    normal,
    words_of,
)
from procurement_risk.workbook.plain import Book, Sheet
from procurement_risk.workbook.remarks import Remark, remarks_on
from procurement_risk.workbook.table import Row, no_header, table_in

LONGEST_LINK = 2_000
LONGEST_SHOWN = 500
"""How much of what is struck out a message repeats."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a supplier filled in to one question.

    Attributes:
        place: The row's answer cell, such as ``Questions!D12``.
        given: What the answer cell says; None where it is empty.
        reason: Why it does not apply.
        link: The evidence that is named.
        note: The comment.
        pinned: What is pinned to the supplier's cells as notes.
        address: Where a click on one of them leads, where its text does not say so.
    """

    place: str
    given: Given | None = None
    reason: str = ""
    link: str = ""
    note: str = ""
    pinned: str = ""
    address: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was filled in."""
        texts = (self.reason, self.link, self.note, self.pinned, self.address)
        return self.given is None and not any(texts)


@dataclass(frozen=True, slots=True)
class Return:
    """What came back.

    Attributes:
        digest: The SHA-256 of the file.
        stamp: What it says it belongs to.
        rows: What was filled in, by question; a row with a problem is not among them.
        problems: Every problem, each with its cell.
        refused: The questions whose rows had a problem.
        remarks: What else is in the file, for somebody to look at.
    """

    digest: str
    stamp: Stamp
    rows: Mapping[str, Filled]
    problems: tuple[Problem, ...]
    refused: frozenset[str]
    remarks: tuple[Remark, ...] = ()


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
        if layout.is_our_sheet(sheet.name, layout.META_SHEET):
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


def read_return(book: Book, data: bytes, stamp: Stamp, framework: Framework) -> Return:
    """Return what was filled in to a workbook made for ``framework``, whose digest ``stamp`` has.

    Of ``data``, the bytes of the file, the digest is kept.
    """
    known = {normal(question.id): question.id for question in layout.for_supplier(framework)}
    problems = list(book.problems)
    tables, rows = [], dict[str, list[Row]]()
    for sheet in book.sheets:
        table = table_in(sheet)
        if table is None:
            problems += _headless(sheet, known)
            continue
        tables.append(table)
        problems += table.problems
        for row in table.rows:
            if row.is_filled:
                rows.setdefault(row.id, []).append(row)
    if not tables:
        problems.append(Problem("", no_header()))
    words = words_of(framework)
    remarks = remarks_on(book, tables, words, framework, known)
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
    return Return(file_digest(data), stamp, filled, tuple(problems), frozenset(refused), remarks)


def _headless(sheet: Sheet, known: Mapping[str, str]) -> Iterator[Problem]:
    """Yield that a sheet without our headings has our numbers."""
    first = (cells.get(1) for cells in sheet.rows.values())
    is_ours = any(layout.is_our_sheet(sheet.name, name) for name in layout.HIDDEN)
    if not is_ours and any(cell is not None and normal(cell.text) in known for cell in first):
        yield Problem(one_line(sheet.name), no_header())


def _misplaced(name: str, group: list[Row], known: Mapping[str, str]) -> Iterator[Problem]:
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
    row: Row, words: Words, framework: Framework, name: str
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
    cells = [cell for column in ("id", *FILLED) if (cell := row.cell(column)) is not None]
    values["pinned"] = "\n".join(cell.note for cell in cells if cell.note)
    values["address"] = "\n".join(cell.link for cell in cells if cell.link)
    given, cell = None, row.cell("answer")
    if cell is not None and normal(cell.text):
        try:
            given = answer_in(words, framework, framework.by_id[name], cell)
        except Unclear as error:
            faults.append(Problem(place, str(error)))
    if given and given.state == "not_applicable" and not values.get("reason", "x"):
        message = _("It is declared not applicable without a reason. Write why.")
        faults.append(Problem(row.place("reason") if "reason" in row.columns else place, message))
    if faults:
        return Filled(place), faults
    return Filled(place, given, **values), faults


def _unreadable(row: Row) -> Iterator[Problem]:
    """Yield a problem for each cell of the row that cannot be read as it stands."""
    names = {column: name for name, column in row.columns.items()}
    for column, cell in row.cells.items():
        place = f"{one_line(row.sheet)}!{cell.place}"
        if cell.kind == "formula":
            message = _("A formula stands here, so the row is not taken. Write its result.")
            yield Problem(place, message)
        elif cell.struck and names.get(column) in ("id", *FILLED):
            message = _(
                "This is struck out: “{text}”. Nobody can say whether it holds, so the row is not "
                "taken. Delete what does not hold, or take the line through it away."
            )
            yield Problem(
                place, message.format(text=shorten(one_line(cell.struck), LONGEST_SHOWN))
            )
        elif cell.kind == "error" and names.get(column) in FILLED:
            message = _("An error value ({value}) stands here. Write the answer instead.")
            yield Problem(place, message.format(value=cell.text))
        elif cell.kind == "merged" and names.get(column) in ("id", *FILLED):
            message = _(
                "This cell is merged with others, so nobody can say whose answer it is. "
                "Split them, and answer each row."
            )
            yield Problem(place, message)
