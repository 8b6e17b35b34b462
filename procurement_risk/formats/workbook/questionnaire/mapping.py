"""How the columns of a list of questions are read: proposed, changed by somebody, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.formats.workbook.plain import letters_of
from procurement_risk.formats.workbook.questionnaire.as_written import KEPT_UNDER, USUAL
from procurement_risk.formats.workbook.questionnaire.roles import ROLES, SEVERAL
from procurement_risk.formats.workbook.questionnaire.texts import number_of
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.language import _
from procurement_risk.language.text import shorten


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one sheet is read.

    Attributes:
        sheet: Its name.
        first_row: The first row below the headings.
        columns: What each column holds, by its number.
        ticks: The answer that stands over each column to tick.
    """

    sheet: str
    first_row: int
    columns: Mapping[int, str]
    ticks: Mapping[int, str] = field(default_factory=dict)

    def column(self, role: str) -> int:
        """Return the first column that holds ``role``, or 0."""
        return next((number for number, held in self.columns.items() if held == role), 0)

    def columns_of(self, role: str) -> list[int]:
        """Return every column that holds ``role``."""
        return [number for number, held in self.columns.items() if held == role]


@dataclass(frozen=True, slots=True)
class Mapped:
    """How a whole file is read.

    Attributes:
        sheets: The sheets that are read, in order.
        answers: What a question without anything to choose from offers.
        risks: What the owner says an answer counts for, by its words.
        numbers: What a number beside an answer is, risk or marks; empty: nobody said.
    """

    sheets: tuple[SheetMapping, ...]
    answers: tuple[str, ...] = USUAL
    risks: Mapping[str, int] = field(default_factory=dict)
    numbers: str = ""

    def document(self) -> dict[str, Any]:
        """Return it as a document."""
        sheets = []
        for each in self.sheets:
            columns = {letters_of(number): role for number, role in sorted(each.columns.items())}
            ticks = {letters_of(number): label for number, label in sorted(each.ticks.items())}
            sheets.append(
                {"sheet": each.sheet, "first_row": each.first_row, "columns": columns}
                | ({"ticks": ticks} if ticks else {})
            )
        found: dict[str, Any] = {"sheets": sheets, "answers": list(self.answers)}
        if self.risks:
            found["risks"] = dict(self.risks)
        if self.numbers:
            found["numbers"] = self.numbers
        return found

    def yaml(self) -> str:
        """Return it as the text of a mapping file."""
        return write_yaml(self.document())


def read_mapping(text: str, name: str) -> Mapped:
    """Return the mapping in a mapping file, or in the comments of a framework made with one.

    Raises:
        InvalidDocument: If it is none; ``problems`` lists every reason.
    """
    _before, found, after = text.partition(f"# {KEPT_UNDER}\n")
    if found:
        kept = []
        for line in after.splitlines():
            if not line.startswith("#   "):
                break
            kept.append(line.removeprefix("#   "))
        text = "\n".join(kept) + "\n"
    parsed = read_yaml(text)
    if parsed.problems:
        raise InvalidDocument(name, parsed.problems)
    problems: list[Problem] = []
    mapped = _mapped(parsed.data, problems)
    if problems:
        raise InvalidDocument(name, problems)
    return mapped


def _mapped(data: object, problems: list[Problem]) -> Mapped:
    document = data if isinstance(data, dict) else {}
    for key in document.keys() - {"sheets", "answers", "risks", "numbers"}:
        _fault(problems, _("{key} is no part of a mapping: delete it."), key=shorten(str(key)))
    sheets = document.get("sheets")
    if not isinstance(sheets, list) or not sheets:
        _fault(problems, _("Write under sheets which sheets are read, as convert shows them."))
        sheets = []
    answers, risks = document.get("answers", list(USUAL)), document.get("risks", {})
    if not _is_texts(answers) or len(answers) == 1:
        _fault(problems, _("Write under answers two answers at least, in brackets, or []."))
        answers = []
    if not isinstance(risks, dict) or not all(
        isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 10
        for value in risks.values()
    ):
        _fault(problems, _("Write under risks what each answer counts for, from 0 to 10."))
        risks = {}
    numbers = document.get("numbers", "")
    if numbers not in ("", "risk", "marks"):
        _fault(problems, _("Write numbers: risk where higher is worse, numbers: marks where not."))
    return Mapped(
        tuple(_sheet(each, problems) for each in sheets), tuple(answers), risks, str(numbers)
    )


def _sheet(data: object, problems: list[Problem]) -> SheetMapping:
    document = data if isinstance(data, dict) else {}
    name, first = document.get("sheet"), document.get("first_row")
    columns, ticks = document.get("columns"), document.get("ticks", {})
    if not isinstance(name, str):
        _fault(problems, _("A sheet needs its name: sheet: Questions."))
        name = ""
    if not isinstance(first, int) or isinstance(first, bool) or first < 1:
        _fault(problems, _("Write first_row: and the number of the first row below the headings."))
        first = 1
    if not isinstance(columns, dict) or not isinstance(ticks, dict):
        _fault(problems, _("Write columns as {{A: id, B: question}}."))
        columns, ticks = {}, {}
    held: dict[int, str] = {}
    for letters, role in columns.items():
        if not _is_column(letters):
            _fault(problems, _("{column} is no column: write its letters."), column=str(letters))
        elif role not in ROLES:
            words = _("{role} is nothing that a column holds. Use one of {known}.")
            _fault(problems, words, role=shorten(str(role)), known=", ".join(ROLES))
        elif role in held.values() and role not in SEVERAL:
            _fault(problems, _("Two columns hold {role}: keep one."), role=role)
        else:
            held[number_of(letters)] = role
    if "question" not in held.values():
        _fault(problems, _("Say which column holds the question: {{B: question}}."))
    over = {
        number_of(letters): str(label) for letters, label in ticks.items() if _is_column(letters)
    }
    return SheetMapping(name, first, held, over)


def _is_column(letters: object) -> bool:
    return (
        isinstance(letters, str)
        and letters.isalpha()
        and letters.isupper()
        and (letters.isascii() and len(letters) <= 3)
    )


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


def _fault(problems: list[Problem], message: str, **said: str) -> None:
    problems.append(Problem("", message.format(**said)))
