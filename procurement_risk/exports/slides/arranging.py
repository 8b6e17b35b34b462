"""Where everything of a slide stands; what does not fit goes on to a further one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from procurement_risk.exports.slides import layout
from procurement_risk.exports.slides.deck import Slide
from procurement_risk.exports.slides.layout import BODY, Box
from procurement_risk.language import _
from procurement_risk.report.page import Line, Plot, Table

Content = tuple[Line, ...] | Plot | Table
Piece = tuple[Box, Content]
GAP = 0.25
LEFT = BODY._replace(width=BODY.width * layout.PLOT)
RIGHT = BODY._replace(left=BODY.left + LEFT.width + GAP, width=BODY.width - LEFT.width - GAP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One slide as it is drawn.

    Attributes:
        slide: What it is of; its title says which of how many.
        pieces: What stands in its middle, and where.
    """

    slide: Slide
    pieces: tuple[Piece, ...]


def sheets_of(slide: Slide) -> Iterator[Sheet]:
    """Yield as many sheets as it takes to show the whole of ``slide``."""
    found = list(_pieces(slide))
    for place, pieces in enumerate(found):
        title = slide.title
        if len(found) > 1:
            words = _("{title} ({n} of {all})")
            title = words.format(title=title, n=place + 1, all=len(found))
        yield Sheet(slide=replace(slide, title=title), pieces=tuple(pieces))


def _pieces(slide: Slide) -> Iterator[list[Piece]]:
    sheets = list(_pictures(slide))
    lines = slide.lines
    if sheets and lines and (box := _room_for(lines, sheets[-1])):
        sheets[-1].append((box, lines))
        lines = ()
    sheets += [[(BODY, lot)] for lot in layout.lines_in(lines, BODY.height, BODY.width)]
    yield from sheets or [[]]


def _pictures(slide: Slide) -> Iterator[list[Piece]]:
    plot, table = slide.plot, slide.table
    if plot is not None:
        right = RIGHT._replace(height=layout.table_height(table, RIGHT.width) if table else 0)
        if table is not None and right.height <= BODY.height:
            yield [(LEFT, plot), (right, table)]
            return
        beside = not table and 0 < layout.lines_height(slide.lines, RIGHT.width) <= BODY.height
        yield [(LEFT if beside else BODY, plot)]
    if table is None:
        return
    for rows in layout.rows_in(table, BODY.height, BODY.width):
        lot = replace(
            table,
            rows=tuple(table.rows[place] for place in rows),
            strong=frozenset(each - rows.start for each in table.strong if each in rows),
        )
        yield [(BODY._replace(height=layout.table_height(lot, BODY.width)), lot)]


def _room_for(lines: tuple[Line, ...], pieces: list[Piece]) -> Box | None:
    """Return where lines fit below the last piece, or beside a chart; None where they do not."""
    last, content = pieces[-1]
    if isinstance(content, Plot):
        return RIGHT if last == LEFT else None
    top = last.top + last.height + GAP
    box = last._replace(top=top, height=BODY.top + BODY.height - top)
    return box if layout.lines_height(lines, box.width) <= box.height else None
