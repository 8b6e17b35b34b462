"""The leadership page as PDF: one A4 page, tagged for screen readers, the record inside.

Set with typst, which refuses to write a file that breaks the standards asked for: PDF/UA-1, so
that it can be read aloud, and PDF/A-3a, so that it can be kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from procurement_risk.errors import UsageError
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.leadership.bars import svg
from procurement_risk.exports.leadership.letters import PLACEHOLDER, missing_characters, without
from procurement_risk.exports.sealed import Matter, matter_of
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.text import breakable
from procurement_risk.report import ROOMS, Page, Room
from procurement_risk.report.page import Bars, Block, Facts, Paragraph, Part, Points, Table

if TYPE_CHECKING:
    from typst import PDFStandard

SOURCE = Path(__file__).with_name("leadership.typ")
STANDARDS: tuple[PDFStandard, ...] = ("ua-1", "a-3a")
FORMS = (*((ROOMS[0], size) for size in (10.0, 9.3)), *((room, 8.6) for room in ROOMS))
"""Rooms, each with the size of its text in points, the roomiest first."""
OVERFLOW = "more than one page"


ROUNDS = 4  # typst names some missing characters only once others are gone


MISSING_PACKAGE = N_(
    "The PDF is set with the package typst, which is not installed here. Install what "
    "requirements.txt names, or take the leadership page as HTML."
)


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the PDF of one assessment; the assessment it follows may stand second.

    Raises:
        UsageError: If there are others, or if typst is not installed.
    """
    return pdf(matter_of(assessments))


def pdf(matter: Matter) -> bytes:
    """Return the page as PDF, with the record attached.

    Raises:
        UsageError: If typst is not installed, or if nothing can make it fit one page.
    """
    return compiled(matter.page, matter.record)


def compiled(page_in: Callable[[Room], Page], record: bytes | None = None) -> bytes:
    """Return a page as PDF, in the roomiest form that fits one sheet of A4.

    Args:
        page_in: Returns the page, shortened to a room.
        record: What to attach, or None.

    Raises:
        UsageError: If typst is not installed, or if nothing can make it fit one page.
    """
    if not is_available():
        raise UsageError(_(MISSING_PACKAGE))
    from typst import TypstError

    for room, size in FORMS:
        try:
            return _set(_data(page_in(room), record) | {"size": size})
        except TypstError as error:
            if OVERFLOW not in str(error):
                raise
    raise UsageError(_("The page does not fit one sheet of A4. Take it as HTML instead."))


def compiled_sheets(page: Page) -> bytes:
    """Return a page as PDF on as many numbered sheets as it takes, with nothing attached.

    Raises:
        UsageError: If typst is not installed.
    """
    if not is_available():
        raise UsageError(_(MISSING_PACKAGE))
    number = _("Page {n} of {all}").format(n="{n}", all="{all}")
    return _set(_data(page, None) | {"size": 10.0, "sheet-number": number})


def is_available() -> bool:
    """Whether typst is installed."""
    return find_spec("typst") is not None


# --- Setting it -----------------------------------------------------------------------------


def _set(data: dict[str, Any]) -> bytes:
    """Return the PDF of ``data``, with a placeholder for each character that no font has."""
    from typst import TypstError

    missing: set[str] = set()
    for _round in range(ROUNDS):
        try:
            return _typeset(_noted(data, missing), STANDARDS)
        except TypstError as error:
            if OVERFLOW in str(error):
                raise
            found = set(missing_characters(error.diagnostic)) - missing
            missing |= found
            if not found:
                break
    # Fonts join characters in ways that cannot all be foreseen: better a page without a seal.
    shown = _noted(data, missing)
    words = _("Not PDF/UA or PDF/A: some characters are missing from the fonts of this page.")
    return _typeset(shown | {"description": f"{words} {shown['description']}"}, ())


def _noted(data: dict[str, Any], missing: set[str]) -> dict[str, Any]:
    """Return ``data`` without the ``missing`` characters, and a note about them in its foot."""
    if not missing:
        return data
    shown = without(data, missing)
    words = ngettext(
        "{n} character cannot be printed with the fonts of this page and stands as {sign}.",
        "{n} different characters cannot be printed with the fonts of this page and stand as "
        "{sign}.",
        len(missing),
    ).format(n=len(missing), sign=PLACEHOLDER)
    if data["attached"] is not None:
        attached = _("The attached record has them.")
        words = f"{words} {attached}"
    shown["foot"] = [words, *shown["foot"]]
    return shown


