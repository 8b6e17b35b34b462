"""The workbook that a supplier fills in: XLSX without formulas, macros or passwords."""

from __future__ import annotations

import io
import re
import textwrap
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, replace

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from procurement_risk import language
from procurement_risk.assessment import Assessment
from procurement_risk.canonical import digest_of
from procurement_risk.errors import UsageError
from procurement_risk.framework import Framework, Question, QuestionType
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import one_line, without_unseen
from procurement_risk.workbook import layout, limits
from procurement_risk.workbook.layout import COLUMNS, FILLED, PROPERTY, STATES, Asked, Stamp
from procurement_risk.workbook.xlsx import unescaped

LONGEST_CELL = 32_000  # Excel holds 32,767 characters
WIDTHS = {"id": 10, "ask": 42, "how": 54, "answer": 34, "reason": 22, "link": 26, "note": 30}
GUIDE_WIDTH = 76
LINE_HEIGHT, TALLEST = 14.5, 409.0  # points; Excel shows no row taller than that
HEAD, SECTION, FILL = (
    PatternFill("solid", fgColor=colour) for colour in ("FF1F3A5F", "FFE3EAF3", "FFFFFBE6")
)
LINE = Border(*[Side("thin", color="FFB8C2CF")] * 4)
WRAPPED = Alignment(wrap_text=True, vertical="top")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
KINDS: Mapping[QuestionType, str] = {
    "single": N_("Choose one:"),
    "multiple": N_("Choose any number, each on a line of its own:"),
    "text": N_("Write a text."),
    "number": N_("Write a number, in digits only."),
    "date": N_("Write a date, such as {date}."),
}
"""What each type of question asks for."""


def stamp_of(assessment: Assessment, framework: Framework, issued_at: str) -> Stamp:
    """Return the stamp of a workbook made at ``issued_at``, an ISO time in UTC."""
    stamp = Stamp(
        assessment=layout.reference_of(assessment.id),
        framework=framework.id,
        version=framework.version,
        digest=digest_of(dict(framework.document)),
        pack=assessment.answer_set.pack,
        language=language.current(),
        issued_at=issued_at,
    )
    return replace(stamp, issue=stamp.issue_number())


def write_workbook(assessment: Assessment, framework: Framework, issued_at: str) -> bytes:
    """Return the workbook for the supplier of ``assessment``, in the language in use.

    It holds no weight, risk value, red flag or note, no answer of anybody's and no other bidder.

    Raises:
        UsageError: If nothing in the pack is for the supplier to answer.
    """
    rows = layout.asked(framework, assessment.answer_set)
    if not rows:
        raise UsageError(_(layout.NOTHING_TO_ASK))
    stamp = stamp_of(assessment, framework, issued_at)
    book = Workbook()
    guide, sheet = book.active, book.create_sheet(_sheet_name(_(layout.QUESTIONS)))
    guide.title = _sheet_name(_(layout.INSTRUCTIONS))
    _write_guide(guide, assessment, framework, stamp, len(rows))
    options = book.create_sheet(layout.OPTIONS_SHEET)
    _write_questions(sheet, options, framework, rows)
    _write_texts(book, guide, sheet)
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


def put(words: str, **values: str) -> str:
    """Return ``words`` with each of ``values`` in place, on one line."""
    return words.format(**{key: one_line(value) for key, value in values.items()})


