"""Returns in other formats: ODS and CSV are read like XLSX, with the same limits and refusals."""

import csv
import io

import pytest

from procurement_risk.errors import InvalidDocument
from procurement_risk.formats.workbook import limits
from procurement_risk.formats.workbook.cells import apart, read_cells
from procurement_risk.formats.workbook.kinds import kind_of
from procurement_risk.formats.workbook.matching import Given
from procurement_risk.formats.workbook.reading import read_return
from procurement_risk.formats.workbook.stamps import stamp_in
from tests.support.ods_files import NAMES, ods_of, text_of
from tests.support.workbook_examples import (
    ANSWER,
    FRAMEWORK,
    LINK,
    PUT,
    filled,
    opened,
    returned,
    workbook,
)

DATA = filled(
    {
        "S-01": {ANSWER: "Partly – in “draft”", LINK: "Policy £5"},
        "S-03": {ANSWER: "European Union; EEA\nUnited Kingdom"},
        "S-04": {ANSWER: 'one, two; "three"\n=1+1'},
    }
)
GIVEN = {
    "S-01": Given("answered", ("b",)),
    "S-03": Given("answered", ("eu", "uk")),
    "S-04": Given("answered", text='one, two; "three"\n=1+1'),
}
ODS = ods_of(DATA)


def answers(found):
    return {name: row.given for name, row in found.rows.items() if row.given is not None}


def cell(kind="string", text="", inside="", **more):
    given = "".join(f' {key.replace("_", ":", 1)}="{value}"' for key, value in more.items())
    return (
        f'<table:table-cell office:value-type="{kind}"{given}>{inside}'
        f"{text_of(text) if text else ''}</table:table-cell>"
    )


def value(of, answer, **more):
    found = returned(ods_of(DATA, {f"D{PLACES[of]}": answer}, **more))
    return found.rows[of].given if of in found.rows else found.problems[0].message


SHEET = opened(DATA)["Questions"]
PLACES = {row[0].value: row[0].row for row in SHEET.iter_rows(min_row=2) if row[0].value}


# --- ODS ---


def test_an_ods_file_comes_back_like_an_xlsx_file():
    found = returned(ODS)

    assert (found.problems, found.remarks) == ((), ())
    assert answers(found) == GIVEN
    assert set(found.rows) == set(PUT)
    assert found.rows["S-01"].link == "Policy £5"
    assert found.stamp == returned(DATA).stamp
    assert stamp_in(read_cells(ods_of(DATA, keep_properties=False))) == found.stamp
    kinds = [kind_of(*each) for each in ((ODS, ""), (DATA, "a.csv"), (b"a,b", "a.csv"))]
    assert kinds == ["ods", "xlsx", "csv"]


def test_ods_is_read_apart_too():
    assert apart(ODS, "back.ods") == read_cells(ODS, "back.ods")


@pytest.mark.parametrize(
    ("of", "answer", "given"),
    [
        ("S-05", cell("float", "7.50", office_value="7.5"), Given("answered", text="7.5")),
        ("S-06", cell("date", "x", **{"office_date-value": "2027-03-31"}), "2027-03-31"),
        ("S-06", cell("date", "x", **{"office_date-value": "2027-03-31T00:00:00"}), "2027-03-31"),
        ("S-04", cell("boolean", "x", **{"office_boolean-value": "true"}), "TRUE"),
        ("S-04", cell(inside="<text:p>a<text:s text:c='2'/>b<text:tab/>c</text:p>"), "a  b\tc"),
        ("S-04", cell(inside="<text:p>a<text:line-break/>b</text:p>"), "a\nb"),
    ],
)
def test_each_kind_of_cell_is_read_for_what_it_is(of, answer, given):
    wanted = given if isinstance(given, Given) else Given("answered", text=given)

    assert value(of, answer) == wanted


@pytest.mark.parametrize(
    ("of", "answer", "why"),
    [
        ("S-05", cell("percentage", "50 %", office_value="0.5"), "shows a percentage"),
        (
            "S-05",
            cell("float", "2", office_value="2", table_formula="of:=1+1"),
            "A formula stands",
        ),
        ("S-06", cell("date", "x", **{"office_date-value": "2027-03-31T09:00:00"}), "one reading"),
        ("S-01", cell(text="No", **{"table_number-rows-spanned": "2"}), "merged with others"),
        ("S-01", cell(text="No", **{"table_style-name": "child"}), "struck out: “No”"),
        (
            "S-01",
            cell(inside="<text:p><text:span text:style-name='T1'>Yes</text:span> No</text:p>"),
            "struck out: “Yes”",
        ),
    ],
)
def test_what_cannot_be_taken_as_it_stands_is_named(of, answer, why):
    assert why in value(of, answer)


