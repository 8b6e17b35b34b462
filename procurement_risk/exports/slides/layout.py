"""What fits on a slide: sizes in inches and points, and how much room text takes.

Nothing measures the letters before PowerPoint does, so widths are estimated with some to spare,
and what does not fit goes on to a further slide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from procurement_risk.exports.wrapping import wrapped
from procurement_risk.language.text import shorten
from procurement_risk.report.page import Line, Table

WIDTH, HEIGHT = 13.333, 7.5
MARGIN = 0.6
INNER = WIDTH - 2 * MARGIN


class Box(NamedTuple):
    """Where something stands, in inches."""

    left: float
    top: float
    width: float
    height: float


NOTICE = Box(MARGIN, 0.22, INNER, 0.44)
KICKER = Box(MARGIN, 0.72, INNER, 0.32)
TITLE = Box(MARGIN, 1.0, INNER, 0.95)
BODY = Box(MARGIN, 2.12, INNER, 4.43)
FOOT = Box(MARGIN, 6.72, INNER - 0.9, 0.5)
NUMBER = Box(WIDTH - MARGIN - 0.8, 6.72, 0.8, 0.5)

TEXT, CELL, SMALL = 16.0, 12.0, 10.0
SCALES = (1.0, 0.92, 0.84)  # of text and cells, before anything goes on to a further slide
WIDEST = 40  # letters of a cell beyond which a column gets no wider
TITLE_SIZES = (28.0, 24.0, 20.0, 17.0, 14.0)
NOTICE_SIZES = (10.0, 9.0, 8.0)
BREAK = "\u200b"  # where a long word may be broken: it has no width
LINE = 1.2  # of the letters' size
LETTER = 0.54  # the width of an average letter, of its size
SPACE = 6.0  # points between two paragraphs
INSET = 0.05  # inches around the text of a box and of a cell
PLOT = 0.56  # of the width, where a table stands beside a chart


def height_of(text: str, size: float, width: float) -> float:
    """Return about how many inches ``text`` takes in a column of ``width`` inches."""
    letters = int(max(width - 2 * INSET, 0.1) * 72 / (size * LETTER))
    return wrapped(text.replace(BREAK, ""), letters) * size * LINE / 72


def fitted(text: str, sizes: Sequence[float], box: Box) -> tuple[str, float]:
    """Return a text with the largest of ``sizes`` in which it fits; cut where it fits in none."""
    for size in sizes:
        if height_of(text, size, box.width) <= box.height:
            return text, size
    size, most = sizes[-1], len(text)
    while height_of(text, size, box.width) > box.height:
        most = most * 9 // 10
        text = shorten(text, most)
    return text, size


def said(line: Line) -> str:
    """Return a line as one text."""
    return f"{line.lead}: {line.text}" if line.lead else line.text


def lines_height(lines: Sequence[Line], width: float, scale: float = 1) -> float:
    """Return about how high lines stand in a column of ``width`` inches."""
    return sum(height_of(said(line), TEXT * scale, width) + SPACE / 72 for line in lines)


def lines_in(
    lines: Sequence[Line], height: float, width: float, scale: float = 1
) -> Iterator[tuple[Line, ...]]:
    """Yield the lines in as many lots as do not fit ``height`` together."""
    lot: list[Line] = []
    for line in lines:
        if lot and lines_height([*lot, line], width, scale) > height:
            yield tuple(lot)
            lot = []
        lot.append(line)
    if lot:
        yield tuple(lot)


def column_widths(table: Table, width: float) -> list[float]:
    """Return the width of each column in inches, by what stands in it: no word is broken."""
    columns = zip(table.columns, *table.rows, strict=True)
    letters = [_letters(cells) for cells in columns]
    return [width * each / sum(letters) for each in letters]


def _letters(cells: Sequence[str]) -> int:
    """Return for how many letters a column has room: its words, and most of its cells."""
    longest = max(len(word) for cell in cells for word in (cell.split() or [""]))
    mean = sum(map(len, cells)) // len(cells)
    return min(max(longest + 3, mean, 6), WIDEST)


def row_height(cells: Sequence[str], widths: Sequence[float], scale: float = 1) -> float:
    """Return about how high a row stands."""
    tallest = max(
        height_of(cell, CELL * scale, width - 2 * INSET)
        for cell, width in zip(cells, widths, strict=True)
    )
    return tallest + 3 * INSET


def table_height(table: Table, width: float, scale: float = 1) -> float:
    """Return about how high a table stands."""
    widths = column_widths(table, width)
    return sum(row_height(row, widths, scale) for row in (table.columns, *table.rows))


def fits_unbroken(table: Table, width: float) -> bool:
    """Return whether each column is as wide as its longest word."""
    columns = zip(table.columns, *table.rows, strict=True)
    return all(
        max(len(word) for cell in cells for word in (cell.split() or [""])) * CELL * LETTER / 72
        <= wide - 4 * INSET
        for cells, wide in zip(columns, column_widths(table, width), strict=True)
    )


def rows_in(table: Table, height: float, width: float, scale: float = 1) -> Iterator[range]:
    """Yield the places of the rows that stand on one slide together, below the headings."""
    widths = column_widths(table, width)
    room = height - row_height(table.columns, widths, scale)
    start, used = 0, 0.0
    for place, row in enumerate(table.rows):
        tall = row_height(row, widths, scale)
        if place > start and used + tall > room:
            yield range(start, place)
            start, used = place, 0.0
        used += tall
    if start < len(table.rows):
        yield range(start, len(table.rows))
