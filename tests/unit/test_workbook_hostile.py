"""Files that mean harm: refused for what they are, in bounded time and memory."""

import io
import struct
import time
import warnings
import zipfile
from random import Random

import openpyxl
import pytest

from procurement_risk.errors import InvalidDocument
from procurement_risk.formats.workbook import cells, limits, safety
from procurement_risk.formats.workbook.cells import apart, read_cells
from procurement_risk.formats.workbook.safety import refuse_unsafe
from procurement_risk.formats.workbook.stamps import stamp_in
from tests.support.workbook_examples import filled, opened, packed, parts_of, saved, workbook

DATA = workbook()
PARTS = parts_of(DATA)
SHEET = "xl/worksheets/sheet2.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
RELATION = (
    '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}"{mode}/></Relationships>'
)


def refusal(data):
    with pytest.raises(InvalidDocument) as caught:
        refuse_unsafe(data, "file.xlsx")
    (problem,) = caught.value.problems
    return problem.message


def with_relation(kind, target="x.xml", external=False):
    mode = ' TargetMode="External"' if external else ""
    added = RELATION.format(kind=kind, target=target, mode=mode).encode()
    return packed({**PARTS, RELATIONS: PARTS[RELATIONS].replace(b"</Relationships>", added)})


def test_what_we_send_out_is_safe():
    refuse_unsafe(DATA, "file.xlsx")
    refuse_unsafe(packed(PARTS), "file.xlsx")


# --- Size and kind ---


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04" + bytes(5_000_000), "a workbook may have 5,000,000"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "protected with a password, or is an old",
        ),
        (b"", "not an XLSX file"),
        (b"id,answer\n", "not an XLSX file"),
        (b"<html>", "not an XLSX file"),
        (b"PK\x05\x06" + bytes(18), "not an XLSX file"),
        (DATA[:-200], "The file is damaged"),
        (DATA[:2000] + bytes(200) + DATA[2200:], "The file is damaged"),
    ],
)
def test_other_files_are_named_for_what_they_are(data, message):
    assert message in refusal(data)


def test_the_largest_file_is_still_looked_at():
    picture = Random(1).randbytes(4_850_000)
    data = packed({**PARTS, "xl/media/image1.png": picture}, zipfile.ZIP_STORED)

    assert 4_800_000 < len(data) <= safety.LARGEST
    refuse_unsafe(data, "file.xlsx")


# --- Parts ---


def test_too_many_parts_are_refused():
    many = {f"xl/media/{n}.txt": b"" for n in range(safety.MOST_PARTS)}

    assert "parts; a workbook may have 500" in refusal(packed({**PARTS, **many}))


@pytest.mark.parametrize("second", [SHEET, SHEET.upper(), SHEET.replace("/", "\\")])
def test_a_part_that_stands_twice_is_refused(second):
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in [*PARTS.items(), (second, b"<x/>")]:
            archive.writestr(zipfile.ZipInfo(name), content)

    assert "twice" in refusal(made.getvalue())


def test_a_locked_part_is_refused():
    place = DATA.rindex(b"PK\x01\x02")
    locked = DATA[: place + 8] + b"\x01" + DATA[place + 9 :]

    assert "locked with a password" in refusal(locked)


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(kind):
    assert "no spreadsheet program uses" in refusal(packed(PARTS, kind))


# --- Expansion ---


def test_what_unpacks_to_far_too_much_is_refused():
    assert "unpacks to" in refusal(packed({**PARTS, SHEET: b" " * 60_000_000}))


def test_what_unpacks_to_many_times_its_size_is_refused():
    """Twenty megabytes of blanks are fewer than are allowed, from a file of 40 kilobytes."""
    assert "unpacks to" in refusal(packed({**PARTS, SHEET: b" " * 20_000_000}))


def test_one_part_that_unpacks_to_many_times_its_size_is_refused():
    noise = Random(1).randbytes(300_000)
    data = packed({**PARTS, "xl/media/a.png": noise, SHEET: b" " * 3_000_000})

    assert f"The part '{SHEET}' unpacks to far more" in refusal(data)


def test_a_part_that_lies_about_its_size_is_refused():
    """The list at the end says 100 bytes; there are ten million."""
    data = packed({**PARTS, SHEET: b" " * 10_000_000})
    place = data.rindex(SHEET.encode()) - 46
    lying = data[: place + 24] + struct.pack("<I", 100) + data[place + 28 :]

    assert "damaged" in refusal(lying)


