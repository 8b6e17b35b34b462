"""How a cell of the workbook that goes out is written: as text, tall enough, and fit to print."""

from __future__ import annotations

import re
import textwrap
import unicodedata

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from procurement_risk.language.text import one_line, without_unseen

LONGEST_CELL = 32_000  # Excel holds 32,767 characters
LINE_HEIGHT, TALLEST = 14.5, 409.0  # points; Excel shows no row taller than that
HEAD, SECTION, FILL = (
    PatternFill("solid", fgColor=colour) for colour in ("FF1F3A5F", "FFE3EAF3", "FFFFFBE6")
)
LINE = Border(*[Side("thin", color="FFB8C2CF")] * 4)
WRAPPED = Alignment(wrap_text=True, vertical="top")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def put(words: str, **values: str) -> str:
    """Return ``words`` with each of ``values`` in place, on one line."""
    return words.format(**{key: one_line(value) for key, value in values.items()})


def text_cell(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write ``text`` into a cell as text, whatever it begins with, and return the cell."""
    cell = sheet.cell(row, column)
    shown = without_unseen(text)[:LONGEST_CELL]
    cell.value = _ESCAPE.sub("_x005F_", shown)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = WRAPPED
    return cell


def set_height(
    sheet: Worksheet, row: int, texts: list[tuple[str, float]], size: float = 1
) -> None:
    """Make a row tall enough for ``texts``, each in a column so many characters wide.

    LibreOffice keeps a row that states no height at one line, whatever stands in it.
    """
    most = max(_lines(text, width * 0.95) for text, width in texts)
    sheet.row_dimensions[row].height = min(TALLEST, (most * LINE_HEIGHT + 3) * size)


def _lines(text: str, width: float) -> int:
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text) > len(text) / 3
    room = max(1, int(width / 2 if wide else width))
    return sum(len(textwrap.wrap(line, room)) or 1 for line in text.split("\n")) or 1


def for_print(sheet: Worksheet, orientation: str) -> None:
    """Have a sheet printed on A4, as wide as the page, its pages numbered."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = orientation, 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4  # inches
    sheet.oddFooter.center.text = "&P / &N"
