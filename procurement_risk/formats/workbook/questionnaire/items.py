"""The rows of a sheet parted: sections, questions, and rows that go on with the one above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from procurement_risk.formats.workbook import limits
from procurement_risk.formats.workbook.plain import Cell, Sheet
from procurement_risk.formats.workbook.questionnaire.mapping import SheetMapping
from procurement_risk.formats.workbook.questionnaire.notes import Notes
from procurement_risk.formats.workbook.questionnaire.roles import (
    COUNTS,
    LONGEST_HEADING,
    role_of,
    scored_answer,
)
from procurement_risk.formats.workbook.questionnaire.texts import place, text_of
from procurement_risk.language import _
from procurement_risk.language.text import shorten

GOES_ON = ("options", "option", "risk", "marks", "help", "evidence", "expected", "good")
"""What a row without a question of its own may add to the question above."""

ANSWERS = frozenset({"options", "option"})

_SUM = re.compile(
    r"(?:(?:grand|sub|overall)[- ]?)?totals?(?: scores?| weight(?:ing)?)?:?|sum:?", re.I
)
_NUMBERED = re.compile(r"([A-Z]?\d{1,3}(?:\.\d{1,3})*)[.):]?\s+(?=\S)")
_ASKS = re.compile(
    r"\?|^(?:please|describe|provide|state|list|confirm|explain|give|attach)\b", re.I
)


@dataclass(slots=True)
class Item:
    """A question as it stands in the sheet: its row, and the rows that go on with it.

    Attributes:
        section: What it stands under, or empty.
        is_numbered: Whether its number begins its text, as no column has it.
        rows: The numbers of its rows.
    """

    sheet: Sheet
    mapping: SheetMapping
    section: str
    is_numbered: bool = False
    rows: list[int] = field(default_factory=list)

    def place(self, role: str, row: int = 0) -> str:
        """Return where the cell of ``role`` is; that of the question where there is none."""
        number = self.mapping.column(role) or self.mapping.column("question")
        return place(self.sheet.name, row or self.rows[0], number)

    def cells(self, role: str) -> Iterator[tuple[int, int, str]]:
        """Yield the row, the column and the text of each filled cell of ``role``."""
        for row in self.rows:
            for number in self.mapping.columns_of(role):
                if text := text_of(self.sheet.rows.get(row, {}).get(number)):
                    yield row, number, text

    def text(self, role: str) -> str:
        """Return the texts of ``role``, a line each."""
        if self.is_numbered and role == "id":
            found = _NUMBERED.match(self._texts("question"))
            return found[1] if found else ""
        text = self._texts(role)
        return _NUMBERED.sub("", text) if self.is_numbered and role == "question" else text

    def _texts(self, role: str) -> str:
        return "\n".join(text for _row, _number, text in self.cells(role))

    def cell(self, role: str) -> Cell | None:
        """Return the cell of ``role`` in its first row."""
        return self.sheet.rows.get(self.rows[0], {}).get(self.mapping.column(role))

    def offered(self) -> tuple[str, ...] | None:
        """Return what the drop-down list of its answer offers; None where there is none."""
        number, row = self.mapping.column("answer"), self.rows[0]
        lists = (each for each in self.sheet.form.lists if each.holds(row, number))
        found = next(lists, None)
        return found.choices if found else None


def items_in(sheet: Sheet, mapping: SheetMapping, notes: Notes) -> list[Item]:
    """Return the questions of a sheet, and note each column and row that was left out."""
    _note_columns(sheet, mapping, notes)
    return list(_Parting(sheet, mapping, notes).items())


def _note_columns(sheet: Sheet, mapping: SheetMapping, notes: Notes) -> None:
    """Say which columns are not read, each once, at its heading."""
    over: dict[int, tuple[int, str]] = {}
    for row in sorted(row for row in sheet.rows if row < mapping.first_row)[-2:]:
        for number, cell in sheet.rows[row].items():
            if text := text_of(cell):
                over[number] = (row, text)
    if not over.keys() & mapping.columns.keys():
        return
    for number, (row, text) in sorted(over.items()):
        where = place(sheet.name, row, number)
        if number not in mapping.columns and row == mapping.first_row - 1:
            message = _("{heading}: this column was not read.")
            if scored_answer(text)[0]:
                message = _(
                    "{heading}: this column was not read. Nothing says whether a higher score is "
                    "worse (risk) or better (marks): say so where the columns are named."
                )
            notes.add(where, message.format(heading=shorten(text)))
        elif number in sheet.form.columns and number in mapping.columns:
            notes.add(where, _("This column is hidden, and was read."))


class _Parting:
    """Parts the rows of one sheet."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping, notes: Notes) -> None:
        self.sheet, self.mapping, self.notes = sheet, mapping, notes
        self.question = mapping.column("question")
        self.hidden = frozenset(sheet.form.rows)
        self.rows = [row for row in sorted(sheet.rows) if row >= mapping.first_row]
        self.wide = {
            area.top
            for area in sheet.form.merged
            if area.right > area.left and area.left <= max(1, self.question) <= area.right
        } | {area.top for area in sheet.form.merged if area.right > area.left == 1}
        answer = mapping.column("answer")
        self.listed = {
            row
            for area in sheet.form.lists
            if area.left <= answer <= area.right
            for row in range(area.top, min(area.bottom, limits.MOST_ROWS) + 1)
        }
        self.texts = {row: self._texts(row) for row in self.rows}
        full = sum(len(self.texts[row]) > 1 or row in self.listed for row in self.rows)
        asked = [self.texts[row].get(self.question, "") for row in self.rows]
        numbered = sum(_NUMBERED.match(text) is not None for text in asked)
        self.is_numbered = not mapping.column("id") and numbered > 1 and 2 * numbered > len(asked)
        self.is_more_usual = 2 * full > len(self.rows)

    def items(self) -> Iterator[Item]:
        section, item = "", None
        bare: tuple[int, dict[int, str]] | None = None  # a heading under which nothing stood yet
        for index, row in enumerate(self.rows):
            texts = self.texts[row]
            self._note_unread(row)
            if not texts or self._is_repeated(texts):
                continue
            if row in self.hidden:
                self._left(row, texts, _("The row is hidden: show it to carry it over."))
                continue
            if item and self._is_one_more_answer(row, texts):
                item.rows.append(row)
            elif heading := self._heading(index, row, texts):
                self._left_bare(bare)
                section, item, bare = heading, None, (row, texts)
            elif self.question in texts and self._is_sum(texts):
                self._left(row, texts, _("This is a sum, and no question."))
            elif self.question in texts:
                if named := texts.get(self.mapping.column("section")):
                    section = named
                bare = None
                item = Item(self.sheet, self.mapping, section, self.is_numbered, [row])
                yield item
            elif item and any(self.mapping.columns[n] in GOES_ON for n in texts):
                item.rows.append(row)
            else:
                self._left(row, texts, _("No question stands in this row."))
        self._left_bare(bare)

    def _texts(self, row: int) -> dict[int, str]:
        cells = self.sheet.rows[row]
        found = {n: text_of(cells[n]) for n in sorted(self.mapping.columns) if n in cells}
        texts = {n: text for n, text in found.items() if text}
        if not texts and row in self.wide:  # a heading over columns that hold nothing
            texts = {n: text_of(cell) for n, cell in sorted(cells.items()) if text_of(cell)}
        return texts

    def _is_repeated(self, texts: dict[int, str]) -> bool:
        """Whether the headings stand here once more, as on a page that is printed."""
        said = texts.get(self.question, "")
        return (
            len(said) <= LONGEST_HEADING
            and role_of(said) == "question"
            and ("?" not in said and len(said.split()) < 3)
        )

    def _is_sum(self, texts: dict[int, str]) -> bool:
        """Whether the row adds up what stands above it: nothing but a weight beside the word."""
        roles = {self.mapping.columns.get(number) for number in texts}
        return _SUM.fullmatch(texts[self.question].strip()) is not None and roles <= {
            *("question", "weight"),
            *COUNTS,
        }

    def _is_one_more_answer(self, row: int, texts: dict[int, str]) -> bool:
        """Whether the row holds an answer and nothing else, so that it is no section's title."""
        roles = {self.mapping.columns.get(number) for number in texts}
        return row not in self.wide and bool(roles & ANSWERS) and roles <= {*ANSWERS, *COUNTS}

    def _heading(self, index: int, row: int, texts: dict[int, str]) -> str:
        """Return the title of the section that begins here, or empty."""
        number = self.mapping.column("id")
        said = [text for n, text in texts.items() if n != number or self.question not in texts]
        title = said[0] if said else ""
        is_only = len(set(said)) == 1 and "\n" not in title and len(title) <= 200
        if not is_only or _ASKS.search(title) or row in self.listed:
            return ""
        if row in self.wide or self.question not in texts:
            return title
        if not number and self.is_numbered and (begins := _NUMBERED.match(title)):
            return title if self._is_above(index, begins[1]) else ""
        if not number:
            return title if self._is_alone(texts) else ""
        own = texts.get(number, "")
        if not own:
            return title if self._numbered_below(index) else ""
        return f"{own} {title}" if self._is_above(index, own) else ""

    def _is_alone(self, texts: dict[int, str]) -> bool:
        """Whether others have more than a question, so that this one without is a heading."""
        return len(self.mapping.columns) > 1 and len(texts) == 1 and self.is_more_usual

    def _numbered_below(self, index: int) -> bool:
        number = self.mapping.column("id")
        return any(number in self.texts[row] for row in self.rows[index + 1 : index + 3])

    def _is_above(self, index: int, own: str) -> bool:
        """Whether the next number is one below ``own``: 1 above 1.1, DOCU above DOCU-01."""
        number, start = self.mapping.column("id"), own.strip().rstrip(".")
        number = number or self.question
        following = (self.texts[row].get(number, "") for row in self.rows[index + 1 : index + 4])
        nearest = next((each for each in following if each), "")
        return re.match(rf"{re.escape(start)}\s*[.\-_/]\s*\w", nearest) is not None

    def _note_unread(self, row: int) -> None:
        for number, cell in sorted(self.sheet.rows[row].items()):
            if number not in self.mapping.columns:
                continue
            where = place(self.sheet.name, row, number)
            if cell.note:
                message = _("A note is pinned here and was left out: {text}.")
                self.notes.add(where, message.format(text=shorten(cell.note)))
            if cell.kind == "formula" and not cell.shown:
                message = _("A formula stands here without a result: write its result instead.")
                self.notes.add(where, message)
            elif cell.kind == "formula":
                message = _("A formula stands here. What it last came to was taken: {text}.")
                self.notes.add(where, message.format(text=shorten(cell.shown)))
            elif cell.kind == "error":
                message = _("An error value ({value}) stands here and was left out.")
                self.notes.add(where, message.format(value=shorten(cell.text)))
            elif cell.struck:
                message = _("This is struck out: {text}. Delete it, or take the line away.")
                self.notes.add(where, message.format(text=shorten(cell.struck)))

    def _left_bare(self, bare: tuple[int, dict[int, str]] | None) -> None:
        """Say that the title of a section was left out, as of notes at the end of a sheet."""
        if bare:
            self._left(*bare, _("No question stands under it."))

    def _left(self, row: int, texts: dict[int, str], why: str) -> None:
        for number, text in texts.items():
            words = _("{text}: left out. {why}").format(text=shorten(text), why=why)
            self.notes.add(place(self.sheet.name, row, number), words)