# --- Active content ---


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links to other workbooks"),
        ("xl/connections.xml", "data connections"),
        ("xl/queryTables/queryTable1.xml", "data connections"),
        ("xl/embeddings/oleObject1.bin", "embedded objects"),
        ("xl/activeX/activeX1.xml", "ActiveX or form controls"),
        ("xl/ctrlProps/ctrlProp1.xml", "ActiveX or form controls"),
        ("xl\\VBAPROJECT.BIN", "macros"),
        ("customUI/customUI.xml", "add-ins"),
    ],
)
def test_active_parts_are_refused(name, what):
    assert f"The file holds {what}" in refusal(packed({**PARTS, name: b"<x/>"}))


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("externalLink", "links to other workbooks"),
        ("oleObject", "embedded objects"),
        ("package", "embedded objects"),
        ("control", "ActiveX"),
        ("connections", "data connections"),
    ],
)
def test_a_part_under_another_name_is_known_by_its_relation(kind, what):
    assert f"The file holds {what}" in refusal(with_relation(kind))


def test_a_macro_workbook_is_known_by_what_it_says_of_itself():
    types = PARTS["[Content_Types].xml"].replace(
        b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"vnd.ms-excel.sheet.macroEnabled.main+xml",
    )

    assert "The file holds macros" in refusal(packed({**PARTS, "[Content_Types].xml": types}))


def test_what_opening_would_fetch_is_refused_but_an_address_to_click_is_text():
    assert "leads to something outside" in refusal(
        with_relation("image", "http://example.org/seen.png", external=True)
    )
    refuse_unsafe(with_relation("hyperlink", "http://example.org/package", external=True), "f")


def test_an_address_in_an_answer_is_only_its_text():
    book = opened(filled({"S-04": {"D": "https://example.org/policy"}}))
    book["Questions"]["D8"].hyperlink = "https://elsewhere.example.org/"
    data = saved(book)

    found = read_cells(data)
    assert "https://example.org/policy" in {
        cell.text for row in found.sheets[1].rows.values() for cell in row.values()
    }


# --- Declarations ---

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
HEAD = '<?xml version="1.0" encoding="{}"?>'


@pytest.mark.parametrize(
    "content",
    [
        LAUGHS.encode(),
        (HEAD.format("UTF-8") + "\n\n" + LAUGHS).encode(),
        LAUGHS.encode("utf-8-sig"),
        LAUGHS.encode("utf-16"),
        (HEAD.format("UTF-16") + LAUGHS).encode("utf-16-be"),
        LAUGHS.encode("utf-16-le"),
        LAUGHS.encode("utf-32"),
        LAUGHS.encode("utf-32-be"),
        ("<!-- " + "x" * 9_000 + " -->" + LAUGHS).encode(),
        b"<!doctype x><x/>",
        (HEAD.format("UTF-7") + "+ADwAIQ-DOCTYPE x+AD4-<x/>").encode(),
        (HEAD.format("cp037") + "<x/>").encode(),
    ],
)
@pytest.mark.parametrize("name", [SHEET, "docProps/custom.xml", RELATIONS, "xl/drawings/d.vml"])
def test_declarations_are_refused_in_any_part_and_encoding(name, content):
    assert "declares a document type or an entity" in refusal(packed({**PARTS, name: content}))


def test_a_part_is_known_as_xml_without_its_ending():
    data = packed({**PARTS, "xl/media/image1.png": LAUGHS.encode("utf-16")})

    assert "declares a document type" in refusal(data)


def test_an_answer_that_speaks_of_a_doctype_is_only_a_text():
    data = filled({"S-04": {"D": "<!DOCTYPE html> <!ENTITY>"}})

    refuse_unsafe(data, "file.xlsx")


def test_a_damaged_list_of_parts_is_said_to_be_damage():
    """Not to take too much time or memory, which is what any other fault apart is taken for."""
    name = DATA.rindex(b"xl/workbook.xml")
    header = DATA.rindex(b"PK\x01\x02", 0, name)
    not_a_text = bytearray(DATA)
    not_a_text[name], not_a_text[header + 9] = 0xDF, 0x08  # the name is said to be UTF-8

    end = DATA.rindex(b"PK\x05\x06")
    before_the_start = bytearray(DATA)
    before_the_start[end + 12 : end + 16] = (len(DATA) + 50).to_bytes(4, "little")

    assert refusal(bytes(not_a_text)).startswith("The file is damaged.")
    assert refusal(bytes(before_the_start)).startswith("The file is damaged.")


# --- Opened, with care ---


def test_no_workbook_behind_safe_parts_is_refused_in_words():
    for broken in (b"<workbook>", b"not xml at all"):
        with pytest.raises(InvalidDocument, match="no workbook that can be read"):
            read_cells(packed({**PARTS, "xl/workbook.xml": broken}))


