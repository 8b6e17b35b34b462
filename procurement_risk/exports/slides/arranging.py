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
LOW = 0.42  # of the middle: a table no higher may stand below a chart
LEFT = BODY._replace(width=BODY.width * layout.PLOT)
RIGHT = BODY._replace(left=BODY.left + LEFT.width + GAP, width=BODY.width - LEFT.width - GAP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One slide as it is drawn.

    Attributes:
        slide: What it is of; its title says which of how many.
        pieces: What stands in its middle, and where.
        scale: Of the size of its words.
    """

    slide: Slide
    pieces: tuple[Piece, ...]
    scale: float


def sheets_of(slide: Slide) -> Iterator[Sheet]:
    """Yield as many sheets as it takes to show the whole of ``slide``, in the largest words."""
    tried = {scale: list(_pieces(slide, scale)) for scale in layout.SCALES}
    scale = min(tried, key=lambda each: (len(tried[each]), -each))
    found = tried[scale]
    for place, pieces in enumerate(found):
        title = slide.title
        if len(found) > 1:
            words = _("{title} ({n} of {all})")
            title = words.format(title=title, n=place + 1, all=len(found))
        yield Sheet(slide=replace(slide, title=title), pieces=tuple(pieces), scale=scale)


def _pieces(slide: Slide, scale: float) -> Iterator[list[Piece]]:
    sheets = list(_pictures(slide, scale))
    lines = slide.lines
    if sheets and lines and (box := _room_for(lines, sheets[-1], scale)):
        sheets[-1].append((box, lines))
        lines = ()
    sheets += [[(BODY, lot)] for lot in layout.lines_in(lines, BODY.height, BODY.width, scale)]
    yield from sheets or [[]]


def _pictures(slide: Slide, scale: float) -> Iterator[list[Piece]]:
    plot, table = slide.plot, slide.table
    if plot is not None and table is not None and (pair := _pair(plot, table, scale)):
        yield pair
        return
    if plot is not None:
        said = layout.lines_height(slide.lines, RIGHT.width, scale)
        beside = not table and 0 < said <= BODY.height
        yield [(LEFT if beside else BODY, plot)]
    if table is None:
        return
    for rows in layout.rows_in(table, BODY.height, BODY.width, scale):
        lot = replace(
            table,
            rows=tuple(table.rows[place] for place in rows),
            strong=frozenset(each - rows.start for each in table.strong if each in rows),
        )
        yield [(BODY._replace(height=layout.table_height(lot, BODY.width, scale)), lot)]


def _pair(plot: Plot, table: Table, scale: float) -> list[Piece] | None:
    """Return a chart with its table beside it or below; None where they need a slide each."""
    beside = layout.table_height(table, RIGHT.width, scale)
    if beside <= BODY.height and layout.fits_unbroken(table, RIGHT.width):
        return [(LEFT, plot), (RIGHT._replace(height=beside), table)]
    below = layout.table_height(table, BODY.width, scale)
    if below > BODY.height * LOW:
        return None
    above = BODY._replace(height=BODY.height - below - GAP)
    box = BODY._replace(top=above.top + above.height + GAP, height=below)
    return [(above, plot), (box, table)]


def _room_for(lines: tuple[Line, ...], pieces: list[Piece], scale: float) -> Box | None:
    """Return where lines fit below the last piece, or beside a chart; None where they do not."""
    last, content = pieces[-1]
    if isinstance(content, Plot):
        return RIGHT if last == LEFT else None
    top = last.top + last.height + GAP
    box = last._replace(top=top, height=BODY.top + BODY.height - top)
    return box if layout.lines_height(lines, box.width, scale) <= box.height else None
