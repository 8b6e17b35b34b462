"""A page of a report as lines for a terminal: the words of the screen and of the paper."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

from procurement_risk.report.page import (
    Bars,
    Block,
    Facts,
    Line,
    Page,
    Paragraph,
    Part,
    Points,
    Table,
)

NARROWEST, WIDEST = 60, 110


def width() -> int:
    """Return how many characters a line may have here."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))


def lines_of(page: Page, parts: Sequence[Part] | None = None) -> Iterator[str]:
    """Yield the page's lines: its top, and all its parts or those given."""
    yield page.title
    for text in (page.subtitle, page.notice):
        if text:
            yield from wrapped(text)
    yield ""
    yield from wrapped(f"{page.headline_lead}: {page.headline}")
    yield from wrapped(page.meaning)
    for line in page.top:
        yield from wrapped(_said(line))
    for part in page.parts if parts is None else parts:
        yield ""
        yield part.title.upper()
        for block in part.blocks:
            yield from _block(block)
    yield ""
    for text in page.foot:
        yield from wrapped(text)


def wrapped(text: str, indent: str = "") -> list[str]:
    """Return ``text`` in lines that fit."""
    return textwrap.wrap(
        text, width(), initial_indent=indent, subsequent_indent=" " * len(indent)
    ) or [""]


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from wrapped(_said(block.line))
    elif isinstance(block, Points | Facts):
        for item in block.items:
            yield from wrapped(_said(item), "- ")
    elif isinstance(block, Table):
        for row in block.rows:
            yield from _row(row[0], block.columns[1:], row[1:])
    elif isinstance(block, Bars):
        for bar in block.rows:
            yield from _row(bar.name, block.columns[2:], bar.cells)
    if not isinstance(block, Paragraph | Facts) and block.more:
        yield from wrapped(block.more)


def _row(name: str, columns: Sequence[str], cells: Sequence[str]) -> list[str]:
    """Return a row as a name with a few words for each cell, since a terminal is narrow."""
    pairs = zip(columns, cells, strict=False)
    told = "; ".join(f"{column}: {cell}" if column else cell for column, cell in pairs if cell)
    return wrapped(f"{name} – {told}" if told else name, "- ")


def _said(line: Line) -> str:
    return f"{line.lead}: {line.text}" if line.lead else line.text