def _sheet_name(words: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", words)[:31]


def text_cell(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write ``text`` into a cell as text, whatever it begins with, and return the cell."""
    cell = sheet.cell(row, column)
    shown = without_unseen(text)[:LONGEST_CELL]
    cell.value = _ESCAPE.sub("_x005F_", shown)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = WRAPPED
    return cell


# --- The sheets ---------------------------------------------------------------------------


def _write_guide(
    sheet: Worksheet, assessment: Assessment, framework: Framework, stamp: Stamp, count: int
) -> None:
    lines = [
        put(_("Questions for {supplier}"), supplier=assessment.supplier.name),
        put(
            _("{title}, for {buyer}"),
            title=assessment.purchase.title,
            buyer=assessment.purchase.buyer,
        ),
        put(
            _("{framework}, version {version}; as of {date}"),
            framework=framework.title,
            version=framework.version,
            date=day(stamp.issued_at),
        ),
        put(_("Issue {number}. Quote it when you write to us."), number=stamp.issue),
    ]
    if assessment.fictional:
        lines.append(_("Fictional demonstration data"))
    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    for number, line in enumerate([*lines, "", *_guidance(count)], start=1):
        size = 1.5 if number == 1 else 1
        cell = text_cell(sheet, number, 1, line)
        cell.font = Font(bold=number == 1, size=11 * size)
        _set_height(sheet, number, [(line, GUIDE_WIDTH * 1.15 / size)], size)
    sheet.sheet_view.showGridLines = False
    _for_print(sheet, "portrait")


def _guidance(count: int) -> list[str]:
    states = " · ".join(_(words) for words in STATES.values())
    return [
        put(
            _("Please fill in the sheet {sheet}: {count} questions, one to a row."),
            sheet=_(layout.QUESTIONS),
            count=f"{count:,}",
        ),
        _("Write in the four pale columns only. Save the file as XLSX and send it back."),
        _("Where there is a list, choose from it: any other words cannot be counted."),
        _("The choices stand in alphabetical order. Their order says nothing about them."),
        _("Where several may be chosen, write each on a line of its own (Alt and Enter)."),
        _("You may always answer with one of these, where the list has it: {states}.").format(
            states=states
        ),
        _("If something does not apply to you, say why in the column beside."),
        _("Say what supports each answer: the document, and the page or section in it."),
        _("A row left empty changes nothing: an answer you gave us before still stands."),
        _(
            "Answers you gave before are not filled in here, because people on our side have "
            "worked with them since."
        ),
        _("Do not change the numbers in the first column, and use no formulas: write the result."),
        _("Rows and sheets may be sorted, moved or renamed. We find each row by its number."),
        _("Do not protect the file with a password: we could not open it."),
        _("Please leave out personal data that the question does not ask for."),
    ]


def _write_questions(
    sheet: Worksheet, options: Worksheet, framework: Framework, rows: tuple[Asked, ...]
) -> None:
    for column, (name, words) in enumerate(COLUMNS.items(), start=1):
        cell = text_cell(sheet, 1, column, _(words))
        cell.font, cell.fill, cell.border = Font(bold=True, color="FFFFFFFF"), HEAD, LINE
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS[name]
    _set_height(sheet, 1, [(_(words), WIDTHS[name]) for name, words in COLUMNS.items()])
    lists = _Lists(sheet, options)
    number, section = 1, ""
    for each in rows:
        number += 1
        if each.section.id != section:
            section = each.section.id
            _write_heading(sheet, number, each.section.title)
            number += 1
        _write_question(sheet, number, framework, each)
        lists.offer(number, framework, each.question)
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.sheet_view.showGridLines = False
    _for_print(sheet, "landscape")


def _set_height(
    sheet: Worksheet, row: int, texts: list[tuple[str, float]], size: float = 1
) -> None:
    """Make a row tall enough for ``texts``, each in a column so many characters wide.

    LibreOffice keeps a row that states no height at one line, whatever stands in it.
    """
    most = max(_lines(text, width * 0.95) for text, width in texts)
    sheet.row_dimensions[row].height = min(TALLEST, (most * LINE_HEIGHT + 3) * size)


def _lines(text: str, width: float) -> int:
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text) > len(text) / 3
    room = max(1, int(width / 2 if wide else width))
    return sum(len(textwrap.wrap(line, room)) or 1 for line in text.split("\n")) or 1


def _write_heading(sheet: Worksheet, number: int, title: str) -> None:
    for column in range(1, len(COLUMNS) + 1):
        cell = text_cell(sheet, number, column, title if column == 2 else "")
        cell.fill, cell.font = SECTION, Font(bold=True, size=12)
        if column != 2:
            cell.value = None
    _set_height(sheet, number, [(title, WIDTHS["ask"])], 1.2)


def _write_question(sheet: Worksheet, number: int, framework: Framework, each: Asked) -> None:
    question = each.question
    shown = {"id": question.id, "ask": question.ask, "how": _how(framework, each)}
    _set_height(sheet, number, [(text, WIDTHS[name]) for name, text in shown.items()])
    for column, name in enumerate(COLUMNS, start=1):
        cell = text_cell(sheet, number, column, shown.get(name, ""))
        cell.border = LINE
        if name not in FILLED:
            continue
        cell.value = None
        cell.fill = FILL
        if name == "answer" and question.type in ("date", "number"):
            cell.number_format = "yyyy-mm-dd" if question.type == "date" else "General"


def _how(framework: Framework, each: Asked) -> str:
    question = each.question
    lines = [each.maybe] if each.maybe else []
    if question.answered_by == "joint":
        lines.append(_("We answer this together with you."))
    if question.help:
        lines.append(question.help)
    lines.append(_(KINDS[question.type]).format(date="2027-03-31"))
    lines += [f"• {label}" for label in layout.choices(question)]
    instead = [_(STATES[state]) for state in layout.states(framework, question)]
    lines.append(_("Or: {states}").format(states=" · ".join(instead)))
    if question.evidence:
        lines.append(_("Evidence: {evidence}").format(evidence=question.evidence))
    return "\n".join(lines)


def _for_print(sheet: Worksheet, orientation: str) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4  # inches
    sheet.oddFooter.center.text = "&P / &N"


class _Lists:
    """The drop-down lists, one under another on the hidden sheet; equal ones are written once."""

    def __init__(self, sheet: Worksheet, options: Worksheet) -> None:
        self._sheet, self._options = sheet, options
        self._made: dict[tuple[tuple[str, ...], bool], DataValidation] = {}
        self._next = 1

    def offer(self, row: int, framework: Framework, question: Question) -> None:
        """Give the answer cell of ``row`` its list; only a single choice insists on it."""
        labels = layout.choices(question)
        known = {label.casefold() for label in labels}
        words = [_(STATES[state]) for state in layout.states(framework, question)]
        entries = (*labels, *(each for each in words if each.casefold() not in known))
        self.put("answer", row, entries, insists=question.type == "single")

    def put(self, name: str, row: int, entries: tuple[str, ...], *, insists: bool) -> None:
        """Give the cell of ``row`` in the column ``name`` a list of ``entries``."""
        if (entries, insists) not in self._made:
            self._made[entries, insists] = self._make(entries, insists)
        column = get_column_letter(list(COLUMNS).index(name) + 1)
        self._made[entries, insists].add(f"{column}{row}")

    def _make(self, entries: tuple[str, ...], insists: bool) -> DataValidation:
        first = self._next
        for number, entry in enumerate(entries, start=first):
            text_cell(self._options, number, 1, entry)
        last = first + len(entries) - 1
        self._next = last + 2  # a list ends where a cell is empty
        found = DataValidation(
            type="list",
            formula1=f"'{layout.OPTIONS_SHEET}'!$A${first}:$A${last}",
            allow_blank=True,
            showErrorMessage=insists,
            errorTitle=_("Not in the list"),
            error=_("Please choose an answer from the list.")[:225],
        )
        self._sheet.add_data_validation(found)
        return found


def _write_texts(book: Workbook, guide: Worksheet, sheet: Worksheet) -> None:
    """Note a digest of each text that the supplier is shown, to tell when one was changed."""
    noted = {f"{guide.title} {cell.row}": str(cell.value) for cell in guide["A"] if cell.value}
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
    for number, (key, value) in enumerate(asdict(stamp).items(), start=1):
        text_cell(sheet, number, 1, key)
        text_cell(sheet, number, 2, value)
        book.custom_doc_props.append(StringProperty(name=f"{PROPERTY}{key}", value=value))
