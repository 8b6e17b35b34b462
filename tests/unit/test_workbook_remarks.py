"""What a supplier does beside answering: each is named with its text, and none is passed over."""

import re

import pytest
from click.testing import CliRunner
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from procurement_risk.cli.main import main
from procurement_risk.formats.workbook.cells import apart, read_cells
from procurement_risk.formats.workbook.difference import compare
from procurement_risk.imports import workbook as import_workbook
from procurement_risk.storage import open_store
from tests.support.workbook_examples import (
    ANSWER,
    FRAMEWORK,
    LINK,
    NOTE,
    assessment,
    filled,
    opened,
    packed,
    parts_of,
    returned,
    saved,
    workbook,
)

FILLED = filled({"S-01": {ANSWER: "No", LINK: "Policy", NOTE: "Since May"}})
SECRET = "We train on your data"


def changed(change):
    """What comes back once ``change`` was made to the sheet of questions and to the book."""
    book = opened(FILLED)
    change(book["Questions"], book)
    return returned(saved(book))


def remarks(change):
    found = changed(change)
    assert found.problems == ()
    return [(each.place, each.words) for each in found.remarks]


def test_what_was_only_filled_in_has_no_remarks():
    assert returned(FILLED).remarks == ()
    assert returned(workbook()).remarks == ()


def pin(sheet, _book):
    sheet["D3"].comment = Comment(f"Ana:\n{SECRET}", "Ana")


def test_a_note_on_a_cell_is_named_and_goes_with_the_answer():
    assert remarks(pin) == [
        ("Questions!D3", f"A note is pinned to this cell: Ana: {SECRET}"),
    ]
    (row,) = compare(changed(pin), assessment(), FRAMEWORK).offered
    assert f"Supplier's note on a cell: Ana:\n{SECRET}" in row.after.note
    assert [each.kind for each in row.remarks] == ["note"]


def test_a_note_on_an_empty_cell_is_named_too():
    def pin_elsewhere(sheet, book):
        sheet["G20"].comment = Comment(SECRET, "Ana")
        book["Instructions"]["A3"].comment = Comment("Seen", "Ana")

    assert remarks(pin_elsewhere) == [
        ("Instructions!A3", "A note is pinned to this cell: Seen"),
        ("Questions!G20", f"A note is pinned to this cell: {SECRET}"),
    ]


def test_an_address_behind_a_text_is_named():
    def link(sheet, _book):
        sheet["F3"].hyperlink = "https://elsewhere.example/upload?us"
        sheet["G3"].value = "https://example.org/a"
        sheet["G3"].hyperlink = "https://example.org/a/"

    assert remarks(link) == [
        ("Questions!F3", "A click on “Policy” leads to https://elsewhere.example/upload?us"),
    ]
    (row,) = compare(changed(link), assessment(), FRAMEWORK).offered
    assert "Supplier's link leads to: https://elsewhere.example/upload?us" in row.after.note


def strike(sheet, _book):
    sheet["D3"].font = Font(strike=True)


def strike_in_part(sheet, _book):
    struck = TextBlock(InlineFont(strike=True), "Yes, and shown ")
    sheet["D3"].value = CellRichText(struck, "No")


@pytest.mark.parametrize(("change", "text"), [(strike, "No"), (strike_in_part, "Yes, and shown")])
def test_a_struck_out_answer_is_not_taken_and_its_text_named(change, text):
    found = changed(change)

    assert found.refused == {"S-01"}
    (problem,) = found.problems
    assert problem.where == "Questions!D3"
    assert f"This is struck out: “{text}”" in problem.message


def test_a_text_in_parts_that_are_not_struck_out_is_one_answer():
    def embolden(sheet, _book):
        sheet["D3"].value = CellRichText(TextBlock(InlineFont(b=True), "N"), "o")

    assert changed(embolden).rows["S-01"].given.options == ("c",)
    assert remarks(embolden) == []


def test_a_struck_out_question_is_named():
    def strike_question(sheet, _book):
        sheet["B3"].font = Font(strike=True)

    ((place, words),) = remarks(strike_question)
    assert place == "Questions!B3"
    assert words.startswith("This is struck out: ")


def reword(sheet, _book):
    sheet["B3"].value = "Do you ever lose data?"


def test_a_changed_question_is_named_and_its_answer_asks_for_care():
    assert remarks(reword) == [
        ("Questions!B3", "The question was changed. It now reads: Do you ever lose data?")
    ]
    (row,) = compare(changed(reword), assessment(), FRAMEWORK).offered
    assert row.kind == "new"
    assert row.takes_care


def test_a_changed_text_on_how_to_answer_is_named():
    def add(sheet, _book):
        sheet["C3"].value += "\n• Yes, if we are paid for it"

    ((place, words),) = remarks(add)
    assert place == "Questions!C3"
    assert words.endswith("• Yes, if we are paid for it")


