"""The workbook that goes out: what stands in it, what does not, and that nothing in it runs."""

import re
from copy import deepcopy
from dataclasses import replace

import pytest

from procurement_risk.assessment import Answer, AnswerSet, Purchase, Supplier
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.export import Exported
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.cells import read_cells
from procurement_risk.formats.workbook.stamps import stamp_in
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from tests.support.workbook_examples import (
    ANSWER,
    FRAMEWORK,
    HOSTILE,
    ISSUED_AT,
    PUT,
    SECRET,
    assessment,
    document,
    opened,
    parts_of,
    rows_of,
    workbook,
)


@pytest.fixture(scope="module")
def data():
    answers = {
        "S-01": Answer(options=("b",), evidence="E4", note=SECRET, link="https://internal"),
        "S-05": Answer(text="4711", note=SECRET),
    }
    return workbook(assessment(answers, supplier=Supplier(name=HOSTILE), id="case-rival-of-acme"))


@pytest.fixture(scope="module")
def sheet(data):
    return opened(data)["Questions"]


def texts(book):
    return [
        str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def test_the_supplier_is_asked_what_it_answers_and_what_may_apply(sheet):
    """S-09 rests on an answer of ours that is settled; B-01 is ours."""
    assert tuple(rows_of(sheet)) == PUT


def test_the_pack_says_what_is_asked():
    case = assessment(answer_set=AnswerSet(as_of="2026-11-23", pack="core", answers={}))
    marked = document()
    marked["sections"][1]["questions"][0]["core"] = True
    book = opened(workbook(case, framework_from_document(marked)))

    assert list(rows_of(book["Questions"])) == ["S-01"]


def test_what_may_not_apply_says_so_and_names_no_question_of_ours(sheet):
    rows = rows_of(sheet)

    assert sheet[f"C{rows['S-07']}"].value.startswith(
        "Only where S-08 is “Yes, and shown”. Otherwise leave it empty."
    )
    assert sheet[f"C{rows['S-08']}"].value.startswith("Whether this applies depends on something")
    assert "public" not in sheet[f"C{rows['S-08']}"].value
    assert sheet[f"C{rows['S-01']}"].value.startswith("Choose one:")
    assert sheet[f"C{rows['S-02']}"].value.startswith("We answer this together with you.")


def test_nothing_internal_is_in_the_file(data):
    """No answer, note, link, evidence, option id, weight, risk, red flag; not even the id."""
    everything = b"\n".join(parts_of(data).values()).decode()
    for text in (SECRET, "https://internal", "4711", "B-01", "rival", "acme"):
        assert text not in everything
    shown = "\n".join(texts(opened(data)))
    assert not re.search(r"weight|risk|red flag|stop|tier|floor|\bE[0-4]\b|\bcore\b", shown, re.I)


def test_options_stand_in_an_order_that_says_nothing(data):
    """By the alphabet: in the framework they run from the best to the worst."""
    sheet, lists = opened(data)["Questions"], opened(data)["_options"]
    (found,) = {
        each.formula1
        for each in sheet.data_validations.dataValidation
        if f"{ANSWER}{rows_of(sheet)['S-01']}" in each.sqref
    }
    reference = re.fullmatch(r"'_options'!\$(\w)\$1:\$(\w)\$(\d)", found)
    column, last = reference[1], int(reference[3])

    assert [lists[f"{column}{n}"].value for n in range(1, last + 1)] == [
        "No",
        "Partly – in “draft”",
        "Yes, and shown",
        "Don't know",
        "We will not say",
        "Not applicable",
    ]
    assert lists[f"{column}{last + 1}"].value is None


def test_not_applicable_is_offered_only_where_it_may_be(sheet):
    """A question that can stop a purchase cannot be declared not applicable."""
    rows = rows_of(sheet)

    assert "Not applicable" in sheet[f"C{rows['S-01']}"].value
    assert "Not applicable" not in sheet[f"C{rows['S-02']}"].value


def test_no_cell_is_a_formula_and_every_text_cell_is_text(data):
    """The question S-04 and the supplier's name begin with an equals sign."""
    book = opened(data)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    filled = [cell for cell in cells if cell.value is not None]

    assert {cell.data_type for cell in filled} == {"s"}
    assert {cell.number_format for cell in filled} == {"@"}
    assert book["Questions"][f"B{rows_of(book['Questions'])['S-04']}"].value == HOSTILE
    assert not [name for name, part in parts_of(data).items() if b"<f>" in part or b"<f " in part]


def test_dates_and_numbers_may_be_typed_as_such(sheet):
    rows = rows_of(sheet)

    assert sheet[f"{ANSWER}{rows['S-06']}"].number_format == "yyyy-mm-dd"
    assert sheet[f"{ANSWER}{rows['S-05']}"].number_format == "General"
    assert sheet[f"{ANSWER}{rows['S-04']}"].number_format == "@"


def test_nothing_in_it_runs_or_locks(data):
    book, names = opened(data), parts_of(data)

    assert not [name for name in names if re.search("vba|external|embed|activex", name, re.I)]
    assert not any(sheet.protection.sheet for sheet in book.worksheets)
    assert book.security is None or not book.security.lockStructure


def test_the_stamp_stands_twice(data):
    """On a hidden sheet and in the document's properties: a sheet may get lost."""
    book = opened(data)
    on_sheet = {row[0].value: row[1].value for row in book["_meta"].iter_rows()}
    inside = {each.name: each.value for each in book.custom_doc_props.props}

    assert inside == {f"procurement_risk_{key}": value for key, value in on_sheet.items()}
    assert on_sheet["framework"] == "small"
    assert on_sheet["version"] == "1"
    assert on_sheet["pack"] == "full"
    assert on_sheet["issued_at"] == ISSUED_AT
    assert on_sheet["assessment"] == layout.reference_of("case-rival-of-acme")
    assert re.fullmatch("[0-9A-F]{4}-[0-9A-F]{4}", on_sheet["issue"])
    assert book["_meta"].sheet_state == book["_options"].sheet_state == "hidden"


def test_a_name_with_what_no_xml_holds_makes_a_file_that_opens():
    names = {
        "supplier": Supplier(name="Acme\uffff Ltd"),
        "purchase": Purchase(id="p", title="Triage\ufffe", buyer="Borough\U0001ffff"),
    }
    book = opened(workbook(assessment(**names)))

    assert book["Instructions"]["A1"].value == "Questions for Acme Ltd"
    assert book["Instructions"]["A2"].value == "Triage, for Borough"
    assert book.properties.title == "Questions for Acme Ltd"


def test_each_issue_has_a_number_of_its_own():
    first, second = (
        stamp_in(read_cells(workbook(issued_at=f"2026-11-2{n}T09:00:00Z"))) for n in "12"
    )

    assert first.issue != second.issue
    assert replace(first, issued_at=second.issued_at).issue_number() == second.issue


def test_it_prints_and_scrolls_well(sheet):
    assert sheet.freeze_panes == "B2"
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    row = rows_of(sheet)["S-01"]
    assert sheet[f"C{row}"].alignment.wrap_text
    assert sheet.row_dimensions[row].height > 15 * sheet[f"C{row}"].value.count("\n")


def test_a_framework_without_questions_for_the_supplier_has_no_workbook():
    ours = deepcopy(document())
    for question in ours["sections"][1]["questions"]:
        question["answered_by"] = "buyer"

    with pytest.raises(UsageError, match="No question of this pack is for the supplier"):
        workbook(framework=framework_from_document(ours))


def test_the_format_writes_one_assessment():
    export = EXPORTS["workbook"]
    case = Exported(assessment(), FRAMEWORK)

    assert tuple(rows_of(opened(export.write([case]))["Questions"])) == PUT
    with pytest.raises(UsageError, match="one assessment"):
        export.write([case, case])


@pytest.mark.parametrize("name", ["ai-supplier-core", "supplier-organisation", "staff-assistant"])
def test_what_we_ship_can_be_sent_out(name):
    framework = load_framework(FRAMEWORKS / f"{name}.yaml")
    case = assessment(answer_set=AnswerSet(as_of="2026-11-23"))
    asked = list(rows_of(opened(workbook(case, framework))["Questions"]))

    theirs = {q.id for q in framework.questions() if q.answered_by in ("supplier", "joint")}
    assert asked
    assert set(asked) <= theirs
