"""What a file that came back says it belongs to, wherever it still says so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields

from procurement_risk.canonical import refuse
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.layout import PROPERTY, Stamp
from procurement_risk.formats.workbook.plain import Book
from procurement_risk.language import _


def stamp_in(book: Book, name: str = "workbook") -> Stamp:
    """Return the stamp of a workbook: from ``_meta``, its own properties, or under its questions.

    Raises:
        InvalidDocument: If there is none, or one was changed.
    """
    keys = {each.name for each in fields(Stamp)}
    wanted = keys - {"return_by"}
    found = [
        Stamp(**{key: stamp.get(key, "") for key in keys})
        for stamp in (_in_properties(book), _on_sheet(book), *_in_lines(book))
        if wanted <= stamp.keys()
    ]
    if not found:
        message = _(
            "The file does not say which assessment it belongs to, so it is not a workbook "
            "that was sent out, or a program took that away. Copy the answers into the "
            "workbook that was sent out."
        )
        refuse(name, message)
    if len(set(found)) > 1 or found[0].issue_number() != found[0].issue:
        message = _(
            "What the file says it belongs to was changed after it was sent out. Copy the "
            "answers into the workbook that was sent out."
        )
        refuse(name, message)
    return found[0]


def _in_properties(book: Book) -> dict[str, str]:
    return {
        key.removeprefix(PROPERTY): value
        for key, value in book.properties.items()
        if key.startswith(PROPERTY)
    }


def _on_sheet(book: Book) -> dict[str, str]:
    found: dict[str, str] = {}
    for sheet in book.sheets:
        if layout.is_our_sheet(sheet.name, layout.META_SHEET):
            rows = sheet.rows.values()
            found = {row[1].text: row[2].text for row in rows if {1, 2} <= row.keys()}
    return found


def _in_lines(book: Book) -> Iterator[Mapping[str, str]]:
    for sheet in book.sheets:
        for cells in sheet.rows.values():
            for cell in cells.values():
                if layout.STAMP_MARK in cell.text:
                    yield in_line(cell.text)


def in_line(text: str) -> Mapping[str, str]:
    """Return the stamp that a line of text holds, as it is written; empty if it holds none."""
    try:
        found = json.loads(text.partition(layout.STAMP_MARK)[2])
    except (ValueError, RecursionError):
        return {}
    is_stamp = isinstance(found, dict) and all(isinstance(each, str) for each in found.values())
    return found if is_stamp else {}
