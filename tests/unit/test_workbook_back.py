"""Workbooks that come back: no answer lost, none guessed, each problem named by its cell."""

import datetime

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from procurement_risk.errors import InvalidDocument
from procurement_risk.formats.workbook.cells import read_cells
from procurement_risk.formats.workbook.matching import Given, normal
from procurement_risk.formats.workbook.stamps import stamp_in
from tests.support.workbook_examples import (
    ANSWER,
    LINK,
    NOTE,
    PUT,
    REASON,
    filled,
    opened,
    returned,
    rows_of,
    saved,
    workbook,
)

EMPTY = workbook()
FIRST = "Yes, and shown"


def given(name, value, **columns):
    """What one cell answers, or the one message on it."""
    found = returned(filled({name: {ANSWER: value, **columns}}, EMPTY))
    if name in found.rows:
        assert found.problems == ()
        return found.rows[name].given
    assert found.refused == {name}
    (problem,) = found.problems
    return problem.message


def changed(change):
    """What comes back once ``change`` was made to a workbook that is filled in."""
    book = opened(filled({name: {ANSWER: FIRST} for name in ("S-01", "S-02", "S-08")}, EMPTY))
    change(book)
    return returned(saved(book))


def answers(found):
    return {name: row.given for name, row in found.rows.items() if row.given is not None}


ALL_THREE = {name: Given("answered", ("a",)) for name in ("S-01", "S-02", "S-08")}


def test_a_workbook_sent_back_empty_answers_nothing():
    found = returned(EMPTY)

    assert set(found.rows) == set(PUT)
    assert all(row.is_empty for row in found.rows.values())
    assert found.problems == ()


@pytest.mark.parametrize(
    "text",
    [
        "Partly – in “draft”",
        'partly - in "draft"',
        "  PARTLY\u00a0–  in\n“draft”  ",
        "Ｐａｒｔｌｙ — in ″draft″",
        "Par\u200btly − in „draft“",
    ],
)
def test_spelling_that_has_one_reading_is_forgiven(text):
    assert given("S-01", text) == Given("answered", ("b",))


@pytest.mark.parametrize("text", ["Partly", "b", "yes", "Yes, and shown.", "Yes", "No!", "0"])
def test_whatever_is_not_a_choice_is_no_answer(text):
    assert "is not one of the choices" in given("S-01", text)


def test_what_cannot_be_told_apart_is_no_answer():
    assert normal("Ａ") == normal("a")
    assert normal("a b") != normal("ab")


@pytest.mark.parametrize(
    ("text", "state"),
    [("Don't know", "unknown"), ("don’t  KNOW", "unknown"), ("We will not say", "withheld")],
)
@pytest.mark.parametrize("name", ["S-01", "S-03", "S-04", "S-05", "S-06"])
def test_a_supplier_may_always_say_that_it_does_not_know_or_will_not_say(name, text, state):
    assert given(name, text) == Given(state)


def test_not_applicable_needs_a_reason_and_leave():
    assert given("S-01", "Not applicable", **{REASON: "No such data"}) == Given("not_applicable")
    assert "without a reason" in given("S-01", "Not applicable")
    assert "cannot be declared" in given("S-02", "Not applicable", **{REASON: "Because"})
    found = returned(filled({"S-01": {ANSWER: "Not applicable"}}, EMPTY))
    assert found.problems[0].where == f"Questions!{REASON}3"


def test_several_choices_stand_on_lines_of_their_own():
    both = Given("answered", ("eu", "uk"))

    assert given("S-03", "European Union; EEA\nUnited Kingdom") == both
    assert given("S-03", "• european union; eea;\n• United kingdom\n") == both
    assert given("S-03", "United Kingdom; United States") == Given("answered", ("uk", "us"))
    assert given("S-03", "European Union; EEA") == Given("answered", ("eu",))
    assert given("S-03", "United Kingdom\nUnited Kingdom") == Given("answered", ("uk",))
    assert "“France” is not one" in given("S-03", "United Kingdom\nFrance")
    assert "is not one" in given("S-03", "United Kingdom\nDon't know")


def test_text_is_kept_as_it_was_written_without_what_is_not_to_be_seen():
    assert given("S-04", " First line\n=1+1 \u202eback ").text == "First line\n=1+1 back"
    assert given("S-04", "a_x000D_\nb_x0007_").text == "a\nb"
    assert given("S-04", 12.5).text == "12.5"
    assert given("S-04", True).text == "TRUE"
    assert given("S-04", datetime.date(2027, 3, 31)).text == "2027-03-31"
    assert given("S-04", "x" * 5_000).text == "x" * 5_000
    assert given("S-04", "x" * 5_001) == "The text has 5,001 characters. Shorten it to 5,000."


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (0.1 + 0.2, "0.3"),
        (-5, "-5"),
        ("１２", "12"),
        (" 7.25 ", "7.25"),
        ("−3", "-3"),
        (1e6, "1000000"),
        ("1,5", "1.5"),
        ("0,125", "0.125"),
        ("−1234,5", "-1234.5"),
        ("12\u202f345,6", "12345.6"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
    ],
)
def test_a_number_may_be_a_number_or_a_text(value, text):
    assert given("S-05", value) == Given("answered", text=text)


