"""Word documents: headings, paragraphs and tables that screen readers and Word understand.

Everything anybody wrote goes in as text. Characters that XML forbids are left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import ENGLISH
from procurement_risk.language.heard import Heard
from procurement_risk.language.text import breakable, one_line

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BRITISH = "en-GB"
LANGUAGE_KINDS = ("w:val", "w:eastAsia", "w:bidi")


class Writer:
    """One document, written from top to bottom.

    Args:
        title: Its title: shown as such, and kept in the file's own properties.
        subject: What it is about, for the file's properties.
        wide: Whether its sheets lie on their side.
    """

    def __init__(self, title: str, subject: str, *, wide: bool = False) -> None:
        from docx import Document

        self._document: WordDocument = Document()
        self._set_properties(title, subject)
        self._set_sheet(wide)
        self._document.add_heading(text_of(title), 0)

    def _set_properties(self, title: str, subject: str) -> None:
        kept, now = self._document.core_properties, datetime.now(UTC).replace(tzinfo=None)
        kept.title, kept.subject = text_of(title)[:255], text_of(subject)[:255]
        kept.author = kept.last_modified_by = SOFTWARE
        kept.comments = kept.keywords = ""
        kept.created = kept.modified = now

    def _set_sheet(self, wide: bool) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Mm, Pt

        section = self._document.sections[0]
        short, long = Mm(210), Mm(297)
        section.page_width, section.page_height = (long, short) if wide else (short, long)
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin = section.bottom_margin = Mm(18)
        normal: Any = self._document.styles["Normal"]
        normal.font.size = Pt(10.5)

    def heading(self, text: str, level: int = 1) -> None:
        """Add a heading; level 1 is the highest below the title."""
        self._document.add_heading(text_of(text), level)

    def paragraph(self, text: str, *, strong: bool = False) -> None:
        """Add a paragraph."""
        self._document.add_paragraph().add_run(text_of(text)).bold = strong

    def points(self, texts: Iterable[str]) -> None:
        """Add a bulleted list."""
        for text in texts:
            self._document.add_paragraph(text_of(text), style="List Bullet")

    def table(
        self, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
    ) -> None:
        """Add a table whose heading row stands again at the top of each sheet.

        Args:
            columns: The headings.
            rows: A text for each column.
            widths: How wide each column is, beside the others.
        """
        table = self._document.add_table(rows=1, cols=len(columns))
        table.style = "Table Grid"
        table.autofit = False
        section = self._document.sections[0]
        sides = (section.left_margin or 0) + (section.right_margin or 0)
        room = (section.page_width or 0) - sides
        shares = [room * width // sum(widths) for width in widths]
        for column, share in zip(table.columns, shares, strict=True):
            column.width = share
        _fill(table.rows[0], columns, shares, strong=True)
        _mark(table.rows[0], "w:tblHeader")
        for row in rows:
            _fill(table.add_row(), row, shares)

    def bytes(self, heard: Heard, texts: str) -> bytes:
        """Return the file, marked with the language that it is mostly in.

        Args:
            heard: What the app said in it.
            texts: The language of the questionnaire's texts in it.
        """
        self._mark_language(heard, texts)
        made = io.BytesIO()
        self._document.save(made)
        return made.getvalue()

    def _mark_language(self, heard: Heard, texts: str) -> None:
        from docx.oxml.ns import qn

        letters = sum(len(each.text or "") for each in self._document.element.iter(qn("w:t")))
        code = heard.mostly(letters, texts)
        language = BRITISH if code in ("", ENGLISH) else code
        self._document.core_properties.language = language
        for found in self._document.styles.element.iter(qn("w:lang")):
            for kind in LANGUAGE_KINDS:
                found.set(qn(kind), language)


def text_of(text: str) -> str:
    """Return ``text`` on one line without characters that XML forbids or nobody sees."""
    return breakable(one_line(text))


def _fill(
    row: Any,  # noqa: ANN401  python-docx's own row
    texts: Sequence[str],
    shares: Sequence[int],
    *,
    strong: bool = False,
) -> None:
    """Write a row that no end of a sheet parts."""
    for cell, text, share in zip(row.cells, texts, shares, strict=True):
        cell.width = share
        cell.paragraphs[0].add_run(text_of(text)).bold = strong
    _mark(row, "w:cantSplit")


def _mark(row: Any, mark: str) -> None:  # noqa: ANN401  python-docx's own row
    """Mark a row as Word does, for which python-docx has no words of its own."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(mark))
