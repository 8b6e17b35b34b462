"""A framework as a workbook that can be edited and brought in again: nothing of it is lost.

Questions and sections stand a row each; the rest as YAML, a line to a row. A hidden sheet holds
the whole as it was, so that what nobody touched comes back to the letter.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from procurement_risk.errors import UsageError
from procurement_risk.formats.workbook import limits
from procurement_risk.formats.workbook.questionnaire.columns import (
    QUESTION,
    SECTION,
    Around,
    Column,
)
from procurement_risk.formats.workbook.written_cells import (
    HEAD,
    LINE,
    for_print,
    set_height,
    text_cell,
)
from procurement_risk.framework import DEFAULT_LANGUAGE
from procurement_risk.framework.yaml_writing import write_yaml
from procurement_risk.language import N_, _, name_of

KEPT = "_framework"
"""The hidden sheet: the whole document as it was, and what each heading stands for."""

PIECE = 30_000
OF_SECTION = "section"
QUESTIONS, SECTIONS, REST, GUIDE = N_("Questions"), N_("Sections"), N_("Settings"), N_("Read me")
LISTS: Mapping[str, str] = {
    "type": "single,multiple,text,number,date",
    "core": "yes",
    "answered_by": "buyer,supplier,joint,tool",
    "procurement_use": "internal,information,mandatory,award,term",
    "role": "context,decisive,challenge",
    "pillar": "privacy,transparency,equity,lock-in",
}


@dataclass(frozen=True, slots=True)
class MethodColumns:
    """How the questions of a method are written.

    Attributes:
        value: The key of an option's number.
        none: The columns that mean nothing to it.
    """

    value: str
    none: frozenset[str]


METHOD_COLUMNS: Mapping[str, MethodColumns] = {
    "weakest-section": MethodColumns("risk", frozenset({"scores"})),
    "impact-mitigation": MethodColumns(
        "points", frozenset({"weight", "core", "red_flag", "role"})
    ),
}
LINES = (
    N_("This workbook is a questionnaire. Change it, save it as XLSX, and bring it in again."),
    N_("Questions: a row each. A new row is a new question, a row taken out is a question gone."),
    N_(
        "An answer is a line such as a = 0: Yes. The number is its risk or its points; best first."
    ),
    N_("A condition is written as DP-1 is a or b, DP-1 is not c, any of (…; …), all of (…; …)."),
    N_("Numbers of questions and the letters of answers stay as they are: answers refer to them."),
    N_("Sections: a row each, in reading order. Settings: everything else, as YAML."),
    N_("Write a new version in Settings with every change."),
)


def to_spreadsheet(document: Mapping[str, Any]) -> bytes:
    """Return the framework in ``document`` as an XLSX file.

    What extends another comes whole, and says no longer what it extends: edits may go further
    than an extension may.

    Raises:
        UsageError: If it is larger than what is read of a workbook that comes back.
    """
    document = {key: value for key, value in document.items() if key != "based_on"}
    book = Workbook()
    guide = book.active
    guide.title = _(GUIDE)
    guide.column_dimensions["A"].width = 100
    for number, words in enumerate(LINES, start=1):
        text_cell(guide, number, 1, _(words))
    around = around_of(document)
    languages = document.get("languages", [DEFAULT_LANGUAGE])
    asked = [
        (section["id"], question)
        for section in document["sections"]
        for question in section["questions"]
    ]
    none = METHOD_COLUMNS[document["method"]].none
    of_questions = [column for column in QUESTION if column.key not in none]
    of_sections = [column for column in SECTION if column.key not in none]
    names = {
        _(QUESTIONS): _table(book, _(QUESTIONS), of_questions, asked, languages, around),
        _(SECTIONS): _table(
            book,
            _(SECTIONS),
            of_sections,
            [("", each) for each in document["sections"]],
            languages,
            around,
        ),
    }
    rest = book.create_sheet(_(REST))
    rest.column_dimensions["A"].width = 110
    for number, line in enumerate(rest_lines(document), start=1):
        text_cell(rest, number, 1, line)
    _keep(book, document, names)
    if any(sheet.max_row > limits.MOST_ROWS for sheet in book):
        raise UsageError(_("The questionnaire is too large for a workbook that comes back whole."))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def around_of(document: Mapping[str, Any]) -> Around:
    """Return what the cells of a framework are written and read with."""
    value = METHOD_COLUMNS[document["method"]].value
    return Around(document.get("languages", [DEFAULT_LANGUAGE])[0], value)


def rest_lines(document: Mapping[str, Any]) -> list[str]:
    """Return everything but the sections as lines of YAML."""
    rest = {key: value for key, value in document.items() if key != "sections"}
    return write_yaml(rest).rstrip("\n").split("\n")


def headings(columns: Iterable[Column], languages: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return the key and the language of each column by the words over it."""
    found: dict[str, tuple[str, str]] = {}
    for column in columns:
        for place, language in enumerate(languages if column.spoken else languages[:1]):
            words = _(column.words)
            words = words if place == 0 else f"{words} ({name_of(language)})"
            found[words] = (column.key, language)
    return found


