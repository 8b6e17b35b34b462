"""What a supplier did in the file that is no answer: named with its text, for a person to read.

Nothing of it is taken by itself, and nothing of it is passed over: notes on cells, text where no
answer belongs, addresses behind a text, texts of ours that were changed or struck out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.layout import FILLED, STAMP_MARK
from procurement_risk.formats.workbook.matching import Words, in_every_language, normal
from procurement_risk.formats.workbook.plain import Book, Cell, Sheet
from procurement_risk.formats.workbook.signature import places_of
from procurement_risk.formats.workbook.table import Row, Table
from procurement_risk.framework import Framework
from procurement_risk.language import N_, _
from procurement_risk.language.text import one_line, shorten

KINDS: Mapping[str, str] = {
    "note": N_("A note is pinned to this cell: {text}"),
    "link": N_("A click on “{shown}” leads to {text}"),
    "struck": N_("This is struck out: {text}"),
    "question": N_("The question was changed. It now reads: {text}"),
    "gone": N_("The text of the question is not there any more."),
    "how": N_("The text on how to answer was changed. It now reads: {text}"),
    "column": N_("Under a heading that is not ours, “{shown}”: {text}"),
    "beside": N_("Written where no answer belongs: {text}"),
    "sheet": N_("On a sheet that is not ours: {text}"),
    "formula": N_("A formula stands here; nothing of it was worked out."),
    "thread": N_("Written in a conversation beside {shown}: {text}"),
    "drawing": N_("Written in a drawing or text box: {text}"),
    "letters": N_(
        "The file was saved in older characters. Letters that these lack became question marks "
        "then: compare names and texts."
    ),
    "pane": N_("The file notes which add-in was open beside it. Nothing of that is run here."),
}
"""Each sort of remark, in a sentence."""

NUMBERS_SAYS = "this document was exported from numbers"
NUMBERS_HEADS = ("numbers sheet name", "numbers table name", "excel worksheet name")
LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that somebody should look at.

    Attributes:
        place: Where it is, such as ``Questions!D12``; empty for the file.
        kind: One of ``KINDS``.
        text: What was written, whole.
        shown: What stands in the cell, or over the column.
        question: The id of the question in whose row it is, or empty.
    """

    place: str
    kind: str
    text: str = ""
    shown: str = ""
    question: str = ""

    @property
    def words(self) -> str:
        """It in a sentence, on one line."""
        shown = shorten(one_line(self.shown), LONGEST_SHOWN)
        return _(KINDS[self.kind]).format(text=one_line(self.text), shown=shown)


def remarks_on(
    book: Book,
    tables: Collection[Table],
    words: Words,
    framework: Framework,
    known: Mapping[str, str],
) -> tuple[Remark, ...]:
    """Return everything in the file that is neither ours nor an answer, sheet by sheet.

    ``known`` has the id of each question by how it is compared.
    """
    found = [Remark("", kind, text, shown) for kind, text, shown in book.beside]
    by_sheet = {id(table.sheet): table for table in tables}
    ours = _our_texts(book)
    numbers = _numbers_texts(book)
    for sheet in book.sheets:
        table = by_sheet.get(id(sheet))
        if table is not None:
            found += _on_table(table, words, framework, known, ours)
        else:
            found += _on_sheet(sheet, ours, numbers)
    return tuple(found)


def _on_table(
    table: Table,
    words: Words,
    framework: Framework,
    known: Mapping[str, str],
    ours: Mapping[str, str],
) -> Iterator[Remark]:
    yield from _over(table)
    if "ask" not in table.columns:
        yield Remark(one_line(table.sheet.name), "gone")
    titles = _titles(framework)
    for row in table.rows:
        question = known.get(row.id, "")
        yield from _texts(row, question, words, ours)
        for column, cell in row.cells.items():
            place = f"{one_line(row.sheet)}!{cell.place}"
            yield from _pinned(place, cell, question)
            yield from _written(table, row, column, question, titles)


def _over(table: Table) -> Iterator[Remark]:
    """Yield what stands in the row of headings and over it, and is not ours."""
    sheet, ours = table.sheet, set(table.columns.values())
    title = normal(sheet.name)
    for number in sorted(each for each in sheet.rows if each <= table.header):
        for column, cell in sheet.rows[number].items():
            place = f"{one_line(sheet.name)}!{cell.place}"
            yield from _pinned(place, cell)
            is_heading = number == table.header and column in ours
            # Numbers writes the name of a table over it, which its sheet is called as well.
            if cell.text and not is_heading and not title.endswith(normal(cell.text)):
                yield Remark(place, "beside", cell.text)


