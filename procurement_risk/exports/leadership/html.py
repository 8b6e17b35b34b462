"""The leadership page as HTML: one file without scripts that asks for nothing else.

On screen it is as wide as it needs; printed, it is one page of A4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.leadership.bars import svg
from procurement_risk.exports.leadership.height import lines
from procurement_risk.exports.sealed import Matter, matter_of
from procurement_risk.language import N_
from procurement_risk.profile.looks import GRAVITIES, UNSETTLED
from procurement_risk.report import ROOMS, Page, Room
from procurement_risk.report.page import (
    Bar,
    BarRow,
    Bars,
    Block,
    Facts,
    Line,
    Paragraph,
    Part,
    Points,
    Table,
)

# What the printed page holds, in lines of its text; measured in Chromium, with a little to spare.
LINES = 80


SHORT = 20  # characters of a cell that stay on one line
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur", "yi")

STYLE = (
    "\n"
    + Path(__file__).with_name("leadership.css").read_text("utf-8")
    + "".join(
        f".{look.colour} {{ --ink: {look.ink}; --tint: {look.tint}; }}\n"
        for look in (*GRAVITIES, UNSETTLED)
    )
)


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the page of one assessment; the assessment it follows may stand second.

    Raises:
        UsageError: If there are others.
    """
    return html(matter_of(assessments))


def html(matter: Matter) -> bytes:
    """Return the page as HTML."""
    return fitted(matter.page)


def fitted(page_in: Callable[[Room], Page]) -> bytes:
    """Return a page as HTML, in the roomiest form that prints on one sheet of A4.

    Args:
        page_in: Returns the page, shortened to a room.
    """
    pages = (page_in(room) for room in ROOMS)
    page = next(pages)
    for shorter in pages:
        if lines(page) <= LINES:
            break
        page = shorter
    return document(page).encode()


def document(page: Page, further_style: str = "") -> str:
    """Return ``page`` as a whole HTML document; ``further_style`` overrules the usual one."""
    direction = "rtl" if page.language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
    whole = [part for part in page.parts if part.side == "whole"]
    columns = [[part for part in page.parts if part.side == side] for side in ("left", "right")]
    pieces = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(page.language)}" dir="{direction}">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        # Nothing may be fetched or run, whatever stands on the page.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">",
        f"<title>{escape(page.kind)}: {escape(page.title)}</title>",
        f"<style>{STYLE}{further_style}</style></head><body>",
        f'<header><p class="kind">{escape(page.kind)}</p><h1>{escape(page.title)}</h1>',
        f"<p>{escape(page.subtitle)}</p>",
        f'<p class="notice">{escape(page.notice)}</p>' if page.notice else "",
        "</header><main>",
        *_answer(page),
        _facts(page.top),
        "</div>",
        *map(_part, whole),
        '<div class="columns">',
        *(f"<div>{''.join(map(_part, parts))}</div>" for parts in columns),
        "</div></main><footer>",
        *(f"<p>{escape(words)}</p>" for words in page.foot),
        "</footer></body></html>",
        "",
    ]
    return "\n".join(pieces)


def _answer(page: Page) -> Iterator[str]:
    """Yield the answer in its colours, with its sign, which is drawn and not read aloud."""
    colour, sign = "", ""
    if page.look is not None:
        colour, sign = f" {page.look.colour}", f' data-sign="{page.look.sign}"'
    yield f'<div class="answer{colour}"><p class="small">{escape(page.headline_lead)}</p>'
    yield f'<h2 class="headline"{sign}>{escape(page.headline)}</h2>'
    yield f"<p>{escape(page.meaning)}</p>"


def _part(part: Part) -> str:
    return f"<section><h2>{escape(part.title)}</h2>{''.join(map(_block, part.blocks))}</section>"


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p>{_line(block.line)}</p>"
        case Points():
            items = "".join(f"<li>{_line(line)}</li>" for line in block.items)
            return f"<ul>{items}</ul>{_more(block.more)}"
        case Facts():
            return _facts(block.items)
        case Table():
            rows = (
                _row(block.columns, row, place in block.strong)
                for place, row in enumerate(block.rows)
            )
            table = _table(block.title, block.columns, rows, block.widths)
            return table + _more(block.more)
        case Bars():
            rows = (_bar_row(block.columns, row) for row in block.rows)
            table = _table(block.title, block.columns, rows)
            return f'{table}<p class="small">{escape(block.legend)}</p>{_more(block.more)}'


def _line(line: Line) -> str:
    lead = f"<strong>{escape(line.lead)}:</strong> " if line.lead else ""
    return lead + escape(line.text)


def _facts(items: Iterable[Line]) -> str:
    rows = (f"<dt>{escape(item.lead)}</dt><dd>{escape(item.text)}</dd>" for item in items)
    return f"<dl>{''.join(rows)}</dl>"


def _table(
    title: str, columns: Iterable[str], rows: Iterable[str], widths: Sequence[int] = ()
) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    columns_of = "".join(f'<col class="share-{share}">' for share in shares(widths))
    kind = ' class="words"' if widths else ""
    group = f"<colgroup>{columns_of}</colgroup>" if widths else ""
    return (
        # On a phone it is moved sideways, by keyboard too.
        f'<div class="table" tabindex="0" role="group" aria-label="{escape(title)}">'
        f'<table{kind}><caption class="unseen">{escape(title)}</caption>{group}'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def shares(widths: Sequence[int]) -> list[int]:
    """Return how much of a table each column takes, in whole per cent, rounded down."""
    return [100 * width // sum(widths) for width in widths]


def _row(columns: Sequence[str], cells: Sequence[str], strong: bool) -> str:
    rest = "".join(map(_cell, cells[1:], columns[1:]))
    return f"<tr{_strong(strong)}>{_name(cells[0])}{rest}</tr>"


def _name(cell: str) -> str:
    return f'<th scope="row"{_short(cell)}>{escape(cell)}</th>'


def _cell(cell: str, column: str = "") -> str:
    column = f' data-column="{escape(column)}"' if column else ""
    return f"<td{_short(cell)}{column}>{escape(cell)}</td>"


def _short(cell: str) -> str:
    return ' class="short"' if len(cell) <= SHORT else ""


def _bar_row(columns: Sequence[str], row: BarRow) -> str:
    figures = "".join(map(_cell, row.cells, columns[2:]))
    picture = f'<td class="picture">{_picture(row.bar) if row.bar else "–"}</td>'
    return f"<tr{_strong(row.strong)}>{_name(row.name)}{picture}{figures}</tr>"


def _picture(bar: Bar) -> str:
    named = f'<svg role="img" aria-label="{escape(bar.alt)}" preserveAspectRatio="none" '
    return svg(bar).replace("<svg ", named, 1)


def _strong(strong: bool) -> str:
    return ' class="strong"' if strong else ""


def _more(words: str) -> str:
    return f'<p class="more">{escape(words)}</p>' if words else ""


EXPORT = Export(
    name="leadership-html",
    title=N_("Leadership page (HTML)"),
    purpose=N_("For a web page or an e-mail: the same page, in one file that asks for no other."),
    ending="html",
    media_type="text/html",
    use="leadership",
    one_each=True,
    write=write,
    wants=frozenset({"words", "earlier", "portfolio"}),
)
