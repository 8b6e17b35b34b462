"""The Records page: a workbook goes out, comes back, and is accepted row by row."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl.comments import Comment

from procurement_risk.assessment import Answer, AnswerSet, Supplier
from procurement_risk.exports import EXPORTS, bulk
from procurement_risk.exports.export import Extra
from procurement_risk.formats.workbook.cells import read_cells
from procurement_risk.framework.document import framework_from_document
from procurement_risk.views.records import returned as records_return
from tests.support.small_app import away_and_back, draw, press, said, unescaped
from tests.support.workbook_examples import (
    ANSWER,
    FRAMEWORK,
    LINK,
    NOTE,
    PUT,
    assessment,
    document,
    filled,
    opened,
    rows_of,
    saved,
    workbook,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STANDS = {"S-01": Answer(options=("a",), evidence="E3", by="Ana", at="2026-11-01T09:00:00Z")}
CELLS = {
    "S-01": {ANSWER: "No", LINK: "Policy"},
    "S-04": {ANSWER: "**bold** [look](http://example.org) \u202e<b>", NOTE: ":smile:"},
    "S-05": {ANSWER: "many"},
    "S-08": {ANSWER: "No"},
}


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch):
    """Reading apart has tests of its own."""
    monkeypatch.setattr(records_return, "apart", read_cells)
    records_return._cells.clear()


@pytest.fixture
def page(app):
    """The page once the file was chosen; ``app.store`` has the assessment ``case``."""
    app.store.create(assessment(STANDS), FRAMEWORK, "Ana")

    def choose(data=None, name="back.xlsx"):
        test = draw("records")
        data = filled(CELLS) if data is None else data
        test.file_uploader(key="return-upload").set_value((name, data, XLSX)).run()
        assert not test.exception
        return test

    return choose


def boxes(test):
    ours = (each for each in test.checkbox if str(each.key).startswith("return-row"))
    return {unescaped(each.label).split("**")[1]: each for each in ours}


def test_what_came_back_is_shown_beside_what_stands(page):
    test = page()
    text = said(test)

    assert "Case triage · Borough of Example · supplier: Example AI Ltd · issue " in text
    assert (
        "3 answers to accept · 0 the same as what stands · 4 rows left empty · 1 problem" in text
    )
    assert "- **Questions!D7**: “many” is not a number that can be kept." in text
    assert "- Stands: Yes, and shown · E3 independent evidence" in text
    assert "- Sent: **No · E1 supplier's written statement**" in text
    assert "- Evidence: Policy" in text
    assert (
        "Take care.** Its evidence falls from E3 independent evidence to E1 supplier's written "
        "statement, until somebody raises it." in text
    )


def test_what_a_supplier_wrote_is_never_markup(page):
    (line,) = [each.value for each in page().markdown if "bold" in each.value]

    assert "\\*\\*bold\\*\\* \\[look\\]\\(http\\:" in line
    assert "\u202e" not in line
    assert "\\<b\\>" in line
    assert ":smile:" not in line


def test_nothing_is_ticked_at_first_and_the_button_ticks_only_what_is_new(page):
    test = page()
    assert {name: box.value for name, box in boxes(test).items()} == dict.fromkeys(
        ("S-01", "S-04", "S-08"), False
    )

    press(test, "Tick all 2 new answers")
    assert [name for name, box in boxes(test).items() if box.value] == ["S-04", "S-08"]

    press(test, "Untick all")
    assert not any(box.value for box in boxes(test).values())


def test_what_is_ticked_is_written_and_the_file_is_kept(app, page):
    test = page()
    boxes(test)["S-01"].check().run()
    boxes(test)["S-08"].check().run()
    press(test, "Keep the file and write 2 answers")

    stands = app.store.load("case").assessment.answer_set.answers
    (kept,) = app.store.returns(FRAMEWORK, Supplier(name="Example AI Ltd"))
    assert (stands["S-01"].options, stands["S-01"].evidence) == (("c",), "E1")
    assert stands["S-08"].options == ("c",)
    assert "S-04" not in stands
    assert f"2 answers written. The file is kept: SHA-256 {kept.digest}" in said(test)
    assert set(boxes(test)) == {"S-04"}
    assert kept.by == "Ana"


def test_what_somebody_wrote_while_one_was_looking_is_not_written_over(app, page):
    test = page()
    boxes(test)["S-08"].check().run()
    app.store.save("case", "answer:S-08", {"option": "b"}, 0, "Cy")
    press(test, "Keep the file and write 1 answer")

    assert app.store.load("case").assessment.answer_set.answers["S-08"].options == ("b",)
    assert "Some answers were not written" in said(test)
    assert "Cy" in said(test)


def test_the_same_file_twice_is_drawn_once(page):
    """Uploaded twice over under two names, or kept before and uploaded again."""
    test, data = page(), filled(CELLS)
    test.file_uploader(key="return-upload").set_value(
        [("back.xlsx", data, XLSX), ("back (1).xlsx", data, XLSX)]
    ).run()

    assert not test.exception
    assert said(test).count("The very same file is shown above, for the same assessment.") == 1
    assert set(boxes(test)) == {"S-01", "S-04", "S-08"}


def test_what_else_is_in_the_file_is_shown_and_a_changed_question_is_ticked_by_hand(page):
    book = opened(filled(CELLS))
    sheet = book["Questions"]
    sheet[f"B{rows_of(sheet)['S-08']}"].value = "Do you *ever* lose data?"
    sheet["D4"].comment = Comment("For [you](http://example.org) only", "Ana")
    test = page(saved(book))
    text = said(test)

    assert "1 problem · 2 to look at" in text
    assert "There is more in the file than answers." in text
    assert "A note is pinned to this cell\\: For \\[you\\]" in "".join(
        each.value for each in test.markdown
    )
    assert "It now reads: Do you *ever* lose data?" in text
    assert "Take care.** The file does not ask what was asked" in text
    press(test, "Tick 1 new answer")
    assert [name for name, box in boxes(test).items() if box.value] == ["S-04"]


def stands_in_its_row(test, claim, question):
    """Whether the box of a claim comes right after the box of the row of that question."""
    keys = [str(each.key) for each in test.checkbox]
    before = keys[keys.index(claim) - 1]
    return before.startswith("return-row-") and before.endswith(f"-{question}")


def test_a_claim_about_an_answer_that_stands_comes_after_the_rows(app, page):
    """It has no row to stand in."""
    claimed = {"S-08": {ANSWER: "No", "I": "Yes", "J": "Prices"}}
    test = page(filled({**CELLS, **claimed}))
    boxes(test)["S-08"].check().run()
    press(test, "Keep the file and write 1 answer")
    assert "Claimed to be confidential, with the answer as it stands" in said(test)


def test_a_claim_of_confidence_is_marked_only_where_it_is_ticked(app, page):
    claimed = {"S-08": {ANSWER: "No", "I": "Yes", "J": "Prices of *others*"}}
    test = page(filled({**CELLS, **claimed}))
    place = [str(each.key) for each in test.checkbox if "return-claim" in str(each.key)]
    assert "Something is claimed to be confidential." in said(test)
    assert "with the answer as it stands" not in said(test)
    assert stands_in_its_row(test, place[0], "S-08")
    assert "Nobody is named who answers for it." in said(test)

    test.checkbox(key=place[0]).check().run()
    press(test, "Keep the file and mark 1 answer")
    assert "Give the last day on which it is withheld" in said(test)
    (until,) = [each for each in test.date_input if "return-until" in str(each.key)]
    until.set_value(date(2028, 1, 31)).run()
    press(test, "Keep the file and mark 1 answer")

    (path,) = app.store.load("case").assessment.markings
    assert path == "answers.S-08.answer"
    assert "0 answers written. 1 answer marked." in said(test)
    assert "It is marked already: Commercial, until 31 January 2028" in said(test)
    assert not any(each.value for each in test.checkbox if "return-claim" in str(each.key))


def test_what_goes_into_the_workbook_is_asked_and_checked(app, monkeypatch):
    """What no field lets through comes from a client that is not a browser; it is refused."""
    app.store.create(assessment(), FRAMEWORK, "Ana")
    test = draw("records", {"records-all": True, "records-format": "workbook"})

    with monkeypatch.context() as patch:
        patch.setattr(Extra, "problem", lambda self, said: f"{self.name}: {said}" if said else "")
        test.text_input(key="records-extra-contact").set_value("Ana").run()
        assert "contact: Ana" in said(test)
        assert not test.get("download_button")
    test.date_input(key="records-extra-return-by").set_value(date(2026, 12, 10)).run()
    assert not test.exception
    assert test.get("download_button")
    assert "It asks the supplier " in said(test)


def held_files(test):
    return [each for each in test.button if each.label == "Discard the file"]


def test_a_file_that_was_brought_survives_leaving_the_page_until_it_is_discarded(page):
    test = page()
    assert held_files(test) == []
    boxes(test)["S-08"].check().run()

    away_and_back(test)
    assert [name for name, box in boxes(test).items() if box.value] == ["S-08"]
    assert "**Questions!D7**: “many” is not a number" in said(test)

    away_and_back(test)
    (button,) = held_files(test)
    button.click().run()
    assert boxes(test) == {}
    away_and_back(test)
    assert boxes(test) == {}


def test_a_file_that_was_brought_survives_a_reload_for_whoever_brought_it(page):
    """A reload is another visit; somebody of another name, or of none, has nothing waiting."""
    page()
    again = draw("records")
    assert list(boxes(again)) != []
    assert list(boxes(draw("records", {"actor": "Bo"}))) == []
    assert list(boxes(draw("records", {"actor": ""}))) == []

    (button,) = held_files(again)
    button.click().run()
    assert list(boxes(draw("records"))) == []


def test_a_file_that_is_taken_out_of_the_upload_is_held_no_more(page):
    test = page()
    test.file_uploader(key="return-upload").set_value([]).run()

    assert not test.exception
    assert boxes(test) == {}


def test_a_file_that_is_taken_whole_is_held_no_more(app, page):
    test = page(filled({"S-08": {ANSWER: "No"}}))
    away_and_back(test)
    press(test, "Tick 1 new answer")
    press(test, "Keep the file and write 1 answer")

    assert "1 answer written." in said(test)
    away_and_back(test)
    assert "1 answer written." not in said(test)
    assert held_files(test) == []


def test_a_file_that_is_refused_says_why(page):
    text = said(page(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.xls"))

    assert "Refused. Nothing of the file was taken." in text
    assert "protected with a password, or is an old .xls file" in text


def test_another_version_is_refused_and_the_right_workbook_offered(page):
    other = framework_from_document(document(version="2"))
    test = page(workbook(framework=other))

    assert "belongs to small, version 2" in said(test)
    assert "Download the workbook of version 1" in [
        unescaped(each.label) for each in test.get("download_button")
    ]
    assert boxes(test) == {}


def test_a_file_kept_for_one_purchase_is_used_for_another(app, page):
    app.store.keep_return("case", "back.xlsx", filled(CELLS), "Ana")
    blank = AnswerSet(as_of="2026-11-23")
    app.store.create(assessment(id="second", answer_set=blank), FRAMEWORK, "Ana")
    test = draw("records")
    test.selectbox(key="return-into").select("second").run()
    (kept,) = test.radio(key="return-kept-second").options
    assert "back\\.xlsx, taken in on " in kept
    test.radio(key="return-kept-second").set_value(
        app.store.returns(FRAMEWORK, assessment().supplier)[0].digest
    ).run()

    assert "that workbook was sent out on 20 November 2026" in said(test)
    assert set(boxes(test)) == {"S-01", "S-04", "S-08"}
    assert "Download the file as it came" in [
        unescaped(each.label) for each in test.get("download_button")
    ]


def test_a_file_that_is_kept_is_not_kept_again_and_its_ticks_stand_after_another_page(app, page):
    data = filled(CELLS)
    app.store.keep_return("case", "back.xlsx", data, "Ana")
    page(data)
    test = draw("records")
    test.selectbox(key="return-into").select("case").run()
    kept = test.radio(key="return-kept-case")
    kept.set_value(app.store.returns(FRAMEWORK, assessment().supplier)[0].digest).run()
    assert "The file is kept already. Tick what to write of it." in said(test)
    assert "Keep the file only" not in [each.label for each in test.button]
    boxes(test)["S-08"].check().run()
    away_and_back(test)

    assert [name for name, box in boxes(test).items() if box.value] == ["S-08"]
    assert "Keep the file and write 1 answer" in [each.label for each in test.button]
    app.store.archive("case", "Ana")
    test.run()
    assert not test.exception
    assert "return-into" not in [box.key for box in test.selectbox]


def test_the_workbook_is_among_the_formats(app):
    app.store.create(assessment(), FRAMEWORK, "Ana")
    ours = document(id="ours")
    for question in ours["sections"][1]["questions"]:
        question["answered_by"] = "buyer"
    app.create(ours, id="other")

    test = draw("records", {"records-all": True, "records-format": "workbook"})

    assert "Supplier workbook (XLSX)" in test.radio(key="records-format-suppliers").options
    assert "No question of this pack is for the supplier to answer." in said(test)
    assert [unescaped(each.label) for each in test.get("download_button")] == [
        "Download 1 assessment"
    ]


def test_several_workbooks_are_packed_together(app):
    for name in ("one", "two"):
        app.store.create(assessment(id=name), FRAMEWORK, "Ana")

    made, export = io.BytesIO(), EXPORTS["workbook"]
    bulk.write_many(export, bulk.exported(app.store, bulk.choose(app.store), export), made)

    with zipfile.ZipFile(made) as archive:
        inside = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
    assert [tuple(rows_of(opened(each)["Questions"])) for each in inside] == [PUT, PUT]
