"""The cells of an XLSX file that was found safe, read with openpyxl."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from dataclasses import replace
from typing import Any

from procurement_risk.canonical import refuse
from procurement_risk.formats.workbook import limits
from procurement_risk.formats.workbook.drawings import beside
from procurement_risk.formats.workbook.plain import (
    Book,
    Cell,
    Room,
    Sheet,
    leads_elsewhere,
    too_many_sheets,
    too_much,
)
from procurement_risk.formats.workbook.safety import refuse_unsafe
from procurement_risk.formats.workbook.xlsx_form import form_of, further_lists, shown_number
from procurement_risk.language import _

# Halves of a character beyond U+FFFF are no characters: what names one stays as it is written.
_ESCAPED = re.compile(r"_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
_TIMES = datetime.date | datetime.time | datetime.timedelta


def read_xlsx(data: bytes, name: str) -> Book:
    """Return what stands in the XLSX file ``data``, once it is found safe.

    Raises:
        InvalidDocument: If it is not safe, or no workbook.
    """
    refuse_unsafe(data, name)
    import openpyxl  # late: what is refused is refused without it

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and extensions that it leaves out
            book = openpyxl.load_workbook(
                io.BytesIO(_transitional(data)), data_only=False, keep_links=False, rich_text=True
            )
    except MemoryError:
        raise
    except Exception:  # openpyxl lets through whatever the broken part makes it trip over
        refuse(name, _("The file is no workbook that can be read. Save it again as XLSX."))
    found, problems, room = [], [], Room()
    lists = further_lists(data)
    for number, sheet in enumerate(book.worksheets):
        if number >= limits.MOST_SHEETS:
            problems.append(too_many_sheets(number))
            break
        plain, is_whole = _sheet(sheet, room)
        plain = replace(plain, form=form_of(book, sheet, lists.get(sheet.title, ())))
        found.append(plain)
        if not is_whole:
            problems.append(too_much(plain))
    if any(
        cell.kind == "formula"
        for sheet in found
        for row in sheet.rows.values()
        for cell in row.values()
    ):
        found = _with_results(found, data)
    return Book(tuple(found), _properties(book), tuple(problems), beside(data))


def _with_results(sheets: list[Sheet], data: bytes) -> list[Sheet]:
    """Return the sheets with what each formula last came to, as the file has it: none is run."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(
            io.BytesIO(_transitional(data)), data_only=True, keep_links=False
        )
    for sheet, kept in zip(sheets, book.worksheets, strict=False):
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                held = kept._cells.get((row, column))
                if cell.kind == "formula" and held is not None and held.value is not None:
                    shown = _value(cell.place, held).text[: limits.LONGEST_TEXT]
                    cells[column] = replace(cell, shown=shown)
    return sheets


def _properties(book: Any) -> dict[str, str]:  # noqa: ANN401  openpyxl has no types
    properties = book.custom_doc_props.props[:100]
    return {str(each.name): each.value[:500] for each in properties if isinstance(each.value, str)}


def _sheet(sheet: Any, room: Room) -> tuple[Sheet, bool]:  # noqa: ANN401
    """Return as many cells of a sheet as there is room for, and whether that is all of it."""
    from openpyxl.cell import MergedCell

    plain, is_whole = Sheet(unescaped(sheet.title)), True
    corners = {(area.min_row, area.min_col) for area in sheet.merged_cells.ranges}
    # Row by row and only where something stands: an empty cell at the very end costs nothing.
    for (row, column), cell in sorted(sheet._cells.items()):
        is_merged = (row, column) in corners or isinstance(cell, MergedCell)
        if cell.value is None and not is_merged and getattr(cell, "comment", None) is None:
            continue
        found = _cell(cell)
        if is_merged and found.kind != "formula":
            found = replace(found, kind="merged")
        if not room.take(plain, row, column, found):
            is_whole = is_whole and cell.value is None
    return plain, is_whole