def _table(
    book: Workbook,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[str, Mapping[str, Any]]],
    languages: Sequence[str],
    around: Around,
) -> dict[str, tuple[str, str]]:
    """Write a sheet with a row to each of ``rows``, and return what its headings stand for."""
    sheet = book.create_sheet(name)
    over = headings(columns, languages)
    is_asked = name == _(QUESTIONS)
    if is_asked:
        over = {_("Section"): (OF_SECTION, "")} | over
    by_key = {column.key: column for column in columns}
    widths = [by_key[key].width if key in by_key else 12 for key, _language in over.values()]
    for number, words in enumerate(over, start=1):
        cell = text_cell(sheet, 1, number, words)
        cell.font, cell.fill, cell.border = Font(bold=True, color="FFFFFFFF"), HEAD, LINE
        sheet.column_dimensions[get_column_letter(number)].width = widths[number - 1]
    for row, (section, one) in enumerate(rows, start=2):
        texts = [
            section if key == OF_SECTION else by_key[key].write(dict(one), language, around)
            for key, language in over.values()
        ]
        for number, text in enumerate(texts, start=1):
            text_cell(sheet, row, number, text).border = LINE
        set_height(sheet, row, list(zip(texts, widths, strict=True)))
    _offer(sheet, [key for key, _language in over.values()], len(rows) + 200)
    sheet.freeze_panes = "D2" if is_asked else "B2"
    for_print(sheet, "landscape")
    return over


def _offer(sheet: Worksheet, keys: Sequence[str], last: int) -> None:
    for number, key in enumerate(keys, start=1):
        if key in LISTS:
            letters = get_column_letter(number)
            offered = DataValidation(type="list", formula1=f'"{LISTS[key]}"', allow_blank=True)
            offered.add(f"{letters}2:{letters}{last}")
            sheet.add_data_validation(offered)


def _keep(
    book: Workbook, document: Mapping[str, Any], names: Mapping[str, dict[str, tuple[str, str]]]
) -> None:
    """Write the hidden sheet: the document in pieces, then sheet, heading, key and language."""
    sheet = book.create_sheet(KEPT)
    sheet.sheet_state = "hidden"
    text = json.dumps(document, ensure_ascii=True, separators=(",", ":"))
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    for number, piece in enumerate(pieces, start=1):
        text_cell(sheet, number, 1, piece)
    rows = [
        (name, words, key, language)
        for name, over in names.items()
        for words, (key, language) in over.items()
    ]
    rows.append((_(REST), "", "rest", ""))
    for number, row in enumerate(rows, start=1):
        for column, said in enumerate(row, start=2):
            text_cell(sheet, number, column, said)