def test_a_cell_at_the_very_end_costs_nothing():
    book = opened(filled({"S-01": {"D": "No"}}))
    book["Questions"]["XFD1048576"].value = "end"
    started = time.monotonic()

    found = read_cells(saved(book))

    assert time.monotonic() - started < 5
    assert [each.message for each in found.problems] == [
        "The sheet 'Questions' has too much in it: only its first rows are read."
    ]


def test_more_cells_than_are_read_are_named(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 40)
    monkeypatch.setattr(limits, "MOST_SHEETS", 2)

    found = read_cells(DATA)

    assert [len(sheet.rows) > 0 for sheet in found.sheets] == [True, True]
    assert sum(len(row) for sheet in found.sheets for row in sheet.rows.values()) == 40
    assert [each.where for each in found.problems] == ["Questions", ""]


def huge_merge():
    """A merge over every cell there is: openpyxl would make an object for each."""
    area = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells><pageMargins'
    return packed({**PARTS, SHEET: PARTS[SHEET].replace(b"<pageMargins", area, 1)})


def test_reading_apart_gives_the_same():
    data = filled({"S-01": {"D": "No", "G": "ünïcode \U0001f600"}})

    assert apart(data) == read_cells(data)


def test_reading_apart_refuses_in_the_same_words():
    with pytest.raises(InvalidDocument, match="The file holds macros"):
        apart(packed({**PARTS, "xl/vbaProject.bin": b""}))


def test_a_file_that_takes_too_much_is_given_up(monkeypatch):
    """By the limit on memory where there is one, and by the clock in any case."""
    monkeypatch.setattr(cells, "MOST_SECONDS", 3)
    started = time.monotonic()

    with pytest.raises(InvalidDocument, match="more time or memory"):
        apart(huge_merge())

    assert time.monotonic() - started < 15


def test_the_process_apart_is_told_no_secrets(monkeypatch):
    told = {}

    def run(command, **settings):
        told.update(settings["env"])
        raise AssertionError("seen")

    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", "postgresql://me:secret@host/db")
    monkeypatch.setattr(cells.subprocess, "run", run)
    with pytest.raises(AssertionError, match="seen"):
        apart(DATA)

    assert "PROCUREMENT_RISK_DATABASE" not in told
    assert "secret" not in str(told)


def test_openpyxl_alone_would_read_what_is_refused():
    """Otherwise the checks above would guard against nothing."""
    made = packed({**PARTS, "xl/vbaProject.bin": b"x"})

    assert openpyxl.load_workbook(io.BytesIO(made)).sheetnames[1] == "Questions"


# --- What is small in the file and large once it is read ---


def test_one_long_text_in_many_cells_is_read_only_so_far(monkeypatch):
    """The file holds it once; every cell that points to it would be copied and compared."""
    monkeypatch.setattr(limits, "MOST_TEXT", 20_000)
    book = opened(DATA)
    for row in range(100, 150):
        book["Questions"][f"G{row}"].value = "long " * 1_000

    found = read_cells(saved(book))

    texts = [
        cell.text for sheet in found.sheets for row in sheet.rows.values() for cell in row.values()
    ]
    assert sum(map(len, texts)) < 20_000 + 5_000
    assert "Questions" in [each.where for each in found.problems]
    assert "too much in it" in found.problems[0].message


def test_what_we_send_out_is_read_whole():
    sent = [
        cell for sheet in read_cells(DATA).sheets for row in sheet.rows.values() for cell in row
    ]
    assert read_cells(DATA).problems == ()
    assert len(sent) > 40


def test_half_a_character_in_the_stamp_is_refused_in_words():
    """Excel writes characters by number; half of one has no bytes to take a digest of."""
    book = opened(DATA)
    for name in [each.name for each in book.custom_doc_props.props]:
        del book.custom_doc_props[name]
    (pack,) = (row[1] for row in book["_meta"].iter_rows() if row[0].value == "pack")
    pack.value = "full_xD800_"

    with pytest.raises(InvalidDocument, match="was changed after it was sent out"):
        stamp_in(read_cells(saved(book)))


def test_a_merge_longer_than_any_workbook_is_still_a_merge(monkeypatch):
    monkeypatch.setattr(limits, "MOST_CELLS", 300)
    book = opened(DATA)
    book["Questions"]["D3"].value = "No"
    book["Questions"].merge_cells("D3:D400")

    cell = read_cells(saved(book)).sheets[1].rows[3][4]
    assert (cell.kind, cell.text) == ("merged", "No")
