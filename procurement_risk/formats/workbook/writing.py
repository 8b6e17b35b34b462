"""The workbook that a supplier fills in: XLSX without formulas, macros or passwords."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from procurement_risk import language
from procurement_risk.assessment import Assessment
from procurement_risk.canonical import digest_of
from procurement_risk.errors import UsageError
from procurement_risk.formats.workbook import layout, limits
from procurement_risk.formats.workbook.guide import write_guide, write_signature
from procurement_risk.formats.workbook.layout import (
    COLUMNS,
    DATE_LIKE,
    FILLED,
    PROPERTY,
    STATES,
    Asked,
    Stamp,
)
from procurement_risk.formats.workbook.lists import Lists
from procurement_risk.formats.workbook.written_cells import (
    FILL,
    HEAD,
    LINE,
    SECTION,
    for_print,
    put,
    set_height,
    text_cell,
)
from procurement_risk.formats.workbook.xlsx import unescaped
from procurement_risk.framework import Framework, QuestionType
from procurement_risk.language import N_, _

WIDTHS = {
    "id": 10,
    "ask": 42,
    "how": 54,
    "answer": 34,
    "reason": 22,
    "link": 26,
    "note": 30,
    "valid_until": 14,
    "claim": 14,
    "claim_reason": 26,
}
KINDS: Mapping[QuestionType, str] = {
    "single": N_("Choose one:"),
    "multiple": N_("Choose any number, each on a line of its own:"),
    "text": N_("Write a text."),
    "number": N_("Write a number, in digits only."),
    "date": N_("Write a date, such as {date}."),
}
"""What each type of question asks for."""

KEEP_LINE = N_("Please leave this line as it is.")


def stamp_of(
    assessment: Assessment, framework: Framework, issued_at: str, return_by: str = ""
) -> Stamp:
    """Return the stamp of a workbook made at ``issued_at``, an ISO time in UTC."""
    stamp = Stamp(
        assessment=layout.reference_of(assessment.id),
        framework=framework.id,
        version=framework.version,
        digest=digest_of(dict(framework.document)),
        pack=assessment.answer_set.pack,
        language=language.current(),
        issued_at=issued_at,
        return_by=return_by,
    )
    return replace(stamp, issue=stamp.issue_number())


def write_workbook(
    assessment: Assessment,
    framework: Framework,
    issued_at: str,
    return_by: str = "",
    contact: str = "",
) -> bytes:
    """Return the workbook for the supplier of ``assessment``, in the language in use.

    It holds no weight, risk value, red flag or note, no answer of anybody's and no other bidder.
    It says by which ISO day to return it, and whom to ask, where that is given.

    Raises:
        UsageError: If nothing in the pack is for the supplier to answer.
    """
    rows = layout.asked(framework, assessment.answer_set)
    if not rows:
        raise UsageError(_(layout.NOTHING_TO_ASK))
    stamp = stamp_of(assessment, framework, issued_at, return_by)
    return write_rows(assessment, framework, stamp, rows, contact)


def write_rows(
    assessment: Assessment,
    framework: Framework,
    stamp: Stamp,
    rows: tuple[Asked, ...],
    contact: str = "",
    filled: Mapping[str, Mapping[str, str]] | None = None,
    signed: Mapping[str, str] | None = None,
) -> bytes:
    """Return the workbook that asks ``rows``, as ``stamp`` says that it was sent out.

    ``filled`` is what the supplier wrote elsewhere than in it: by question, then by column;
    ``signed`` is who answers for that.
    """
    book = Workbook()
    guide, sheet = book.active, book.create_sheet(_sheet_name(_(layout.QUESTIONS)))
    guide.title = _sheet_name(_(layout.INSTRUCTIONS))
    write_guide(guide, assessment, framework, stamp, contact, len(rows))
    signature = book.create_sheet(_sheet_name(_(layout.SIGNATURE)))
    write_signature(signature, signed or {})
    options = book.create_sheet(layout.OPTIONS_SHEET)
    _write_questions(sheet, options, framework, rows, filled or {})
    text = text_cell(sheet, sheet.max_row + 1, 2, f"{_(KEEP_LINE)} {layout.stamp_line(stamp)}")
    text.font = Font(size=8, color="FF5A6675")
    _write_texts(book, (guide, signature), sheet)
    _write_stamp(book, stamp)
    options.sheet_state = "hidden"
    book.properties.title = put(_("Questions for {supplier}"), supplier=assessment.supplier.name)
    book.properties.creator = put("{buyer}", buyer=assessment.purchase.buyer)
    book.properties.language = framework.language
    _refuse_unreadable(book)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _refuse_unreadable(book: Workbook) -> None:
    """Refuse to send out more than is read of what comes back.

    Raises:
        UsageError: If there is more.
    """
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    text = sum(len(cell.value) for cell in cells)
    # As much again is left for what the supplier writes.
    if (
        max(sheet.max_row for sheet in book) > limits.MOST_ROWS
        or len(cells) > limits.MOST_CELLS / 2
        or text > limits.MOST_TEXT / 2
    ):
        raise UsageError(
            _(
                "The pack asks more than one workbook can carry there and back. "
                "Choose a smaller pack."
            )
        )


def _sheet_name(words: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", words)[:31]


# --- The sheets ---------------------------------------------------------------------------


def _write_questions(
    sheet: Worksheet,
    options: Worksheet,
    framework: Framework,
    rows: tuple[Asked, ...],
    filled: Mapping[str, Mapping[str, str]],
) -> None:
    for column, (name, words) in enumerate(COLUMNS.items(), start=1):
        cell = text_cell(sheet, 1, column, _(words))
        cell.font, cell.fill, cell.border = Font(bold=True, color="FFFFFFFF"), HEAD, LINE
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS[name]
    set_height(sheet, 1, [(_(words), WIDTHS[name]) for name, words in COLUMNS.items()])
    lists = Lists(sheet, options)
    number, section = 1, ""
    for each in rows:
        number += 1
        if each.section.id != section:
            section = each.section.id
            _write_heading(sheet, number, each.section.title)
            number += 1
        _write_question(sheet, number, framework, each, filled.get(each.question.id, {}))
        lists.offer(number, framework, each.question)
        lists.put("claim", number, tuple(map(_, layout.CLAIMED.values())), insists=True)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.sheet_view.showGridLines = False
    for_print(sheet, "landscape")


def _write_heading(sheet: Worksheet, number: int, title: str) -> None:
    for column in range(1, len(COLUMNS) + 1):
        cell = text_cell(sheet, number, column, title if column == 2 else "")
        cell.fill, cell.font = SECTION, Font(bold=True, size=12)
        if column != 2:
            cell.value = None
    set_height(sheet, number, [(title, WIDTHS["ask"])], 1.2)


def _write_question(
    sheet: Worksheet, number: int, framework: Framework, each: Asked, filled: Mapping[str, str]
) -> None:
    question = each.question
    shown = {"id": question.id, "ask": question.ask, "how": _how(framework, each)}
    set_height(sheet, number, [(text, WIDTHS[name]) for name, text in shown.items()])
    for column, name in enumerate(COLUMNS, start=1):
        cell = text_cell(sheet, number, column, shown.get(name, ""))
        cell.border = LINE
        if name not in FILLED:
            continue
        cell.fill = FILL
        if filled.get(name):
            text_cell(sheet, number, column, filled[name])
            continue
        cell.value = None
        if name == "valid_until" or (name == "answer" and question.type == "date"):
            cell.number_format = "yyyy-mm-dd"
        elif name == "answer" and question.type == "number":
            cell.number_format = "General"


def _how(framework: Framework, each: Asked) -> str:
    question = each.question
    lines = layout.guidance_of(each)
    lines.append(_(KINDS[question.type]).format(date=DATE_LIKE))
    lines += [f"• {label}" for label in layout.choices(question)]
    instead = [_(STATES[state]) for state in layout.states(framework, question)]
    lines.append(_("Or: {states}").format(states=" · ".join(instead)))
    if question.evidence:
        lines.append(_("Evidence: {evidence}").format(evidence=question.evidence))
    return "\n".join(lines)


def _write_texts(book: Workbook, beside: Iterable[Worksheet], sheet: Worksheet) -> None:
    """Note a digest of each text that the supplier is shown, to tell when one was changed."""
    noted = {
        f"{each.title} {cell.row}": str(cell.value)
        for each in beside
        for cell in each["A"]
        if cell.value
    }
    column = list(COLUMNS).index("how")
    for cells in sheet.iter_rows(min_row=2):
        if cells[0].value:
            noted[str(cells[0].value)] = str(cells[column].value)
    texts = book.create_sheet(layout.TEXTS_SHEET)
    texts.sheet_state = "hidden"
    for number, (key, text) in enumerate(noted.items(), start=1):
        text_cell(texts, number, 1, key)
        text_cell(texts, number, 2, layout.text_digest(unescaped(text)))


def _write_stamp(book: Workbook, stamp: Stamp) -> None:
    sheet = book.create_sheet(layout.META_SHEET)
    sheet.sheet_state = "hidden"
    for number, (key, value) in enumerate(stamp.document().items(), start=1):
        text_cell(sheet, number, 1, key)
        text_cell(sheet, number, 2, value)
        book.custom_doc_props.append(StringProperty(name=f"{PROPERTY}{key}", value=value))
