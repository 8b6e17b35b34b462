"""What the sheets of an XLSX file are like beside their cells: hidden, made one, drop-down lists.

Excel writes a list that is kept on another sheet as an extension, which openpyxl leaves out: that
part is read from the XML.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from procurement_risk.formats.workbook import limits
from procurement_risk.formats.workbook.plain import Area, Form

_CELLS = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^'!]+))!)?\$?([A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
)
_DECIMALS = re.compile(r"0\.(0+)")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Listed = tuple[str, str]  # the cells, and what says what they offer


def form_of(book: Any, sheet: Any, further: Iterable[Listed]) -> Form:  # noqa: ANN401
    """Return what a sheet is like; ``further`` are the lists that openpyxl leaves out."""
    usual = [
        (str(each.sqref), str(each.formula1 or ""))
        for each in sheet.data_validations.dataValidation
        if each.type == "list"
    ]
    return Form(
        hidden=sheet.sheet_state != "visible",
        rows=tuple(row for row, look in sheet.row_dimensions.items() if look.hidden),
        columns=tuple(_hidden_columns(sheet)),
        merged=tuple(map(_area, islice(sheet.merged_cells.ranges, limits.MOST_AREAS))),
        lists=tuple(islice(_lists(book, sheet, [*usual, *further]), limits.MOST_AREAS)),
    )


def shown_number(text: str, number_format: str) -> str:
    """Return a number as its format shows it, where that adds zeros: 1.1 as 1.10."""
    found = _DECIMALS.fullmatch(number_format)
    whole, _point, rest = text.partition(".")
    if found is None or len(found[1]) <= len(rest) or not whole.isdecimal():
        return ""
    return f"{whole}.{rest.ljust(len(found[1]), '0')}"


def further_lists(data: bytes) -> dict[str, list[Listed]]:
    """Return the lists that stand as an extension, by the name of their sheet."""
    found: dict[str, list[Listed]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        targets = _targets(archive, names)
        root = _root(archive, "xl/workbook.xml", names)
        for sheet in root.iter(f"{_MAIN}sheet") if root is not None else ():
            part = targets.get(sheet.get(_RELATION, ""), "")
            if part in names and b"x14:dataValidation" in archive.read(part):
                found[sheet.get("name", "")] = list(_extended(_root(archive, part, names)))
    return found


def _targets(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    root = _root(archive, "xl/_rels/workbook.xml.rels", names)
    if root is None:
        return {}
    return {
        each.get("Id", ""): f"xl/{each.get('Target', '').removeprefix('/xl/')}" for each in root
    }


def _root(archive: zipfile.ZipFile, part: str, names: set[str]) -> Element | None:
    if part not in names:
        return None
    try:
        root: Element = fromstring(archive.read(part), forbid_dtd=True)
    except (ParseError, ValueError, LookupError):
        return None  # openpyxl refuses the file
    return root


def _extended(root: Element | None) -> Iterator[Listed]:
    for each in root.iter() if root is not None else ():
        if not each.tag.endswith("/main}dataValidation") or each.get("type") != "list":
            continue
        texts = {child.tag.rpartition("}")[2]: "".join(child.itertext()) for child in each}
        if texts.get("sqref"):
            yield texts["sqref"].strip(), texts.get("formula1", "").strip()


def _hidden_columns(sheet: Any) -> Iterator[int]:  # noqa: ANN401
    for look in sheet.column_dimensions.values():
        if look.hidden and look.min:
            last = min(look.max or look.min, sheet.max_column)
            yield from range(look.min, last + 1)


def _area(bounds: Any) -> Area:  # noqa: ANN401
    return Area(bounds.min_row, bounds.min_col, bounds.max_row, bounds.max_col)


def _lists(book: Any, sheet: Any, listed: Iterable[Listed]) -> Iterator[Area]:  # noqa: ANN401
    from openpyxl.worksheet.cell_range import MultiCellRange

    known: dict[str, tuple[str, ...]] = {}
    room = limits.MOST_OFFERED
    for cells, formula in listed:
        if formula not in known:
            offered = islice(_offered(book, sheet, formula, 0), limits.MOST_CHOICES)
            known[formula] = tuple(dict.fromkeys(offered))
        try:
            areas = list(MultiCellRange(cells).ranges)
        except (ValueError, TypeError):
            continue
        for bounds in areas:
            area = _area(bounds)
            room -= len(known[formula])
            if room < 0:
                return
            yield Area(area.top, area.left, area.bottom, area.right, known[formula])


def _offered(book: Any, sheet: Any, formula: str, depth: int) -> Iterator[str]:  # noqa: ANN401
    """Yield what a list offers: texts in quotes, cells, or a name that stands for cells."""
    text = formula.removeprefix("=").strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        yield from (each.strip() for each in text[1:-1].split(",") if each.strip())
        return
    if (found := _CELLS.fullmatch(text)) is not None:
        name = (found[1] or "").replace("''", "'") or found[2] or sheet.title
        if name in book.sheetnames:
            yield from _values(book[name], found[3].replace("$", ""))
    elif depth == 0:
        names = {key.casefold(): each for key, each in book.defined_names.items()}
        own = {key.casefold(): each for key, each in sheet.defined_names.items()}
        if (named := (names | own).get(text.casefold())) is not None:
            yield from _offered(book, sheet, named.attr_text or "", 1)


def _values(sheet: Any, cells: str) -> Iterator[str]:  # noqa: ANN401
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(cells)
    for row in range(top, min(bottom, top + limits.MOST_CHOICES, sheet.max_row) + 1):
        for column in range(left, min(right, left + limits.MOST_CHOICES, sheet.max_column) + 1):
            cell = sheet._cells.get((row, column))
            value = cell.value if cell is not None else None
            if isinstance(value, str | int | float) and str(value).strip():
                yield str(value).strip()[: limits.LONGEST_CHOICE]
