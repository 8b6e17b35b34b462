"""A framework's own workbook brought in again: what was edited counts, the rest is as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from procurement_risk.canonical import refuse
from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.formats.workbook.plain import Book, Cell, Sheet
from procurement_risk.formats.workbook.questionnaire.columns import (
    QUESTION,
    SECTION,
    Around,
    Column,
    Document,
    Unfit,
    chosen_from,
    kept,
)
from procurement_risk.formats.workbook.questionnaire.new_rows import filled
from procurement_risk.formats.workbook.questionnaire.texts import place
from procurement_risk.formats.workbook.questionnaire.written import (
    KEPT,
    OF_SECTION,
    around_of,
    rest_lines,
)
from procurement_risk.formats.workbook.written_cells import LONGEST_CELL
from procurement_risk.framework.document import Fault, check_framework
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.language import _
from procurement_risk.language.text import one_line, without_unseen
from procurement_risk.methods import METHODS

NEW: Document = {"title": "", "role": "decisive", "questions": []}


def is_own(book: Book) -> bool:
    """Whether a workbook is one that a framework was written to."""
    return any(sheet.name == KEPT for sheet in book.sheets)


def read_own(book: Book, name: str) -> Document:
    """Return the framework in a workbook of its own, edits included.

    Raises:
        InvalidDocument: If a cell cannot be taken, or the whole is no framework any more.
    """
    back = _Back(book, name)
    document = back.document()
    if back.problems:
        raise InvalidDocument(name, back.problems)
    faults = check_framework(document)
    if faults:
        raise InvalidDocument(name, [back.problem(document, each) for each in faults])
    return document


class _Back:
    """Reads one workbook."""

    def __init__(self, book: Book, name: str) -> None:
        self.name = one_line(name)
        self.cells: dict[str, str] = {}  # where each question or section has its number
        self.sheets = {sheet.name: sheet for sheet in book.sheets}
        self.problems: list[Problem] = []
        held = self.sheets[KEPT]
        pieces = (held.rows[row][1].text for row in sorted(held.rows) if 1 in held.rows[row])
        try:
            self.base: Document = json.loads("".join(pieces))
            is_whole = not check_framework(self.base)
        except (ValueError, RecursionError):
            is_whole = False
        if not is_whole:
            message = _("The hidden sheet {sheet} was changed. Write the workbook anew.")
            refuse(name, message.format(sheet=KEPT))
        self.over: dict[str, dict[str, tuple[str, str]]] = {}
        self.rest = ""
        for row in sorted(held.rows):
            sheet, words, key, language = (_text(held.rows[row].get(n)) for n in (2, 3, 4, 5))
            if key == "rest":
                self.rest = sheet
            elif key:
                self.over.setdefault(sheet, {})[words] = (key, language)

    def document(self) -> Document:
        """Return the document; ``problems`` says what could not be taken."""
        document = self._settings()
        around = around_of(self.base)
        sections = {each["id"]: each for each in self.base["sections"]}
        questions = {each["id"]: each for part in sections.values() for each in part["questions"]}
        names = list(self.over)
        parts = self._rows(names[1], SECTION, sections, around)
        rows = list(self._rows(names[0], QUESTION, questions, around))
        made: dict[str, Document] = {}
        for _section, part in parts:
            made[part["id"]] = {**part, "questions": []}
        if not made:
            made = {each: {**part, "questions": []} for each, part in sections.items()}
        for section, question in rows:
            wanted = section or next(iter(made))
            if wanted not in made:
                made[wanted] = {"id": wanted, **NEW, "title": wanted, "questions": []}
            made[wanted]["questions"].append(question)
        kept_ones = [part for part in made.values() if part["questions"]]
        document["sections"] = [_in_order(part, sections.get(part["id"])) for part in kept_ones]
        self._conditions(document)
        order = [*self.base, *(key for key in document if key not in self.base)]
        return {key: document[key] for key in order if key in document}

    def problem(self, document: Document, fault: Fault) -> Problem:
        """Return what is wrong with the whole, with the cell of the question that it is in."""
        part: object = document
        where = ""
        for step in fault.path:
            part = part[step] if isinstance(part, dict | list) else None  # type: ignore[index]
            where = self.cells.get(str(part.get("id")), where) if isinstance(part, dict) else where
        return Problem(
            where or fault.where, f"{where}: {fault.message}" if where else fault.message
        )

    def _settings(self) -> Document:
        base = {key: value for key, value in self.base.items() if key != "sections"}
        sheet = self.sheets.get(self.rest)
        if sheet is None or not sheet.rows:
            return base
        last = max(sheet.rows)
        lines = [_raw(sheet.rows.get(row, {}).get(1)).rstrip() for row in range(1, last + 1)]
        if lines == [line.rstrip() for line in rest_lines(self.base)]:
            return base
        parsed = read_yaml("\n".join(lines) + "\n")
        for problem in parsed.problems:
            where = place(sheet.name, max(problem.line, 1), 1)
            self.problems.append(Problem(where, f"{where}: {problem.message}"))
        return parsed.data if isinstance(parsed.data, dict) and not parsed.problems else base

    def _rows(
        self, name: str, columns: tuple[Column, ...], known: Mapping[str, Document], around: Around
    ) -> Iterator[tuple[str, Document]]:
        """Yield the section and the question, or nothing and the section, of each row."""
        sheet = self.sheets.get(name)
        if sheet is None:
            if columns is QUESTION:
                message = _("The sheet {name} is gone: put it back.")
                self.problems.append(Problem("", message.format(name=name)))
            return
        over = self.over[name]
        head = {n: over[text] for n, text in self._head(sheet).items() if text in over}
        own = next((n for n, (key, _language) in head.items() if key == "id"), 0)
        of = next((n for n, (key, _language) in head.items() if key == OF_SECTION), 0)
        seen: dict[str, int] = {}
        above: Document = {}
        for row in sorted(row for row in sheet.rows if row > 1):
            cells = sheet.rows[row]
            if not any(_text(cell) for cell in cells.values()):
                continue
            called = _text(cells.get(own))
            if not called or called in seen:
                message = _("Each row needs a number of its own.")
                self._fault(sheet, row, own or 1, message)
                continue
            seen[called] = row
            one = self._one(
                sheet, row, head, columns, dict(known.get(called, {"id": called})), around
            )
            self.cells[called] = place(sheet.name, row, own)
            if columns is QUESTION and METHODS[self.base["method"]].graded:
                if called not in known:
                    one = filled(one, above, f"{self.name}, {self.cells[called]}")
                above = one
            yield _text(cells.get(of)), one

    def _one(
        self,
        sheet: Sheet,
        row: int,
        head: Mapping[int, tuple[str, str]],
        columns: tuple[Column, ...],
        base: Document,
        around: Around,
    ) -> Document:
        by_key = {column.key: column for column in columns}
        one = base
        for number, (key, language) in head.items():
            column = by_key.get(key)
            if column is None or key == "id":
                continue
            cell = sheet.rows[row].get(number)
            if cell is not None and cell.kind in ("formula", "error"):
                self._fault(sheet, row, number, _("A formula stands here. Write its result."))
                continue
            text = _lines(_raw(cell))
            if text == _lines(without_unseen(column.write(base, language, around))[:LONGEST_CELL]):
                continue
            try:
                value: object = text if key == "when" else column.read(one, language, text, around)
            except Unfit as error:
                self._fault(sheet, row, number, f"{error}.")
                continue
            if key == "when" and text:
                value = {"said": text, "where": [sheet.name, row, number]}
            one = kept(one, key, value or None)
        return one

    def _conditions(self, document: Document) -> None:
        """Read the conditions that were edited, once every question and answer is known."""
        around = replace(around_of(self.base), find=chosen_from(document))
        read = next(column.read for column in QUESTION if column.key == "when")
        for part in document["sections"]:
            for one in (part, *part["questions"]):
                said = one.get("when")
                if not isinstance(said, dict) or "said" not in said:
                    continue
                sheet, row, number = said["where"]
                try:
                    one["when"] = read(one, "", said["said"], around)
                except Unfit as error:
                    where = place(sheet, row, number)
                    self.problems.append(Problem(where, f"{where}: {error}."))

    def _head(self, sheet: Sheet) -> dict[int, str]:
        return {number: one_line(_text(cell)) for number, cell in sheet.rows.get(1, {}).items()}

    def _fault(self, sheet: Sheet, row: int, number: int, message: str) -> None:
        where = place(sheet.name, row, number)
        self.problems.append(Problem(where, f"{where}: {message}"))


def _in_order(part: Document, base: Document | None) -> Document:
    """Return a section with its keys in the order of the file, the questions last."""
    order = [*(base or {"id": "", "title": "", "role": ""})]
    order += [key for key in part if key not in order]
    if base is None or [*base][-1] == "questions":
        order = [*(key for key in order if key != "questions"), "questions"]
    return {key: part[key] for key in order if key in part}


def _raw(cell: Cell | None) -> str:
    return "" if cell is None else (cell.shown or cell.text).replace("\r\n", "\n")


def _text(cell: Cell | None) -> str:
    return _lines(_raw(cell))


def _lines(text: str) -> str:
    """Return ``text`` without spaces at the ends of lines, which programs add and take away."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