@pytest.mark.parametrize(
    "value",
    ["1,200", "about 5", "5 %", "1e5", 1e-9, True, datetime.date(2027, 3, 31), "1.2345678"],
)
def test_what_is_no_plain_number_is_no_answer(value):
    assert "is not a number that can be kept" in given("S-05", value)


@pytest.mark.parametrize("text", ["1,200", "1.200"])
def test_a_number_with_two_readings_is_not_guessed(text):
    assert "it has two readings. Write 1200 or 1.2." in given("S-05", text)


def test_a_cell_that_holds_a_number_has_one_reading():
    assert given("S-05", 1.234) == Given("answered", text="1.234")


def test_a_percentage_is_not_taken_for_its_number():
    """50 % is kept as 0.5 in the file: either could be meant."""
    book = opened(filled({"S-05": {ANSWER: 0.5}}, EMPTY))
    sheet = book["Questions"]
    sheet[f"{ANSWER}{rows_of(sheet)['S-05']}"].number_format = "0%"

    (problem,) = returned(saved(book)).problems

    assert "shows a percentage" in problem.message


def test_a_day_may_be_a_day_or_a_text_with_one_reading():
    day = Given("answered", text="2027-03-31")

    assert given("S-06", datetime.date(2027, 3, 31)) == day
    assert given("S-06", datetime.datetime(2027, 3, 31)) == day
    assert given("S-06", " 2027‑03‑31 ") == day
    for other in (
        "03/04/2027",
        "31 March 2027",
        "2027-02-30",
        datetime.datetime(2027, 3, 31, 9),
        True,
    ):
        assert "not a date that has only one reading" in given("S-06", other)


def test_a_bare_number_is_no_day():
    """Only a cell that is formatted as a date says what its number means."""
    book = opened(filled({"S-06": {ANSWER: 46112}}, EMPTY))
    cell = book["Questions"][f"{ANSWER}{rows_of(book['Questions'])['S-06']}"]
    assert returned(saved(book)).rows["S-06"].given == Given("answered", text="2026-03-31")
    cell.number_format = "General"

    (problem,) = returned(saved(book)).problems

    assert "not a date that has only one reading" in problem.message


def test_a_workbook_that_counts_days_from_1904_keeps_its_days():
    book = opened(EMPTY)
    book.epoch = CALENDAR_MAC_1904
    sheet = book["Questions"]
    sheet[f"{ANSWER}{rows_of(sheet)['S-06']}"].value = datetime.date(2027, 3, 31)

    found = returned(saved(book))

    assert found.rows["S-06"].given == Given("answered", text="2027-03-31")


def test_what_stands_beside_is_read_with_its_row():
    cells = {ANSWER: FIRST, LINK: " Policy.pdf, p. 3 ", NOTE: "See also\nannex B"}
    row = returned(filled({"S-01": cells}, EMPTY)).rows["S-01"]

    assert (row.place, row.link, row.note) == (
        "Questions!D3",
        "Policy.pdf, p. 3",
        "See also\nannex B",
    )


def test_lengths_are_capped_by_cell_and_nothing_is_cut():
    cells = {ANSWER: FIRST, LINK: "x" * 2_001, NOTE: "y" * 5_001}
    found = returned(filled({"S-01": cells}, EMPTY))

    assert [problem.where for problem in found.problems] == ["Questions!F3", "Questions!G3"]
    assert found.refused == {"S-01"}


# --- Files that people have worked on ---


def move_sheet(book):
    book["Questions"].title = "Réponses 2026"
    book.move_sheet("Réponses 2026", -1)


def insert_rows_and_columns(book):
    book["Questions"].insert_rows(1, 3)
    book["Questions"]["A2"].value = "Example AI Ltd"
    book["Questions"].insert_cols(3)


def drop_other_sheets(book):
    for name in ("Instructions", "_meta", "_options"):
        del book[name]


def swap_rows(book):
    sheet = book["Questions"]
    one, two = (rows_of(sheet)[name] for name in ("S-01", "S-08"))
    for letter in "ABCDEFG":
        first, second = sheet[f"{letter}{one}"], sheet[f"{letter}{two}"]
        first.value, second.value = second.value, first.value


@pytest.mark.parametrize(
    "change", [move_sheet, insert_rows_and_columns, drop_other_sheets, swap_rows]
)
def test_moving_things_about_loses_nothing(change):
    found = changed(change)

    assert answers(found) == ALL_THREE
    assert found.problems == ()


