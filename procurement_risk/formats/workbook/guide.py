"""The sheets beside the questions: what to do, and who answers for it."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from procurement_risk.assessment import Assessment
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.layout import DATE_LIKE, STATES, Stamp
from procurement_risk.formats.workbook.written_cells import (
    FILL,
    LINE,
    for_print,
    put,
    set_height,
    text_cell,
)
from procurement_risk.framework import Framework
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import day

GUIDE_WIDTH, LABEL_WIDTH = 76, 34


def write_guide(
    sheet: Worksheet,
    assessment: Assessment,
    framework: Framework,
    stamp: Stamp,
    contact: str,
    count: int,
) -> None:
    """Write what the supplier is to do, and for whom."""
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
    if stamp.return_by:
        lines.append(put(_("Please return it by {date}."), date=day(stamp.return_by)))
    if contact:
        lines.append(put(_("Questions about it: {contact}"), contact=contact))
    if assessment.fictional:
        lines.append(_("Fictional demonstration data"))
    sheet.column_dimensions["A"].width = GUIDE_WIDTH
    for number, line in enumerate([*lines, "", *_guidance(count)], start=1):
        size = 1.5 if number == 1 else 1
        cell = text_cell(sheet, number, 1, line)
        cell.font = Font(bold=number == 1, size=11 * size)
        set_height(sheet, number, [(line, GUIDE_WIDTH * 1.15 / size)], size)
    sheet.sheet_view.showGridLines = False
    for_print(sheet, "portrait")


def _guidance(count: int) -> list[str]:
    states = " · ".join(_(words) for words in STATES.values())
    return [
        put(
            ngettext(
                "Please fill in the sheet {sheet}: {count} question.",
                "Please fill in the sheet {sheet}: {count} questions, one to a row.",
                count,
            ),
            sheet=_(layout.QUESTIONS),
            count=grouped(count),
        ),
        _("Write in the pale columns only. Save the file as XLSX and send it back."),
        _("Where there is a list, choose from it: any other words cannot be counted."),
        _(layout.ORDER),
        _(
            "If two choices are true, take the less favourable; if none fits, take the nearest "
            "less favourable one and say why in the column beside."
        ),
        _("Where several may be chosen, write each on a line of its own (Alt and Enter)."),
        _("You may always answer with one of these, where the list has it: {states}.").format(
            states=states
        ),
        _("If something does not apply to you, say why in the column beside."),
        _(layout.EVIDENCE),
        _("Say until when that evidence is valid, where it ends, such as {date}.").format(
            date=DATE_LIKE
        ),
        _(layout.CONFIDENTIAL),
        put(_("Fill in the sheet {sheet} as well."), sheet=_(layout.SIGNATURE)),
        _("A row left empty changes nothing: an answer you gave us before still stands."),
        _(layout.BEFORE),
        _("Do not change the numbers in the first column, and use no formulas: write the result."),
        _("Leave the line under the last question as it is: it says which questions these are."),
        _("Rows and sheets may be sorted, moved or renamed. We find each row by its number."),
        _("Do not protect the file with a password: we could not open it."),
        _(layout.PERSONAL),
    ]


def write_signature(sheet: Worksheet, signed: Mapping[str, str]) -> None:
    """Write the sheet on which the supplier says who answers for what it sends back."""
    title = _("Who answers for what is sent back, on behalf of the supplier")
    text_cell(sheet, 1, 1, title).font = Font(bold=True, size=13)
    set_height(sheet, 1, [(title, LABEL_WIDTH)], 1.2)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = LABEL_WIDTH, 50
    for number, (name, words) in enumerate(layout.SIGNED.items(), start=2):
        text_cell(sheet, number, 1, _(words)).border = LINE
        cell = text_cell(sheet, number, 2, signed.get(name, ""))
        cell.fill, cell.border = FILL, LINE
        if signed.get(name):
            continue
        cell.value = None
        if name == "day":
            cell.number_format = "yyyy-mm-dd"
    sheet.sheet_view.showGridLines = False
    for_print(sheet, "portrait")
