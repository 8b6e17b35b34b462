"""From plain cells to what a supplier filled in, and every problem by the cell it stands in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from procurement_risk.assessment.answers_schema import LONGEST_NOTE
from procurement_risk.errors import Problem
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.layout import FILLED, Stamp
from procurement_risk.formats.workbook.matching import (
    Given,
    Unclear,
    Words,
    answer_in,
    checked_text,
    claim_in,
    date_in,
    normal,
    words_of,
)
from procurement_risk.formats.workbook.plain import Book, Cell, Sheet
from procurement_risk.formats.workbook.remarks import Remark, remarks_on
from procurement_risk.formats.workbook.signature import Signature, signature_in
from procurement_risk.formats.workbook.table import Row, no_header, table_in
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.language.text import one_line, shorten

LONGEST_LINK, LONGEST_REASON = 2_000, 500
LONGEST_SHOWN = 500
"""How much of what is struck out a message repeats."""


READ: Mapping[str, Callable[[Cell], str]] = {
    "reason": lambda cell: checked_text(cell.text, LONGEST_NOTE),
    "link": lambda cell: checked_text(cell.text, LONGEST_LINK),
    "note": lambda cell: checked_text(cell.text, LONGEST_NOTE),
    "valid_until": date_in,
    "claim": lambda cell: "yes" if claim_in(cell) else "no",
    "claim_reason": lambda cell: checked_text(cell.text, LONGEST_REASON),
}
"""What each column beside the answer says."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a supplier filled in to one question.

    Attributes:
        place: The row's answer cell, such as ``Questions!D12``.
        given: What the answer cell says; None where it is empty.
        reason: Why it does not apply.
        link: The evidence that is named.
        note: The comment.
        valid_until: The ISO day until which the evidence is valid, or empty.
        claim: The cell in which the answer is claimed to be confidential, or empty.
        claim_reason: Why it is.
        pinned: What is pinned to the supplier's cells as notes.
        address: Where a click on one of them leads, where its text does not say so.
    """

    place: str
    given: Given | None = None
    reason: str = ""
    link: str = ""
    note: str = ""
    valid_until: str = ""
    claim: str = ""
    claim_reason: str = ""
    pinned: str = ""
    address: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was filled in."""
        texts = (self.reason, self.link, self.note, self.valid_until, self.pinned, self.address)
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
        signature: Who answers for it.
    """

    digest: str
    stamp: Stamp
    rows: Mapping[str, Filled]
    problems: tuple[Problem, ...]
    refused: frozenset[str]
    remarks: tuple[Remark, ...]
    signature: Signature


def file_digest(data: bytes) -> str:
    """Return the SHA-256 of a file, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def read_return(book: Book, data: bytes, stamp: Stamp, framework: Framework) -> Return:
    """Return what was filled in to a workbook made for ``framework``, whose digest ``stamp`` has.

    Of ``data``, the bytes of the file, the digest is kept.
    """
    known = {normal(question.id): question.id for question in layout.for_supplier(framework)}
    problems = list(book.problems)
    tables, rows = [], dict[str, list[Row]]()
    for sheet in book.sheets:
        table = table_in(sheet, stamp.form)
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
            filled[known[name]], faults = filled_in(group[0], words, framework, known[name])
        if faults and name in known:
            refused.add(known[name])
            filled.pop(known[name], None)
        problems += faults
    signature, unreadable = signature_in(book)
    return Return(
        digest=file_digest(data),
        stamp=stamp,
        rows=filled,
        problems=(*problems, *unreadable),
        refused=frozenset(refused),
        remarks=remarks,
        signature=signature,
    )


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


def filled_in(
    row: Row, words: Words, framework: Framework, name: str
) -> tuple[Filled, list[Problem]]:
    """Return what a row says, and everything wrong with it."""
    place = row.place("answer")
    faults = list(_unreadable(row))
    if faults:
        return Filled(place), faults
    values: dict[str, str] = {}
    for column, read in READ.items():
        cell = row.cell(column)
        try:
            values[column] = read(cell) if cell is not None and normal(cell.text) else ""
        except Unclear as error:
            faults.append(Problem(row.place(column), str(error)))
    faults += _claim(row, values)
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


def _claim(row: Row, values: dict[str, str]) -> Iterator[Problem]:
    """Put the cell in which something is claimed in place of what it says."""
    said, reason = values.get("claim", ""), values.get("claim_reason", "")
    if said == "no" and reason:
        message = _("It is said not to be confidential, and why it is. Correct one of the two.")
        yield Problem(row.place("claim"), message)
    # A reason alone is a claim: nobody gives one for what may be published.
    column = "claim" if said else "claim_reason"
    values["claim"] = row.place(column) if said == "yes" or (reason and not said) else ""


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