def test_a_deleted_row_is_only_missing():
    found = changed(lambda book: book["Questions"].delete_rows(3))

    assert "S-01" not in found.rows
    assert answers(found) == {name: ALL_THREE[name] for name in ("S-02", "S-08")}


def test_a_number_that_stands_twice_is_taken_from_neither():
    def copy_row(book):
        sheet = book["Questions"]
        sheet["A30"].value, sheet["D30"].value = "s-01 ", "No"

    found = changed(copy_row)

    assert "S-01" not in found.rows
    assert [(each.where, each.message) for each in found.problems] == [
        ("Questions!A3", "S-01 stands here and in Questions!A30. Neither is taken: keep one."),
        ("Questions!A30", "S-01 stands here and in Questions!A3. Neither is taken: keep one."),
    ]


def test_a_copied_sheet_counts_as_a_second_copy():
    found = changed(lambda book: book.copy_worksheet(book["Questions"]))

    assert answers(found) == {}
    assert len(found.problems) == 2 * len(PUT)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("S-77", "'S-77' is not the number of a question in this workbook. Correct it."),
        ("B-01", "'B-01' is not the number of a question in this workbook. Correct it."),
        (None, "Something is written beside an empty number. Put the number back."),
    ],
)
def test_a_row_with_another_number_is_named(number, message):
    """Also that of a question that is ours to answer."""

    def rename(book):
        book["Questions"]["A3"].value = number

    found = changed(rename)

    assert [(each.where, each.message) for each in found.problems] == [("Questions!A3", message)]
    assert answers(found) == {name: ALL_THREE[name] for name in ("S-02", "S-08")}


def test_a_formula_refuses_its_row_alone():
    def calculate(book):
        book["Questions"][f"{NOTE}3"].value = "=1+1"

    found = changed(calculate)

    (problem,) = found.problems
    assert problem.where == "Questions!G3"
    assert "formula" in problem.message
    assert found.refused == {"S-01"}
    assert answers(found) == {name: ALL_THREE[name] for name in ("S-02", "S-08")}


def test_an_error_value_is_no_answer():
    def fail(book):
        book["Questions"]["D3"].value = "#N/A"
        book["Questions"]["D3"].data_type = "e"

    (problem,) = changed(fail).problems

    assert (problem.where, problem.message) == (
        "Questions!D3",
        "An error value (#N/A) stands here. Write the answer instead.",
    )


def test_merged_answers_are_nobodys():
    found = changed(lambda book: book["Questions"].merge_cells("D3:D4"))

    assert [each.where for each in found.problems] == ["Questions!D3", "Questions!D4"]
    assert found.refused == {"S-01", "S-02"}
    assert answers(found) == {"S-08": ALL_THREE["S-08"]}


def test_merging_other_columns_harms_nothing():
    found = changed(lambda book: book["Questions"].merge_cells("B3:C3"))

    assert answers(found) == ALL_THREE


def test_without_its_headings_a_sheet_is_not_read():
    """Columns are told by what stands over them, and are never guessed."""
    found = changed(lambda book: book["Questions"].delete_rows(1))

    assert answers(found) == {}
    assert {each.where for each in found.problems} == {"Questions", ""}
    assert "Put that row back" in found.problems[0].message


def test_a_missing_or_doubled_column_is_named():
    found = changed(lambda book: book["Questions"].delete_cols(7))
    assert answers(found) == ALL_THREE
    assert [each.message for each in found.problems] == [
        "The column 'Your comment' is missing, so nothing of it is taken. Put it back."
    ]

    def double(book):
        book["Questions"]["H1"].value = "your  ANSWER"

    found = changed(double)
    assert answers(found) == {}
    assert "Two columns have the same heading" in found.problems[0].message


# --- What it belongs to ---


def test_a_workbook_of_anybody_elses_is_refused():
    def unstamp(book):
        del book["_meta"]
        for name in [each.name for each in book.custom_doc_props.props]:
            del book.custom_doc_props[name]
        book["Questions"].delete_rows(book["Questions"].max_row)

    with pytest.raises(InvalidDocument, match="does not say which assessment"):
        changed(unstamp)


@pytest.mark.parametrize("row", range(1, 9))
def test_a_changed_stamp_is_refused(row):
    """Whether or not the other copy of it is still there."""

    def change(book):
        book["_meta"][f"B{row}"].value = "2026-11-24T09:00:00Z"

    with pytest.raises(InvalidDocument, match="was changed after it was sent out"):
        changed(change)


@pytest.mark.parametrize("kept", ["sheet", "properties", "line"])
def test_the_stamp_may_be_read_from_any_place(kept):
    book = opened(EMPTY)
    if kept != "sheet":
        del book["_meta"]
    if kept != "properties":
        for name in [each.name for each in book.custom_doc_props.props]:
            del book.custom_doc_props[name]
    if kept != "line":
        book["Questions"].delete_rows(book["Questions"].max_row)

    assert stamp_in(read_cells(saved(book))) == stamp_in(read_cells(EMPTY))
