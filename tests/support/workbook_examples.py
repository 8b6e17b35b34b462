"""A small framework with a question of every kind for the supplier, and workbooks made by it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import openpyxl

from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.formats.workbook.cells import read_cells
from procurement_risk.formats.workbook.reading import Return, read_return
from procurement_risk.formats.workbook.stamps import stamp_in
from procurement_risk.formats.workbook.writing import write_workbook
from procurement_risk.framework import Framework
from procurement_risk.framework.document import framework_from_document
from tests.support.small_frameworks import question, section, small_framework

ISSUED_AT = "2026-11-20T09:00:00Z"
HOSTILE = '=HYPERLINK("http://example.org","look")'
LABELS = {"a": "Yes, and shown", "b": "Partly – in “draft”", "c": "No"}
SECRET = "A note for colleagues only"
ANSWER, REASON, LINK, NOTE = "D", "E", "F", "G"


def _options(labels: Mapping[str, str], risks: bool = True) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"id": name, "label": text} for name, text in labels.items()]
    for number, option in enumerate(found if risks else ()):
        option["risk"] = 2 * number
    return found


def _choice(name: str, who: str = "supplier", **rest: Any) -> dict[str, Any]:
    return question(name, options=_options(LABELS), answered_by=who, **rest)


def _typed(name: str, kind: str, **rest: Any) -> dict[str, Any]:
    made = question(name, answered_by="supplier", type=kind, **rest)
    del made["weight"]
    if kind != "multiple":
        del made["options"]
    return made


def document(**changes: Any) -> dict[str, Any]:
    """The framework: S-01 to S-08 for the supplier, B-01 for the buyer alone."""
    regions = {"uk": "United Kingdom", "eu": "European Union; EEA", "us": "United States"}
    made = small_framework(
        section(
            "S",
            "decisive",
            _choice("S-01"),
            _choice("S-02", "joint", red_flag={"options": ["c"], "class": "stop"}),
            _choice("B-01", "buyer"),
            _typed("S-03", "multiple", options=_options(regions, risks=False)),
            _typed("S-04", "text", ask=HOSTILE),
            _typed("S-05", "number"),
            _typed("S-06", "date"),
            _choice("S-07", when={"question": "S-08", "in": ["a"]}),
            _choice("S-08", when={"question": "public", "in": ["yes"]}),
            _choice("S-09", when={"question": "B-01", "in": ["a"]}),
        )
    )
    return {**made, **changes}


FRAMEWORK = framework_from_document(document())
PUT = ("S-01", "S-02", "S-03", "S-04", "S-05", "S-06", "S-07", "S-08")
"""The questions put to the supplier where B-01 is answered c."""


def assessment(answers: Mapping[str, Answer] | None = None, **more: Any) -> Assessment:
    """The assessment ``case``; B-01 is answered c, so that S-09 does not apply."""
    given = {
        "B-01": Answer(options=("c",), evidence="E3", note=SECRET, by="Ana"),
        **(answers or {}),
    }
    fields: dict[str, Any] = {
        "id": "case",
        "purchase": Purchase(id="p", title="Case triage", buyer="Borough of Example"),
        "supplier": Supplier(name="Example AI Ltd"),
        "answer_set": AnswerSet(as_of="2026-11-23", answers=given),
    }
    return Assessment(**{**fields, **more})


def workbook(
    case: Assessment | None = None, framework: Framework = FRAMEWORK, issued_at: str = ISSUED_AT
) -> bytes:
    """The workbook of ``case``, empty as it is sent out."""
    return write_workbook(case or assessment(), framework, issued_at)


def opened(data: bytes) -> openpyxl.Workbook:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: openpyxl.Workbook) -> bytes:
    """Its bytes."""
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def rows_of(sheet: Any) -> dict[str, int]:
    """The row of each question on a sheet."""
    return {cell.value: cell.row for cell in sheet["A"] if cell.value and cell.row > 1}


def filled(cells: Mapping[str, Mapping[str, Any]], data: bytes | None = None) -> bytes:
    """A workbook with ``cells`` filled in: by question, then by column letter.

    Text stays text, as in a cell whose format is text.
    """
    book = opened(workbook() if data is None else data)
    sheet = book["Questions"]
    rows = rows_of(sheet)
    for name, values in cells.items():
        for column, value in values.items():
            cell = sheet[f"{column}{rows[name]}"]
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    return saved(book)


def returned(data: bytes, framework: Framework = FRAMEWORK) -> Return:
    """What was filled in, read in this process."""
    book = read_cells(data)
    return read_return(book, data, stamp_in(book), framework)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Each part of the file by its name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A file of these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
