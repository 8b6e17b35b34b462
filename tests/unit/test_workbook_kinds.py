"""Workbooks as other programs leave them: read like any other, whatever their parts are called."""

import re

import pytest

from procurement_risk.assessment import AnswerSet
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.formats.workbook import limits
from procurement_risk.formats.workbook.cells import read_cells
from procurement_risk.formats.workbook.matching import Given
from procurement_risk.formats.workbook.safety import refuse_unsafe
from procurement_risk.formats.workbook.stamps import stamp_in
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from tests.support.places import ROOT
from tests.support.workbook_examples import (
    ANSWER,
    FRAMEWORK,
    REASON,
    assessment,
    document,
    filled,
    opened,
    packed,
    parts_of,
    returned,
    saved,
    workbook,
)

FILLED = filled({"S-01": {ANSWER: "No"}, "S-06": {ANSWER: "2027-03-31"}, "S-05": {ANSWER: 7}})
GIVEN = {
    "S-01": Given("answered", ("c",)),
    "S-05": Given("answered", text="7"),
    "S-06": Given("answered", text="2027-03-31"),
}


def answers(found):
    return {name: row.given for name, row in found.rows.items() if row.given is not None}


def with_parts(parts, data=FILLED):
    return packed({**parts_of(data), **parts})


# --- What we send out ourselves ---


@pytest.mark.parametrize("name", ["ai-supplier-core", "supplier-organisation", "staff-assistant"])
def test_the_full_pack_comes_back_without_a_fault(name):
    framework = load_framework(FRAMEWORKS / f"{name}.yaml")
    case = assessment(answer_set=AnswerSet(as_of="2026-11-23"))

    found = returned(workbook(case, framework), framework)

    assert found.problems == ()
    assert all(row.is_empty for row in found.rows.values())


def test_a_workbook_with_a_column_for_each_list_is_read_whole():
    """So they were written before: as many columns as there are different lists."""
    book = opened(FILLED)
    for column in range(1, 200):
        book["_options"].cell(1, column).value = "Yes"

    found = returned(saved(book))

    assert found.problems == ()
    assert answers(found) == GIVEN


