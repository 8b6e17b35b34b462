"""A deck as PowerPoint: real titles, native charts and tables, and words for each shape.

What anybody wrote goes in as text. The same deck gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from procurement_risk.assessment.answers import is_day
from procurement_risk.exports.docx_writing import BRITISH, text_of
from procurement_risk.exports.slides import layout
from procurement_risk.exports.slides.arranging import Sheet, sheets_of
from procurement_risk.exports.slides.charting import add_chart
from procurement_risk.exports.slides.deck import Deck
from procurement_risk.exports.slides.layout import Box
from procurement_risk.exports.zips import same_each_time
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import ENGLISH, _
from procurement_risk.profile.looks import UNSETTLED, Look
from procurement_risk.report.page import Line, Plot, Table

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Slides

TITLE_ONLY = 5  # the layout of that name in the template that comes with python-pptx
GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"  # PowerPoint's table style with lines alone
INK = "#1a1a1a"


def write(deck: Deck) -> bytes:
    """Return the deck as a PPTX file."""
    from pptx import Presentation
    from pptx.util import Inches

    made = Presentation()
    made.slide_width, made.slide_height = Inches(layout.WIDTH), Inches(layout.HEIGHT)
    _widen(made)
    _set_properties(made, deck)
    sheets = [sheet for slide in deck.slides for sheet in sheets_of(slide)]
    for place, sheet in enumerate(sheets, start=1):
        _Drawn(made, deck).sheet(sheet, f"{place} / {len(sheets)}")
    file = io.BytesIO()
    made.save(file)
    return same_each_time(file.getvalue(), stamped=True)


def _widen(made: Slides) -> None:
    """Fit what the template has for a narrower slide to the width of ours."""
    for kept in (made.slide_master, *made.slide_layouts):
        for shape in kept.placeholders:
            left, width = shape.left, shape.width
            shape.left, shape.width = int(left * 4 / 3), int(width * 4 / 3)


def _set_properties(made: Slides, deck: Deck) -> None:
    kept = made.core_properties
    kept.title, kept.subject = text_of(deck.title)[:255], text_of(deck.foot[-1])[:255]
    kept.author = kept.last_modified_by = SOFTWARE
    kept.comments = text_of(deck.notice)[:255]
    kept.language = _language(deck)
    day = deck.day if is_day(deck.day) else "1980-01-01"
    kept.created = kept.modified = datetime.fromisoformat(day)


def _language(deck: Deck) -> str:
    return BRITISH if deck.language in ("", ENGLISH) else deck.language


class _Drawn:
    """One slide that is being drawn."""

    def __init__(self, made: Slides, deck: Deck) -> None:
        self._slide = made.slides.add_slide(made.slide_layouts[TITLE_ONLY])
        self._deck = deck

    def sheet(self, sheet: Sheet, number: str) -> None:
        """Draw everything that stands on it."""
        slide, deck = sheet.slide, self._deck
        self._title(slide.title, slide.look)
        if deck.notice:
            self._notice(deck.notice)
        if slide.kicker:
            kicker, size = layout.fitted(slide.kicker, (layout.CELL,), layout.KICKER)
            self._text(layout.KICKER, [Line(kicker)], size, _("What the slide is about"))
        for box, content in sheet.pieces:
            match content:
                case Plot():
                    chart = add_chart(self._slide, box, content, _language(deck))
                    _describe(chart, content.alt)
                case Table():
                    self._table(box, content, sheet.scale)
                case _:
                    size = layout.TEXT * sheet.scale
                    self._text(box, content, size, _("What there is to say"), after=layout.SPACE)
        room = layout.FOOT._replace(height=layout.FOOT.height / 2)
        foot = [Line(layout.fitted(words, (layout.SMALL,), room)[0]) for words in deck.foot]
        self._text(layout.FOOT, foot, layout.SMALL, _("What this rests on"))
        self._text(layout.NUMBER, [Line(number)], layout.SMALL, _("Number of the slide"))

    def _title(self, title: str, look: Look | None) -> None:
        shape: Any = self._slide.shapes.title
        _place(shape, layout.TITLE)
        sign = f"{look.sign} " if look else ""
        frame = _frame(shape)
        words, size = layout.fitted(f"{sign}{title}", layout.TITLE_SIZES, layout.TITLE)
        self._run(frame.paragraphs[0], words, size, strong=True)
        _left(frame.paragraphs[0])
        if look is not None:
            _fill(shape, look.tint)
            _colour(frame.paragraphs[0].runs[0].font, look.ink)
        _describe(shape, _("What the slide says"))

    def _notice(self, notice: str) -> None:
        words, size = layout.fitted(notice, layout.NOTICE_SIZES, layout.NOTICE)
        alt = _("What has to be known")
        shape = self._text(layout.NOTICE, [Line(words)], size, alt, strong=True)
        shape.line.color.rgb = _rgb(INK)

    def _text(
        self,
        box: Box,
        lines: Sequence[Line],
        size: float,
        alt: str,
        *,
        strong: bool = False,
        after: float = 0,
    ) -> Any:  # noqa: ANN401  python-pptx's own shape
        from pptx.util import Pt

        shape: Any = self._slide.shapes.add_textbox(0, 0, 0, 0)
        _place(shape, box)
        frame = _frame(shape)
        for place, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.space_after = Pt(after)
            if line.lead:
                self._run(paragraph, f"{line.lead}: ", size, strong=True)
            self._run(paragraph, line.text, size, strong=strong)
        _describe(shape, alt)
        return shape

    def _table(self, box: Box, table: Table, scale: float) -> None:
        from pptx.util import Inches

        rows = (table.columns, *table.rows)
        shape: Any = self._slide.shapes.add_table(len(rows), len(table.columns), 0, 0, 0, 0)
        _place(shape, box)
        drawn = shape.table
        (style,) = drawn._tbl.tblPr
        style.text = GRID
        drawn.horz_banding = False
        widths = layout.column_widths(table, box.width)
        for column, width in zip(drawn.columns, widths, strict=True):
            column.width = Inches(width)
        for place, (row, cells) in enumerate(zip(drawn.rows, rows, strict=True)):
            row.height = Inches(layout.row_height(cells, widths, scale))
            strong = place == 0 or place - 1 in table.strong
            for cell, text in zip(row.cells, cells, strict=True):
                _tighten(cell)
                self._run(cell.text_frame.paragraphs[0], text, layout.CELL * scale, strong=strong)
                if place == 0:
                    _fill(cell, UNSETTLED.tint)
        _describe(shape, table.title)

    def _run(
        self,
        paragraph: Any,  # noqa: ANN401  python-pptx's own paragraph
        text: str,
        size: float,
        *,
        strong: bool,
    ) -> None:
        from pptx.util import Pt

        run = paragraph.add_run()
        ends = " " if text.endswith(": ") else ""
        run.text = text_of(text) + ends
        run.font.size, run.font.bold = Pt(size), strong
        _colour(run.font, INK)
        run._r.get_or_add_rPr().set("lang", _language(self._deck))


# --- What python-pptx has no words for ------------------------------------------------------


def _describe(shape: Any, alt: str) -> None:  # noqa: ANN401
    shape._element._nvXxPr.cNvPr.set("descr", text_of(alt))


def _place(shape: Any, box: Box) -> None:  # noqa: ANN401
    from pptx.util import Inches

    shape.left, shape.top, shape.width, shape.height = map(Inches, box)


def _frame(shape: Any) -> Any:  # noqa: ANN401
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE

    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    _tighten(frame)
    return frame


def _tighten(kept: Any) -> None:  # noqa: ANN401
    from pptx.util import Inches

    kept.margin_left = kept.margin_right = Inches(layout.INSET)
    kept.margin_top = kept.margin_bottom = Inches(layout.INSET / 2)


def _left(paragraph: Any) -> None:  # noqa: ANN401
    from pptx.enum.text import PP_ALIGN

    paragraph.alignment = PP_ALIGN.LEFT


def _fill(shape: Any, colour: str) -> None:  # noqa: ANN401
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(colour)


def _colour(font: Any, colour: str) -> None:  # noqa: ANN401
    font.color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:  # noqa: ANN401
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour.removeprefix("#").upper())
