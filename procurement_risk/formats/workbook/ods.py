"""The cells of an ODS file, as LibreOffice and Excel save it; read from its XML, part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from procurement_risk.canonical import refuse
from procurement_risk.formats.workbook import limits, ods_safety
from procurement_risk.formats.workbook.ods_cells import CELLS, cell_of, times
from procurement_risk.formats.workbook.ods_form import form_of, lists_of, unseen_styles
from procurement_risk.formats.workbook.ods_safety import DRAW, OFFICE, STYLE, TABLE
from procurement_risk.formats.workbook.ods_text import Read
from procurement_risk.formats.workbook.plain import (
    Book,
    Cell,
    Room,
    Sheet,
    letters_of,
    too_many_sheets,
    too_much,
)
from procurement_risk.formats.workbook.safety import refuse_unsafe
from procurement_risk.language import _

META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
CONTENT, STYLES, PROPERTIES, LIST = (
    "content.xml",
    "styles.xml",
    "meta.xml",
    "META-INF/manifest.xml",
)
GROUPS = ("table-header-rows", "table-rows", "table-row-group")


def read_ods(data: bytes, name: str) -> Book:
    """Return what stands in the ODS file ``data``, once it is found safe.

    Raises:
        InvalidDocument: If it is not safe, or no spreadsheet.
    """
    refuse_unsafe(data, name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        ods_safety.refuse_parts(names, name)
        if LIST in names and _is_locked(_root(archive.read(LIST), name)):
            refuse(name, ods_safety.locked_words())
        wanted = [each for each in (CONTENT, STYLES, PROPERTIES) if each in names]
        roots = {each: _root(archive.read(each), name) for each in wanted}
    for root in roots.values():
        ods_safety.refuse_elements(root, name)
    struck = _struck_styles(list(roots.values()))
    found, problems, room = [], [], Room()
    tables = _tables(roots[CONTENT], name)
    for number, table in enumerate(tables):
        if number >= limits.MOST_SHEETS:
            problems.append(too_many_sheets(number))
            break
        sheet, is_whole = _sheet(table, struck, room)
        found.append(sheet)
        if not is_whole:
            problems.append(too_much(sheet))
    lists = lists_of(roots[CONTENT], {sheet.name: sheet for sheet in found})
    unseen = unseen_styles(roots[CONTENT])
    found = [
        replace(sheet, form=form_of(table, list(_rows(table)), lists, unseen))
        for sheet, table in zip(found, tables, strict=False)
    ]
    properties = _properties(roots[PROPERTIES]) if PROPERTIES in roots else {}
    return Book(tuple(found), properties, tuple(problems), tuple(_drawn(roots[CONTENT])))


def _is_locked(listed: Element) -> bool:
    return next(listed.iter(f"{MANIFEST}encryption-data"), None) is not None


def _root(part: bytes, name: str) -> Element:
    try:
        root: Element = fromstring(part, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        refuse(name, _("The file is damaged. Open it, save it again as XLSX, and send that."))
    return root


def _tables(root: Element, name: str) -> list[Element]:
    body = root.find(f"{OFFICE}body/{OFFICE}spreadsheet")
    if body is None:
        refuse(name, _("The file is no workbook that can be read. Save it again as XLSX."))
    return body.findall(f"{TABLE}table")


def _properties(root: Element) -> dict[str, str]:
    found = list(root.iter(f"{META}user-defined"))[:100]
    return {each.get(f"{META}name", ""): (each.text or "")[:500] for each in found}


def _struck_styles(roots: list[Element]) -> set[str]:
    """Return the names of the styles that strike a text out, by themselves or their parents."""
    own: dict[str, bool] = {}
    parents: dict[str, str] = {}
    for root in roots:
        for style in root.iter(f"{STYLE}style"):
            called = style.get(f"{STYLE}name", "")
            parents[called] = style.get(f"{STYLE}parent-style-name", "")
            for each in style.iter(f"{STYLE}text-properties"):
                line = each.get(f"{STYLE}text-line-through-style")
                line = line or each.get(f"{STYLE}text-line-through-type")
                if line is not None:
                    own[called] = line != "none"

    def is_struck(called: str) -> bool:
        seen: set[str] = set()
        while called and called not in seen:
            if called in own:
                return own[called]
            seen.add(called)
            called = parents.get(called, "")
        return False

    return {called for called in parents if is_struck(called)}


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, those in groups as well; not those of a table in a cell."""
    for each in table:
        if each.tag == f"{TABLE}table-row":
            yield each
        elif each.tag in [f"{TABLE}{group}" for group in GROUPS]:
            yield from _rows(each)


def _sheet(table: Element, struck: Collection[str], room: Room) -> tuple[Sheet, bool]:
    """Return as many cells of a table as there is room for, and whether that is all of it."""
    sheet = Sheet(table.get(f"{TABLE}name", ""))
    styles = list(_column_styles(table))
    number, is_whole = 0, True
    for row in _rows(table):
        first, number = number + 1, number + times(row, "number-rows-repeated")
        cells = list(_cells(row, styles, struck))
        if not cells:
            continue
        for at in range(first, number + 1):
            if not all(
                room.take(sheet, at, column, replace(cell, place=f"{letters_of(column)}{at}"))
                for column, cell in cells
            ):
                is_whole = False
                break
    return sheet, is_whole


def _column_styles(table: Element) -> Iterator[tuple[int, str]]:
    """Yield the last column, and the style, of each stretch of columns."""
    last = 0
    for column in table.iter(f"{TABLE}table-column"):
        last += times(column, "number-columns-repeated")
        yield last, column.get(f"{TABLE}default-cell-style-name", "")


def _cells(
    row: Element, columns: list[tuple[int, str]], struck: Collection[str]
) -> Iterator[tuple[int, Cell]]:
    """Yield each filled cell of a row with its column, one that stands for several as often."""
    column = 0
    for each in row:
        if each.tag not in CELLS:
            continue
        first, column = column + 1, column + times(each, "number-columns-repeated")
        style = each.get(f"{TABLE}style-name") or row.get(f"{TABLE}default-cell-style-name")
        if style is None:
            style = next((name for last, name in columns if first <= last), "")
        cell = cell_of(each, struck, is_struck=style in struck)
        if cell is not None:
            last = min(column, first + limits.MOST_CELLS)
            yield from ((at, cell) for at in range(first, last + 1))


def _drawn(root: Element) -> Iterator[tuple[str, str, str]]:
    """Yield what is written in drawings and text boxes."""
    count = 0
    for shape in root.iter():
        if not str(shape.tag).startswith(DRAW) or count >= limits.MOST_BESIDE:
            continue
        read = Read(())
        read.paragraphs(shape)
        if text := read.text.strip():
            count += 1
            yield "drawing", text[: limits.LONGEST_TEXT], ""