def _cell(cell: Any) -> Cell:  # noqa: ANN401
    found = _value(cell.coordinate, cell)
    comment, link = getattr(cell, "comment", None), getattr(cell, "hyperlink", None)
    target = unescaped(str(link.target or ""))[: limits.LONGEST_TEXT] if link else ""
    return replace(
        found,
        note=unescaped(str(comment.text or ""))[: limits.LONGEST_TEXT].strip() if comment else "",
        link=target if leads_elsewhere(found.text, target) else "",
        struck=_struck(cell, found.text),
    )


def _value(place: str, cell: Any) -> Cell:  # noqa: ANN401
    value = "" if cell.value is None else cell.value
    if isinstance(value, list):  # a text whose parts look different
        value = "".join(map(str, value))
    if cell.data_type == "f" or not isinstance(value, str | int | float | _TIMES):
        return Cell(place, "formula", "")
    if cell.data_type == "e":
        return Cell(place, "error", str(value)[:20])
    if isinstance(value, bool):
        return Cell(place, "truth", "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        shown = number_text(value)
        form = str(cell.number_format)
        return Cell(place, "number", shown, "%" in form, shown=shown_number(shown, form))
    if isinstance(value, str):
        return Cell(place, "text", unescaped(value)[: limits.LONGEST_TEXT])
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return Cell(place, "date", value.date().isoformat())
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return Cell(place, "date", value.isoformat())
    return Cell(place, "time", str(value)[:40])


def _struck(cell: Any, text: str) -> str:  # noqa: ANN401
    """Return what of a cell's text is struck out: all of it, or some of its parts."""
    font = getattr(cell, "font", None)
    if isinstance(cell.value, list):
        # A part that says nothing of its own looks as the cell does.
        parts = [
            str(part)
            for part in cell.value
            if (part.font.strike if hasattr(part, "font") else font is not None and font.strike)
        ]
        return unescaped("".join(parts))[: limits.LONGEST_TEXT].strip()
    return text if font is not None and font.strike else ""


def number_text(value: float) -> str:
    """Return ``value`` to the fifteen digits that spreadsheets hold, without an exponent."""
    from decimal import Decimal

    text = format(Decimal(f"{value:.15g}"), "f") if abs(value) < 10**300 else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def unescaped(text: str) -> str:
    """Return ``text`` with characters that the file format writes as ``_x000D_``."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


# Strict Open XML, which Excel writes where somebody chooses it, in the names that are usual.
# Strict and Transitional files differ in the addresses of their vocabularies; ISO/IEC 29500-1
# Annex A lists them. openpyxl knows only the usual ones.

_STRICT = b"http://purl.oclc.org/ooxml/"
_TAG = re.compile(rb"<[^<>]*http://purl\.oclc\.org/ooxml/[^<>]*>")
_ADDRESS = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)((?:/\w+)*)")
_RENAMED = {
    b"customProperties": b"custom-properties",
    b"extendedProperties": b"extended-properties",
}


def _transitional(data: bytes) -> bytes:
    """Return an XLSX file with the usual addresses; the very bytes where it has no others.

    Texts in cells stay as they are: only what stands inside a tag is an address of a vocabulary.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if not any(_STRICT in archive.read(name) for name in names if name.endswith(".rels")):
            return data
        parts = {name: archive.read(name) for name in names}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            is_xml = name.casefold().endswith((".xml", ".rels", ".vml"))
            archive.writestr(name, _TAG.sub(_usual, part) if is_xml else part)
    return made.getvalue()


def _usual(tag: re.Match[bytes]) -> bytes:
    return _ADDRESS.sub(_renamed, tag[0])


def _renamed(found: re.Match[bytes]) -> bytes:
    room, name, rest = found[1], found[2], found[3]
    for strict, usual in _RENAMED.items():
        name, rest = (usual if name == strict else name), rest.replace(strict, usual)
    return b"http://schemas.openxmlformats.org/" + room + b"/2006/" + name + rest
