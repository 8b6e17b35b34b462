"""How a part of a page is put together, and the few words that every page says alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from procurement_risk.language import _
from procurement_risk.language.phrases import counted, in_pounds
from procurement_risk.report.page import (
    EVERYTHING,
    Block,
    Facts,
    Line,
    Paragraph,
    Part,
    Plot,
    Points,
    Room,
    Side,
    Table,
)


def said(text: str, lead: str = "") -> Paragraph:
    """Return a sentence or two as a paragraph."""
    return Paragraph(line=Line(text, lead))


def part(
    title: str,
    *blocks: Block,
    nothing: str = "",
    side: Side = "whole",
    finding: str = "",
    plot: Plot | None = None,
) -> Part:
    """Return a part of what there is in ``blocks``; it says ``nothing`` where nothing is."""
    found = tuple(block for block in blocks if _holds_anything(block))
    if nothing and not found:
        found = (said(nothing),)
    return Part(title=title, side=side, blocks=found, finding=finding, plot=plot)


def _holds_anything(block: Block) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.line.text)
    return bool(block.items if isinstance(block, Points | Facts) else block.rows)


def table(
    title: str,
    columns: tuple[str, ...],
    rows: Iterable[Iterable[str]],
    widths: tuple[int, ...],
    *,
    room: Room = EVERYTHING,
    more: str = "",
) -> Table:
    """Return a table whose cells are shortened to what fits."""
    cells = tuple(tuple(map(room.called, row)) for row in rows)
    return Table(title=title, columns=columns, rows=cells, widths=widths, more=more)


def notice(is_fictional: bool, *others: str) -> str:
    """Return that some of what is counted is made up, where it is, and what else there is."""
    made_up = _("Some or all of this is fictional demonstration data.") if is_fictional else ""
    return " ".join(filter(None, (made_up, *others)))


def pounds(value: int | None) -> str:
    """Return ``£1,900,000``, or that it is not known, which is not the same as nothing."""
    return _("not known") if value is None else in_pounds(value)


def and_more(left_out: int, where: Literal["record", "portfolio", "compare"] = "record") -> str:
    """Return ``and 3 more in the record``, or empty where nothing is left out."""
    if left_out < 1:
        return ""
    if where == "portfolio":
        return counted(
            left_out, "and {n} more on the Portfolio page", "and {n} more on the Portfolio page"
        )
    if where == "compare":
        return counted(
            left_out, "and {n} more on the page Compare", "and {n} more on the page Compare"
        )
    return counted(left_out, "and {n} more in the record", "and {n} more in the record")