def test_notes_addresses_and_drawings_are_named():
    note = (
        "<office:annotation><dc:creator>Ana</dc:creator><text:p>Only until May</text:p>"
        "</office:annotation>"
    )
    link = '<text:p><text:a xlink:href="https://elsewhere.example/">Policy</text:a></text:p>'
    box = "<table:shapes><draw:text-box><text:p>In a box</text:p></draw:text-box></table:shapes>"
    found = returned(
        ods_of(DATA, {"D3": cell(text="No", inside=note), "F3": cell(inside=link)}, body=box)
    )

    assert [(each.place, each.kind, each.text) for each in found.remarks] == [
        ("", "drawing", "In a box"),
        ("Questions!D3", "note", "Only until May"),
        ("Questions!F3", "link", "https://elsewhere.example/"),
    ]
    assert found.rows["S-01"].given == Given("answered", ("c",))


@pytest.mark.parametrize(
    ("made", "what"),
    [
        ({"parts": {"Basic/Standard/Module1.xml": b"<x/>"}}, "macros"),
        ({"parts": {"Scripts/python/a.py": b"x"}}, "macros"),
        ({"parts": {"Object 1/content.xml": b"<x/>"}}, "embedded objects"),
        ({"body": "<script:event-listener/>"}, "macros"),
        ({"body": "<table:dde-links/>"}, "links to other workbooks"),
        ({"body": "<draw:object/>"}, "embedded objects"),
        ({"body": "<form:form/>"}, "ActiveX or form controls"),
        ({"body": '<draw:image xlink:href="http://example.org/a.png"/>'}, "outside it"),
        ({"body": '<draw:image xlink:href="../../a.png"/>'}, "outside it"),
    ],
)
def test_active_ods_files_are_refused(made, what):
    with pytest.raises(InvalidDocument, match=what):
        read_cells(ods_of(DATA, **made))


@pytest.mark.parametrize(
    ("part", "content", "why"),
    [
        ("content.xml", b"<!DOCTYPE x><x/>", "declares a document type"),
        ("content.xml", b"<x/>", "no workbook that can be read"),
        ("content.xml", b"not xml", "damaged"),
        ("content.xml", b" " * 60_000_000, "unpacks to"),
        ("styles.xml", b'<!ENTITY a "b">', "declares a document type"),
        (
            "META-INF/manifest.xml",
            f"<x {NAMES}><manifest:encryption-data/></x>".encode(),
            "locked with a password",
        ),
    ],
)
def test_hostile_ods_files_are_refused(part, content, why):
    with pytest.raises(InvalidDocument, match=why):
        read_cells(ods_of(DATA, parts={part: content}))


def test_a_cell_that_stands_for_millions_is_read_only_so_far(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 500)
    rows = (
        '<table:table table:name="More"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    )
    found = read_cells(ods_of(DATA, body=rows))

    assert sum(len(row) for sheet in found.sheets for row in sheet.rows.values()) == 500
    assert "too much in it" in found.problems[0].message


# --- CSV ---


def csv_of(data=DATA, sign=",", encoding="utf-8-sig"):
    made = io.StringIO(newline="")
    writer = csv.writer(made, delimiter=sign)
    for row in opened(data)["Questions"].iter_rows(values_only=True):
        writer.writerow(["" if each is None else each for each in row])
    return made.getvalue().encode(encoding, errors="replace")


def back(data, name="back.csv"):
    book = read_cells(data, name)
    return read_return(book, data, stamp_in(book, name), FRAMEWORK)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_file_comes_back_like_a_workbook(sign, encoding):
    found = back(csv_of(sign=sign, encoding=encoding))

    assert (found.problems, found.remarks) == ((), ())
    assert answers(found) == GIVEN
    assert found.rows["S-01"].link == "Policy £5"
    assert found.rows["S-01"].place == "Questions!D3"
    assert found.stamp == returned(DATA).stamp


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_older_characters_are_told_by_our_own_line_and_said(encoding):
    found = back(csv_of(encoding=encoding))

    assert answers(found) == GIVEN
    assert found.rows["S-01"].link == "Policy £5"
    assert [each.kind for each in found.remarks] == ["letters"]


def test_csv_is_read_apart_too():
    data = csv_of()

    assert apart(data, "Back.CSV") == read_cells(data, "Back.CSV")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"Number;Your answer\nS-01;No\n", "does not say which assessment"),
        ("Number,Your answer\nS-01,Yes \u2013 ŵ\n".encode("cp1252", "replace"), "cannot be told"),
        (b"a\0b", "cannot be told"),
        (b'"' + b"x" * 200_000, "no table that can be read"),
        (b"x" * 5_000_001, "a workbook may have 5,000,000"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old .xls file"),
    ],
)
def test_what_is_no_return_is_refused_in_words(data, why):
    with pytest.raises(InvalidDocument, match=why):
        back(data)


def test_a_workbook_under_the_name_of_a_table_is_read_for_what_it_is():
    assert answers(back(DATA, "back.csv")) == GIVEN
    assert workbook().startswith(b"PK")