def _written(
    table: Table, row: Row, column: int, question: str, titles: Collection[str]
) -> Iterator[Remark]:
    """Yield what a cell under the headings holds that is neither ours nor an answer."""
    cell = row.cells[column]
    place = f"{one_line(row.sheet)}!{cell.place}"
    name = next((name for name, at in table.columns.items() if at == column), None)
    said = normal(cell.text)
    if cell.struck and name not in (*FILLED, "id"):
        yield Remark(place, "struck", cell.struck, question=question)
    if cell.kind == "formula" and not row.is_filled:
        yield Remark(place, "formula", question=question)
    elif name is None and said:
        head = table.sheet.rows[table.header].get(column)
        heading = head.text if head is not None else ""
        kind = "column" if normal(heading) else "beside"
        yield Remark(place, kind, cell.text, heading, question)
    elif said and not row.is_filled and said not in titles and STAMP_MARK not in cell.text:
        yield Remark(place, "beside", cell.text)


def _texts(row: Row, question: str, words: Words, ours: Mapping[str, str]) -> Iterator[Remark]:
    """Yield what became of our own texts in the row of ``question``."""
    if not question:
        return
    asked, told = row.cell("ask"), row.cell("how")
    if "ask" in row.columns and (asked is None or not normal(asked.text)):
        yield Remark(row.place("ask"), "gone", question=question)
    elif asked is not None and normal(asked.text) not in words.asks[question]:
        yield Remark(row.place("ask"), "question", asked.text, question=question)
    if ours and told is not None and ours.get(normal(question)) != layout.text_digest(told.text):
        yield Remark(row.place("how"), "how", told.text, question=question)


def _on_sheet(sheet: Sheet, ours: Mapping[str, str], numbers: Collection[str]) -> Iterator[Remark]:
    names = {name for name in layout.HIDDEN if layout.is_our_sheet(sheet.name, name)}
    guides = in_every_language({"guide": layout.INSTRUCTIONS, "who": layout.SIGNATURE})
    is_guide = any(layout.is_our_sheet(sheet.name, name) for name in guides)
    signed = places_of(sheet)
    for number, cells in sorted(sheet.rows.items()):
        texts = []
        for column, cell in cells.items():
            place = f"{one_line(sheet.name)}!{cell.place}"
            yield from _pinned(place, cell)
            if is_guide and column == 1 and _is_guidance(number, cell, ours):
                continue
            if cell.place in signed:
                continue
            if cell.kind == "formula" and not names:
                yield Remark(place, "formula")
            elif normal(cell.text) and normal(cell.text) not in numbers:
                texts.append(cell.text)
        if texts and not names:
            place = f"{one_line(sheet.name)}!{number}"
            yield Remark(place, "beside" if is_guide else "sheet", " | ".join(texts))


def _is_guidance(number: int, cell: Cell, ours: Mapping[str, str]) -> bool:
    if ours:
        return layout.text_digest(cell.text) in ours.values()
    return number <= layout.FIRST_GUIDANCE  # sent out before its texts were noted


def _pinned(place: str, cell: Cell, question: str = "") -> Iterator[Remark]:
    if cell.note:
        yield Remark(place, "note", cell.note, cell.text, question)
    if cell.link:
        yield Remark(place, "link", cell.link, cell.text, question)


def _titles(framework: Framework) -> set[str]:
    """Return the titles of the sections in every language of the framework, as compared."""
    return {
        normal(section.title)
        for code in framework.languages
        for section in layout.spoken(framework, code).sections
    }


def _our_texts(book: Book) -> dict[str, str]:
    """Return the digest of each text that we wrote, by its question; empty if none is noted."""
    found: dict[str, str] = {}
    for sheet in book.sheets:
        if layout.is_our_sheet(sheet.name, layout.TEXTS_SHEET):
            for cells in sheet.rows.values():
                if {1, 2} <= cells.keys():
                    found[normal(cells[1].text)] = cells[2].text
    return found


def _numbers_texts(book: Book) -> set[str]:
    """Return what Numbers writes of its own: a summary of which tables became which sheets."""
    summary = [
        cell.text
        for sheet in book.sheets
        for cells in sheet.rows.values()
        for cell in cells.values()
        if normal(cell.text).startswith(NUMBERS_SAYS)
    ]
    if not summary:
        return set()
    names = [part for sheet in book.sheets for part in (sheet.name, *sheet.name.split("-"))]
    return {*map(normal, (*summary, *names)), *NUMBERS_HEADS}
