"""How many lines of text a page takes when it is printed."""

from __future__ import annotations

from procurement_risk.exports.wrapping import wrapped
from procurement_risk.report import Page
from procurement_risk.report.page import (
    Bars,
    Block,
    Facts,
    Paragraph,
    Points,
    Table,
)

WHOLE, HALF = 122, 58  # characters of a line over the whole width, and in one of two columns


def lines(page: Page) -> float:
    """Return about how many lines of text the page takes when it is printed."""
    head = 4.5 + wrapped(page.title, WHOLE // 2) + (2 if page.notice else 0)
    answer = wrapped(page.meaning, WHOLE) + wrapped(page.headline, WHOLE * 2 // 3) * 1.5
    answer += sum(wrapped(f"{item.lead}: {item.text}", WHOLE) for item in page.top)
    foot = 1 + sum(wrapped(words, WHOLE * 11 // 10) for words in page.foot)
    height = {"whole": 0.0, "left": 0.0, "right": 0.0}
    for part in page.parts:
        width = WHOLE if part.side == "whole" else HALF
        height[part.side] += 1.9 + sum(_height(block, width) for block in part.blocks)
    return head + answer + foot + height["whole"] + max(height["left"], height["right"])


def _height(block: Block, width: int) -> float:
    match block:
        case Paragraph():
            return 0.4 + wrapped(f"{block.line.lead}: {block.line.text}", width)
        case Points() | Facts():
            items = sum(wrapped(f"{i.lead}: {i.text}", width - 2) for i in block.items)
            return items + 0.4 + (1.1 if getattr(block, "more", "") else 0)
        case Table():
            share = [width * each // sum(block.widths) - 1 for each in block.widths]
            rows = (max(map(wrapped, row, share)) for row in (block.columns, *block.rows))
            return sum(height + 0.05 for height in rows) + (1.1 if block.more else 0)
        case Bars():
            rows_of_bars = sum(max(1.2, wrapped(row.name, 28)) for row in block.rows)
            legend = wrapped(block.legend, WHOLE)
            return 1.3 + rows_of_bars + legend + (1.1 if block.more else 0)