def test_a_question_without_its_text_is_named():
    def empty(sheet, _book):
        sheet["B3"].value = None

    def drop(sheet, _book):
        sheet.delete_cols(2)

    assert remarks(empty) == [("Questions!B3", "The text of the question is not there any more.")]
    assert remarks(drop) == [("Questions", "The text of the question is not there any more.")]


def test_extra_columns_rows_and_sheets_are_named_with_their_text():
    def add(sheet, book):
        sheet["L1"].value, sheet["L3"].value = "Price", "=cmd"
        sheet["L3"].data_type = "s"
        sheet["M4"].value = SECRET
        sheet["B30"].value = "Signed by nobody"
        sheet["L31"].value = "=1+1"
        book.create_sheet("More")["B2"].value = "Annex"
        book["More"]["C2"].value = 12
        book["Instructions"]["C2"].value = "On the right"
        book["Instructions"]["A9"].value = "Answer in red"

    assert remarks(add) == [
        ("Instructions!2", "Written where no answer belongs: On the right"),
        ("Instructions!9", "Written where no answer belongs: Answer in red"),
        ("Questions!L1", "Written where no answer belongs: Price"),
        ("Questions!L3", "Under a heading that is not ours, “Price”: =cmd"),
        ("Questions!M4", f"Written where no answer belongs: {SECRET}"),
        ("Questions!B30", "Written where no answer belongs: Signed by nobody"),
        ("Questions!L31", "A formula stands here; nothing of it was worked out."),
        ("More!2", "On a sheet that is not ours: Annex | 12"),
    ]


def test_what_stands_over_the_headings_is_named():
    def insert(sheet, _book):
        sheet.insert_rows(1)
        sheet["A1"].value = "Example AI Ltd, in confidence"

    assert remarks(insert) == [
        ("Questions!A1", "Written where no answer belongs: Example AI Ltd, in confidence"),
    ]


DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody>'
    "<a:p><a:r><a:t>Only until </a:t></a:r><a:r><a:t>May</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    "</xdr:wsDr>"
)


def test_text_in_a_drawing_and_an_add_ins_pane_are_named():
    parts = {
        "xl/drawings/drawing1.xml": DRAWING.encode(),
        "xl/webextensions/webextension1.xml": b"<x/>",
    }
    data = packed({**parts_of(FILLED), **parts})

    assert [each.words for each in returned(data).remarks] == [
        "The file notes which add-in was open beside it. Nothing of that is run here.",
        "Written in a drawing or text box: Only until May",
    ]
    assert apart(data) == read_cells(data)


THREAD = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
    'threadedcomments"><threadedComment ref="D3" id="{1}"><text>Only until May</text>'
    "</threadedComment></ThreadedComments>"
)


def test_a_conversation_is_named_where_no_note_says_the_same():
    part = {"xl/threadedComments/threadedComment1.xml": THREAD.encode()}
    alone = returned(packed({**parts_of(FILLED), **part})).remarks
    book = opened(FILLED)
    pin(book["Questions"], book)

    assert [each.words for each in alone] == [
        "Written in a conversation beside D3: Only until May"
    ]
    both = returned(packed({**parts_of(saved(book)), **part})).remarks
    assert [each.kind for each in both] == ["note"]


def test_what_was_sent_out_before_its_texts_were_noted_has_no_remarks():
    book = opened(FILLED)
    del book["_texts"]
    book["Instructions"]["A8"].value = "An older wording"

    assert returned(saved(book)).remarks == ()


# --- The command line ---


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setattr(import_workbook, "apart", read_cells)
    url = f"sqlite:///{tmp_path / 'store.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    held = open_store(url)
    held.create(assessment(), FRAMEWORK, "Ana")
    folder = tmp_path / "returns"
    folder.mkdir()
    book = opened(FILLED)
    reword(book["Questions"], book)
    pin(book["Questions"], book)
    book["Questions"]["D4"].value = "Yes, and shown"
    (folder / "back.xlsx").write_bytes(saved(book))
    yield lambda *given: CliRunner().invoke(main, [str(each) for each in given]), held, folder
    held.close()


def test_the_commands_name_them_and_exit_with_one(run):
    command, held, folder = run

    shown = command("import-workbook", "--accept", folder / "back.xlsx")
    checked = command("check-returns", folder)

    assert (shown.exit_code, checked.exit_code) == (1, 1)
    assert "! Questions!B3: The question was changed. It now reads: Do you ever" in shown.stderr
    assert f"! Questions!D3: A note is pinned to this cell: Ana: {SECRET}" in shown.stderr
    assert "0 problems, 2 to look at" in shown.stdout
    assert "1 answer written" in shown.stdout
    assert "S-01" not in held.load("case").assessment.answer_set.answers
    assert re.search(r"  ! Questions!B3: The question was changed", checked.stdout)
