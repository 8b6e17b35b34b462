"""One cell of an ODS file: its value, its note, its link, and what is struck out in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from xml.etree.ElementTree import Element

from procurement_risk.formats.workbook import limits
from procurement_risk.formats.workbook.ods_safety import OFFICE, TABLE
from procurement_risk.formats.workbook.ods_text import Read, note_in
from procurement_risk.formats.workbook.plain import Cell, leads_elsewhere
from procurement_risk.formats.workbook.xlsx import number_text

CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def times(element: Element, name: str) -> int:
    """Return how often an element stands for itself, by the attribute ``name``."""
    text = element.get(f"{TABLE}{name}", "1")
    return int(text) if text.isdecimal() and len(text) < 8 else 1


def cell_of(element: Element, struck: Collection[str], *, is_struck: bool) -> Cell | None:
    """Return what a cell holds, without its place; None where it holds nothing."""
    read = Read(struck)
    read.paragraphs(element)
    found = _value(element, read.text[: limits.LONGEST_TEXT])
    is_merged = element.tag == CELLS[1] or any(
        times(element, f"number-{what}-spanned") > 1 for what in ("columns", "rows")
    )
    if is_merged and found.kind != "formula":
        found = replace(found, kind="merged")
    note = note_in(element)[: limits.LONGEST_TEXT]
    targets = [each for each in read.targets if leads_elsewhere(found.text, each)]
    link = "\n".join(targets)[: limits.LONGEST_TEXT]
    if not (found.text or found.kind != "text" or note):
        return None
    crossed = found.text if is_struck else "".join(read.struck).strip()
    return replace(found, note=note, link=link, struck=crossed)


def _value(element: Element, text: str) -> Cell:
    kind = element.get(f"{OFFICE}value-type", "")
    value = element.get(f"{OFFICE}value", "")
    if element.get(f"{TABLE}formula") is not None:
        return Cell("", "formula", "", shown=text)
    if element.get(f"{CALC}value-type") == "error":
        return Cell("", "error", text[:20])
    if kind in ("float", "currency", "percentage"):
        try:
            number = number_text(float(value))
            is_longer = (
                text != number and text.startswith(number) and not text.strip("0.123456789")
            )
            shown = text if is_longer else ""
            return Cell("", "number", number, kind == "percentage", shown=shown)
        except (ValueError, OverflowError):
            return Cell("", "error", text[:20])
    if kind == "date":
        day, _sign, moment = element.get(f"{OFFICE}date-value", "").partition("T")
        is_day = not moment.strip("0:.Z")
        return Cell("", "date", day) if is_day else Cell("", "time", f"{day} {moment}"[:40])
    if kind == "time":
        return Cell("", "time", text[:40])
    if kind == "boolean":
        is_true = element.get(f"{OFFICE}boolean-value") == "true"
        return Cell("", "truth", "TRUE" if is_true else "FALSE")
    return Cell(
        "", "text", text or element.get(f"{OFFICE}string-value", "")[: limits.LONGEST_TEXT]
    )
