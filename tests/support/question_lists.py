"""Lists of questions laid out as others lay theirs out; every word of them is invented."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _rows(sheet: Any, rows: list[list[object]], first: int = 1) -> None:
    for number, row in enumerate(rows, start=first):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(number, column, value)


def _list(sheet: Any, cells: str, formula: str) -> None:
    found = DataValidation(type="list", formula1=formula, allow_blank=True)
    found.add(cells)
    sheet.add_data_validation(found)


def coded() -> bytes:
    """Headings in row 3, sections as merged rows, ids such as DOCU-01, lists on another sheet."""
    book = Workbook()
    guide = book.active
    guide.title = "Instructions"
    _rows(guide, [["Welcome"], ["Answer every question on the next sheet."], ["Questions? Call."]])
    sheet, lists = book.create_sheet("Assessment"), book.create_sheet("Values")
    _rows(lists, [["Yes"], ["No"], ["N/A"], [None], ["Daily"], ["Monthly"], ["Never"]])
    _rows(
        sheet,
        [
            ["Supplier assessment 2.1"],
            [],
            [
                "ID",
                "Question",
                "Answer",
                "Additional Information",
                "Guidance",
                "Compliant Response",
                "Weight",
            ],
            ["Documentation"],
            [
                "DOCU-01",
                "Do you publish a data flow diagram?",
                None,
                None,
                "One page will do.",
                "Yes",
                20,
            ],
            ["DOCU-02", "Have you had a breach in three years?", None, None, None, "No", 40],
            [],
            ["Backups"],
            [
                "BACK-01",
                "How often are backups tested?",
                None,
                None,
                "Restored, not just made.",
                None,
                10,
            ],
            ["BACK-02", "Describe how a restore is asked for.", None, None, None, None, 10],
        ],
    )
    for row in (1, 4, 8):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=7)
    _list(sheet, "C5:C6", "Values!$A$1:$A$3")
    _list(sheet, "C9", "Values!$A$5:$A$7")
    sheet.column_dimensions["F"].hidden = True
    sheet.column_dimensions["G"].hidden = True
    lists.sheet_state = "hidden"
    return saved(book)


def domains() -> bytes:
    """One heading row, ids A&A-01.1, the domain at the end, a filled column of ownership."""
    book = Workbook()
    sheet = book.active
    sheet.title = "CAIQ-like"
    answers = '"Yes,No,NA"'
    _rows(
        sheet,
        [
            [
                "Question ID",
                "Question",
                "CSP Answer",
                "Control Ownership",
                "CSP Implementation Description",
                "Control ID",
                "Control Title",
                "Domain Title",
            ],
            [
                "A&A-01.1",
                "Are audit policies kept and reviewed?",
                None,
                "CSP-owned",
                None,
                "A&A-01",
                "Policies",
                "Audit & Assurance",
            ],
            [
                "A&A-01.2",
                "Are they reviewed every year?",
                None,
                "CSP-owned",
                None,
                None,
                None,
                None,
            ],
            [
                "AIS-01.1",
                "Are security baselines established?",
                None,
                "Shared",
                None,
                "AIS-01",
                "Baselines",
                "Application Security",
            ],
        ],
    )
    for first, last in (("F2", "F3"), ("G2", "G3"), ("H2", "H3")):
        sheet.merge_cells(f"{first}:{last}")
    _list(sheet, "C2:C4", answers)
    return saved(book)


def numbered() -> bytes:
    """Sections by number, 1.10 as a number, questions that rest on another, a sheet a theme."""
    book = Workbook()
    first = book.active
    first.title = "A. Governance"
    second = book.create_sheet("B. Access")
    head = [
        "Ques Num",
        "Question/Request",
        "Response",
        "Additional Information",
        "Applicable if",
        "ISO reference",
    ]
    rows = [["1", "Governance", None]]
    rows += [[1 + n / 10, f"Is control {n} in place?", "Yes/No/N/A"] for n in range(1, 10)]
    rows += [[1.1, "Is the tenth control in place?", "Yes/No/N/A", None, "If yes to 1.2", "5.1"]]
    rows += [[1.11, "Who owns it?", None, None, "Only if 1.1 is No"]]
    rows += [[1.12, "Is it audited?", "Yes/No", None, "If the auditor says so"]]
    _rows(first, [head, *rows])
    _rows(
        second,
        [
            head,
            ["B.1", "Is access reviewed?", "Yes; Partly; No", None, None, None],
            ["B.1", "Is it reviewed every quarter?", "Yes; No", None, "B.1 = Yes or Partly", None],
        ],
    )
    return saved(book)


def council() -> bytes:
    """Two heading rows, ticks under Yes, No and N/A, headings between blank rows, no scores."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Due diligence"
    _rows(
        sheet,
        [
            ["Example Borough Council: questions for suppliers"],
            [],
            ["No", "Question", "Your response", None, None, "Comments"],
            [None, None, "Yes", "No", "N/A", None],
            [None, "Data protection"],
            [1, "Is a data protection officer named?"],
            [2, "Please describe where personal data is held."],
            [],
            [None, "Equality"],
            [3, "Was it tested with screen readers?"],
        ],
    )
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("C3:E3")
    return saved(book)


def several_rows() -> bytes:
    """An answer to a row, each with its risk; the question and its number merged down."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Questions"
    _rows(
        sheet,
        [
            ["Ref", "Section", "Question", "Answer options", "Risk", "Weighting"],
            ["P1", "Privacy", "Where is data held?", "In the UK", 0, 0.5],
            [None, None, None, "In the EEA", 1, None],
            [None, None, None, "Elsewhere", 4, None],
            ["P2", None, "Is it encrypted?", "Yes", 0, 1.5],
            [None, None, None, "No", 4, None],
        ],
    )
    for letter in "ABC":
        sheet.merge_cells(f"{letter}2:{letter}4")
        sheet.merge_cells(f"{letter}5:{letter}6")
    return saved(book)


def plain_text(encoding: str = "utf-8-sig", sign: str = ";") -> bytes:
    """A table as text, with accents, a heading row and a text over several lines."""
    rows = [
        ["Nº", "Question", "Options", "Guidance"],
        ["1", "Avez-vous un délégué à la protection?", "Yes, No", '"Une ligne\nune autre"'],
        ["2", "Is training given?", "Yes (2), Partly (1), No (0)", ""],
    ]
    return "\r\n".join(
        sign.join(f'"{c}"' if sign in c else c for c in row) for row in rows
    ).encode(encoding)


LISTS: dict[str, Callable[[], bytes]] = {
    "coded.xlsx": coded,
    "domains.xlsx": domains,
    "numbered.xlsx": numbered,
    "council.xlsx": council,
    "several-rows.xlsx": several_rows,
    "plain.csv": plain_text,
}
