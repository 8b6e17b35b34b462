"""A leadership page read back: one of its parts, a line of its top, every word on it."""

from procurement_risk.report.page import Facts, Paragraph, Points, Table


def part(page, title):
    (found,) = [each for each in page.parts if each.title.startswith(title)]
    return found


def said(page_or_part):
    """Every word on a page, or in one part of it."""
    if not hasattr(page_or_part, "parts"):
        return " ".join(words for block in page_or_part.blocks for words in _words(block))
    page = page_or_part
    top = " ".join(f"{line.lead}: {line.text}" for line in page.top)
    parts = " ".join(f"{each.title} {said(each)}" for each in page.parts)
    head = f"{page.kind} {page.title} {page.subtitle} {page.notice} {page.headline} {page.meaning}"
    return f"{head} {top} {parts} {' '.join(page.foot)}"


def _words(block):
    if isinstance(block, Paragraph):
        yield f"{block.line.lead}: {block.line.text}"
    elif isinstance(block, Points | Facts):
        yield from (f"{line.lead}: {line.text}" for line in block.items)
    elif isinstance(block, Table):
        yield from (cell for row in (block.columns, *block.rows) for cell in row)
    else:
        yield from (cell for row in block.rows for cell in (row.name, *row.cells))
        yield block.legend
    yield getattr(block, "more", "")


def top(page, lead):
    (found,) = [line.text for line in page.top if line.lead == lead]
    return found