def _typeset(data: dict[str, Any], standards: Sequence[PDFStandard]) -> bytes:
    from typst import Compiler

    inputs = {"page": json.dumps(data, ensure_ascii=False), "overflow": OVERFLOW}
    compiler = Compiler(SOURCE.read_bytes(), ignore_system_fonts=True, sys_inputs=inputs)
    made = compiler.compile(format="pdf", pdf_standards=list(standards), timestamp=0)
    assert isinstance(made, bytes)
    _remembered.append(True)
    return made


_remembered: list[bool] = []
A_FEW, UNTIL_FORGOTTEN = 3, 12


def forget() -> None:
    """Have typst let go of what it remembers of the last few pages, for whoever sets thousands.

    It keeps some 5 MiB of each until ten more were set, which pages of one letter count as.
    """
    if len(_remembered) < A_FEW:
        return
    from typst import Compiler

    _remembered.clear()
    for _time in range(UNTIL_FORGOTTEN):
        Compiler(b"x", ignore_system_fonts=True).compile(format="svg")


# --- What the typst file reads --------------------------------------------------------------


def _data(page: Page, record: bytes | None) -> dict[str, Any]:
    language, _sep, region = page.language.partition("-")
    set_: dict[str, Any] = _broken(_whole(page, record, language, region))
    return set_


# What is no text of the page itself.
_NOT_SET = frozenset(
    {"svg", "alt", "attached", "title-line", "description", "author", "ink", "tint", "sign"}
)


def _broken(value: Any, key: str = "") -> Any:  # noqa: ANN401  whatever the page holds
    """Return ``value`` in which words that fit no column may be broken."""
    if isinstance(value, str):
        return value if key in _NOT_SET else breakable(value)
    if isinstance(value, list):
        return [_broken(each, key) for each in value]
    if isinstance(value, dict):
        return {name: _broken(each, name) for name, each in value.items()}
    return value


def _whole(page: Page, record: bytes | None, language: str, region: str) -> dict[str, Any]:
    return {
        "kind": page.kind,
        "title": page.title,
        "title-line": f"{page.kind}: {page.title}",
        "author": SOFTWARE,
        "description": page.foot[-1],
        "subtitle": page.subtitle,
        "notice": page.notice,
        "headline": page.headline,
        "headline-lead": page.headline_lead,
        "meaning": page.meaning,
        "look": None if page.look is None else asdict(page.look),
        "top": [asdict(line) for line in page.top],
        "parts": [_part(part) for part in page.parts],
        "foot": list(page.foot),
        "lang": language,
        "region": region or None,
        "day": _day(page.day),
        "sheet-number": None,
        "attached": None if record is None else record.decode(),
        "attached-words": _("The record this page was made from"),
    }


def _day(text: str) -> list[int] | None:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return [day.year, day.month, day.day]


def _part(part: Part) -> dict[str, Any]:
    return {"title": part.title, "side": part.side, "blocks": [_block(b) for b in part.blocks]}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", "line": asdict(block.line)}
        case Points():
            items = [asdict(line) for line in block.items]
            return {"kind": "points", "items": items, "more": block.more}
        case Facts():
            return {"kind": "facts", "items": [asdict(line) for line in block.items]}
        case Table():
            return {
                "kind": "table",
                "columns": list(block.columns),
                "widths": list(block.widths),
                "rows": [list(row) for row in block.rows],
                "strong": sorted(block.strong),
                "more": block.more,
            }
        case Bars():
            return {
                "kind": "bars",
                "columns": list(block.columns),
                "rows": [
                    {
                        "name": row.name,
                        "svg": svg(row.bar) if row.bar else None,
                        "alt": row.bar.alt if row.bar else "",
                        "cells": list(row.cells),
                        "strong": row.strong,
                    }
                    for row in block.rows
                ],
                "legend": block.legend,
                "more": block.more,
            }


EXPORT = Export(
    name="leadership-pdf",
    title=N_("Leadership page (PDF)"),
    purpose=N_("For the board: one page of A4 for each assessment, for screen readers too."),
    ending="pdf",
    media_type="application/pdf",
    use="leadership",
    one_each=True,
    write=write,
    wants=frozenset({"words", "earlier", "portfolio"}),
    unavailable="" if is_available() else MISSING_PACKAGE,
)
