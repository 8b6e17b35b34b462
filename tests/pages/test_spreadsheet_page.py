"""A list of questions dropped on the Questionnaires page: mapped, looked over, taken as YAML."""

import io

import openpyxl
import pytest

from procurement_risk.formats.workbook import cells
from procurement_risk.formats.workbook.questionnaire import propose, read_mapping, to_spreadsheet
from tests.support.framework_documents import SMALL
from tests.support.question_lists import LISTS, coded, saved
from tests.support.small_app import draw, folded, said, tables, unescaped

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def _read_here(monkeypatch):
    """Read workbooks in this process: a test of its own shows that they are read apart."""
    monkeypatch.setattr("procurement_risk.formats.workbook.questionnaire.apart", cells.read_cells)


def dropped(data, name="list.xlsx"):
    page = draw("frameworks", **{"frameworks-show": "Bring one in"})
    page.file_uploader[0].set_value((name, data, XLSX)).run()
    assert not page.exception
    return page


def box(page, start):
    (found,) = [each for each in page.selectbox if each.label.startswith(start)]
    return found


def rows(page):
    """The questions as they would stand, by their number."""
    found = next(each for each in tables(page) if each and len(each[0]) == 7)
    return {unescaped(row[1]).replace("\u2060", ""): row for row in found}


def downloads(page):
    return [unescaped(each.label) for each in page.get("download_button")]


@pytest.mark.parametrize("name", LISTS)
def test_every_layout_is_mapped_looked_over_and_found_without_problems(app, name):
    page = dropped(LISTS[name](), name)

    assert "What comes of it" in said(page)
    assert "No problems:" in said(page)
    assert {"Download the YAML file", "Keep the mapping"} <= set(downloads(page))
    assert "still to be set" in said(page)


def test_what_was_left_out_stands_with_its_cell(app):
    page = dropped(coded())

    assert any("to look at: what was left out or changed" in title for title in folded(page))
    assert any("Assessment!B10" in str(row) for table in tables(page) for row in table)


def test_a_column_changed_on_the_page_takes_effect(app):
    page = dropped(coded())
    assert box(page, "G · ").value == "weight"
    assert rows(page)["DOCU-02"][4] == "40"

    box(page, "G · ").select("").run()
    assert rows(page)["DOCU-02"][4] == "1"
    assert "The sheet gives no weights" in str(tables(page))


def test_answers_with_their_risk_are_settled_on_the_page(app):
    book = openpyxl.Workbook()
    book.active.append(["Question"])
    book.active.append(["Is it kept?"])
    page = dropped(saved(book))
    assert "the risk of each answer" in rows(page)["Q1"][6]

    (field,) = [each for each in page.text_input if each.label.startswith("Usual answers")]
    field.set_value("Yes = 0 / Mostly = 1 / No = 4").run()
    assert rows(page)["Q1"][3] == unescaped("0 Yes · 1 Mostly · 4 No")
    assert rows(page)["Q1"][6] == "its answers"


def test_a_first_row_that_is_no_number_changes_nothing(app):
    page = dropped(coded())
    before = tables(page)
    (row,) = [each for each in page.text_input if each.label.startswith("First row")]

    row.set_value("1,5").run()

    assert "not “1,5”" in unescaped("".join(each.value for each in page.error))
    assert (row.value, tables(page)) == ("1,5", before)


def test_a_mapping_that_was_kept_is_taken_again(app):
    data = coded()
    mapping = propose(cells.read_cells(data, "x.xlsx")).yaml().replace("G: weight", "G: help")
    page = dropped(data)
    page.file_uploader[1].set_value(("map.yaml", mapping.encode(), "application/yaml")).run()

    assert not page.exception
    assert box(page, "G · ").value == "help"
    assert read_mapping(mapping, "map.yaml").sheets[0].columns[7] == "help"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), "an old .xls file"),
        ("list.xlsx", b"PK\x03\x04" + bytes(9), "The file is damaged"),
        ("list.csv", b"\xff\xfe\x00", "The characters of the file cannot be told"),
        ("list.csv", b"Hello;you\n", "Nothing in the file looks like questions"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(app, name, data, words):
    page = dropped(data, name)

    assert "This file cannot be turned into a questionnaire:" in said(page)
    assert words in said(page)
    assert "Download the YAML file" not in downloads(page)


def test_a_sheet_without_a_column_of_questions_says_so(app):
    page = dropped(coded())
    box(page, "B · ").select("").run()

    assert not page.exception
    assert "Nothing in the file looks like questions" in said(page)


def test_a_questionnaire_goes_out_as_a_workbook_and_comes_in_again(app):
    app.offer(SMALL)
    page = draw("frameworks", **{"frameworks-show": "Read"})
    assert "Download it as a workbook (XLSX)" in downloads(page)

    book = openpyxl.load_workbook(io.BytesIO(to_spreadsheet({**SMALL, "version": "2027.1"})))
    page = dropped(saved(book), "small.xlsx")
    assert "Everything was carried over." in said(page)
    assert "No problems: Small invented check, version 2027.1." in said(page)
    assert "What changed since version 2026.1" in folded(page)


def test_hostile_texts_are_shown_as_text(app):
    book = openpyxl.Workbook()
    book.active.title = "<b>x<b>"
    book.active.append(["Question", "**Guidance**"])
    book.active.append(["Is <script>alert(1)</script> [a](http://x) kept?", ":red[no]"])
    page = dropped(saved(book), "<i>.xlsx")

    assert "<script>" not in "".join(each.value for each in page.markdown)
    assert "**Guidance**" not in "".join(each.label for each in page.selectbox)
    assert ":red[no]" not in "".join(each.value for each in page.markdown)