def test_more_than_comes_back_whole_is_not_sent_out(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROWS", 5)

    with pytest.raises(UsageError, match="Choose a smaller pack"):
        workbook()


def test_a_workbook_that_was_sent_out_before_still_comes_back():
    data = (ROOT / "tests/support/workbooks/form-1.xlsx").read_bytes()

    found = returned(data)

    assert found.problems == ()
    assert found.stamp.form == "1"
    assert answers(found) == {
        "S-01": Given("answered", ("c",)),
        "S-03": Given("answered", ("eu", "uk")),
        "S-07": Given("not_applicable"),
    }
    assert found.rows["S-01"].link == "Policy.pdf, p. 3"
    assert found.rows["S-01"].note == "Since May"
    assert found.rows["S-07"].reason == "No such data"


# --- Not applicable, in short ---


@pytest.mark.parametrize(
    "text", ["N/A", "n/a", "n.a.", "N / A", "not applicable", "ＮＯＴ Applicable"]
)
def test_not_applicable_is_known_in_short(text):
    cells = {name: {ANSWER: text, REASON: "No such data"} for name in ("S-01", "S-04", "S-05")}

    found = returned(filled(cells))

    assert answers(found) == dict.fromkeys(cells, Given("not_applicable"))
    assert found.problems == ()


def test_not_applicable_in_short_is_refused_where_it_may_not_be():
    (problem,) = returned(filled({"S-02": {ANSWER: "n/a", REASON: "None"}})).problems

    assert problem.message == "This question cannot be declared not applicable. Answer it."


def test_a_label_that_reads_like_it_is_still_the_label():
    spoken = document()
    spoken["sections"][1]["questions"][0]["options"][2]["label"] = "N/A"
    framework = framework_from_document(spoken)
    data = filled({"S-01": {ANSWER: "n/a"}}, workbook(framework=framework))

    assert returned(data, framework).rows["S-01"].given == Given("answered", ("c",))


# --- Parts that do nothing ---

PANES = {
    "xl/webextensions/taskpanes.xml": b"<wetp:taskpanes xmlns:wetp='x'/>",
    "xl/webextensions/webextension1.xml": b"<we:webextension xmlns:we='x'/>",
    "_rels/.rels": parts_of(FILLED)["_rels/.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2011/relationships/'
        b'webextensiontaskpanes" Target="xl/webextensions/taskpanes.xml"/></Relationships>',
    ),
}


@pytest.mark.parametrize(
    "parts",
    [
        PANES,
        {"xl/media/access control.png": b"\x89PNG"},
        {"xl/media/macro control connections.png": b"\x89PNG"},
        {"xl/media/control.png": b"\x89PNG"},
        {"xl/media/customUI of ours.jpeg": b"\xff\xd8"},
        {"docProps/thumbnail of activex.wmf": b"x"},
    ],
)
def test_a_word_in_the_name_of_a_part_refuses_nothing(parts):
    found = returned(with_parts(parts))

    assert answers(found) == GIVEN
    assert found.problems == ()


@pytest.mark.parametrize("name", ["xl/control1.bin", "xl/activeX/picture.png", "xl/xmlMaps.xml"])
def test_a_part_that_is_active_by_name_is_refused(name):
    with pytest.raises(InvalidDocument, match="The file holds"):
        refuse_unsafe(with_parts({name: b"x"}), "file.xlsx")


# --- Strict Open XML ---

STRICT = {
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/customProperties"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/extendedProperties"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/customProperties"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": (
        b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
    ),
}


def strict(data):
    """The file in the strict form of the standard, days written as days."""
    made = {}
    for name, part in parts_of(data).items():
        for usual, address in STRICT.items():
            part = part.replace(usual, address)
        part = re.sub(
            rb"http://schemas\.openxmlformats\.org/(officeDocument|spreadsheetml|drawingml)/2006/",
            rb"http://purl.oclc.org/ooxml/\1/",
            part,
        )
        made[name] = part
    return packed(made)


def test_strict_open_xml_is_read():
    text = "<http://purl.oclc.org/ooxml/spreadsheetml/main> is a name"
    data = strict(filled({"S-04": {ANSWER: text}}, FILLED))

    found = returned(data)

    assert found.problems == ()
    assert answers(found) == {**GIVEN, "S-04": Given("answered", text=text)}
    assert found.stamp == stamp_in(read_cells(FILLED))


def test_strict_open_xml_keeps_its_days():
    """It writes them as days, where others write a number."""
    parts = parts_of(strict(FILLED))
    sheet = parts["xl/worksheets/sheet2.xml"]
    cell = re.search(rb'<c r="D8"( s="\d+")[^>]*>.*?</c>', sheet)
    day = b'<c r="D8"' + cell[1] + b' t="d"><v>2027-03-31</v></c>'
    parts["xl/worksheets/sheet2.xml"] = sheet.replace(cell[0], day)

    assert returned(packed(parts)).rows["S-06"].given == GIVEN["S-06"]


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml"])
def test_strict_open_xml_is_refused_for_the_same(part):
    with pytest.raises(InvalidDocument, match="The file holds"):
        read_cells(packed({**parts_of(strict(FILLED)), part: b"<x/>"}))


# --- Numbers ---


def from_numbers(data, between=" - "):
    """The file as Numbers exports it: tables named, a summary first, no properties of its own."""
    book = opened(data)
    for name in [each.name for each in book.custom_doc_props.props]:
        del book.custom_doc_props[name]
    for sheet in list(book.worksheets):
        sheet.sheet_state = "visible"
        sheet.insert_rows(1)
        sheet["A1"].value = "Table 1"
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=7)
        sheet.title = f"{sheet.title}{between}Table 1"
    summary = book.create_sheet("Export Summary", 0)
    summary[
        "B3"
    ].value = (
        "This document was exported from Numbers. Each table was converted to an Excel worksheet."
    )
    return saved(book)


@pytest.mark.parametrize("between", [" - ", "-"])
def test_what_numbers_exports_is_read(between):
    found = returned(from_numbers(FILLED, between))

    assert (found.problems, found.remarks) == ((), ())
    assert answers(found) == GIVEN
    assert found.stamp == stamp_in(read_cells(FILLED))
    assert FRAMEWORK.id == found.stamp.framework
