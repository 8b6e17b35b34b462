"""What the sheets of an ODS file are like beside their cells: hidden, made one, with a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from xml.etree.ElementTree import Element

from procurement_risk.formats.workbook import limits
from procurement_risk.formats.workbook.ods_cells import CELLS, times
from procurement_risk.formats.workbook.ods_safety import STYLE, TABLE
from procurement_risk.formats.workbook.plain import Area, Cell, Form, Sheet

_LIST = re.compile(r"(?:of:)?cell-content-is-in-list\((.*)\)", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_CELLS = re.compile(
    r"\[?\$?(?:'((?:[^']|'')+)'|([^.'\[]+))\.\$?([A-Z]{1,3})\$?(\d+)"
    r"(?::(?:\$?[^.]*)?\.\$?([A-Z]{1,3})\$?(\d+))?\]?"
)
_HIDDEN = ("collapse", "filter")


def form_of(
    table: Element,
    rows: list[Element],
    lists: Mapping[str, tuple[str, ...]],
    unseen: Collection[str],
) -> Form:
    """Return what a table is like.

    ``lists`` has what each of the file's lists offers, ``unseen`` the styles that hide a table.
    """
    hidden, merged, listed = list[int](), list[Area](), list[Area]()
    number = 0
    for row in rows:
        first, number = number + 1, number + times(row, "number-rows-repeated")
        last = min(number, first + limits.MOST_ROWS)
        if row.get(f"{TABLE}visibility") in _HIDDEN:
            hidden += range(first, last + 1)
        for area, offered in _areas(row, first, last, lists):
            into = merged if offered is None else listed
            if len(into) < limits.MOST_AREAS:
                into.append(area)
    return Form(
        hidden=table.get(f"{TABLE}style-name", "") in unseen,
        rows=tuple(hidden[: limits.MOST_ROWS]),
        columns=tuple(_hidden_columns(table)),
        merged=tuple(merged),
        lists=tuple(listed),
    )


def unseen_styles(root: Element) -> frozenset[str]:
    """Return the names of the styles that hide a table."""
    return frozenset(
        style.get(f"{STYLE}name", "")
        for style in root.iter(f"{STYLE}style")
        for each in style.iter(f"{STYLE}table-properties")
        if each.get(f"{TABLE}display") == "false"
    )


def lists_of(root: Element, sheets: Mapping[str, Sheet]) -> dict[str, tuple[str, ...]]:
    """Return what each drop-down list of the file offers, by its name."""
    found = {}
    for each in islice(root.iter(f"{TABLE}content-validation"), limits.MOST_AREAS):
        said = _LIST.search(each.get(f"{TABLE}condition", ""))
        if said is not None:
            offered = islice(_offered(said[1], sheets), limits.MOST_CHOICES)
            found[each.get(f"{TABLE}name", "")] = tuple(dict.fromkeys(offered))
    return found


def _areas(
    row: Element, first: int, last: int, lists: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Area, tuple[str, ...] | None]]:
    column = 0
    for cell in row:
        if cell.tag not in CELLS:
            continue
        left, column = column + 1, column + times(cell, "number-columns-repeated")
        wide = times(cell, "number-columns-spanned")
        high = times(cell, "number-rows-spanned")
        if wide > 1 or high > 1:
            yield Area(first, left, first + high - 1, left + wide - 1), None
        offered = lists.get(cell.get(f"{TABLE}content-validation-name", ""))
        if offered is not None:
            yield Area(first, left, last, column, offered), offered


def _hidden_columns(table: Element) -> Iterator[int]:
    number = 0
    for column in table.iter(f"{TABLE}table-column"):
        first, number = number + 1, number + times(column, "number-columns-repeated")
        if column.get(f"{TABLE}visibility") in _HIDDEN:
            yield from range(first, min(number, first + limits.MOST_BESIDE) + 1)


def _offered(said: str, sheets: Mapping[str, Sheet]) -> Iterator[str]:
    if said.lstrip().startswith('"'):
        yield from (text.replace('""', '"').strip() for text in _QUOTED.findall(said))
        return
    found = _CELLS.fullmatch(said.strip())
    sheet = sheets.get((found[1] or "").replace("''", "'") or found[2]) if found else None
    if found is None or sheet is None:
        return
    left, top = _number(found[3]), int(found[4])
    right, bottom = _number(found[5] or found[3]), int(found[6] or found[4])
    for row in sorted(row for row in sheet.rows if top <= row <= bottom):
        for column in sorted(each for each in sheet.rows[row] if left <= each <= right):
            cell: Cell = sheet.rows[row][column]
            if cell.text.strip():
                yield cell.text.strip()[: limits.LONGEST_CHOICE]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number
