"""Tables for analysts: types by column, nothing that runs, and a dictionary that is complete."""

import csv
import io
import re
import subprocess
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import example as tried, given, strategies as st
from openpyxl import load_workbook

from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.assessments_csv import scored_sections
from procurement_risk.exports.csv_cells import DANGEROUS, restored, safe, write_csv
from procurement_risk.exports.tables import parquet as writing
from procurement_risk.exports.tables.column import Column, text
from procurement_risk.exports.tables.dictionary import tables
from procurement_risk.exports.tables.parquet import write_parquet
from procurement_risk.exports.tables.workbook import CUT, LONGEST_TEXT, write_workbook
from procurement_risk.storage import open_memory_store
from tests.support.exchange_examples import IMPACT, example, hostile, replace, small

SOFFICE = Path("/usr/bin/soffice")
FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "'=1+1", "\x00=1+1",
    "＝1+1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "#REF!", "TRUE", "1E5",
    "_x003D_1", "2026-11-23", "'-5", "''=1", "y;=1+1;z", "y\t=1+1",
)  # fmt: skip
FRAUD = example("p05-claims-fraud-scoring")


def book(*exported):
    return load_workbook(io.BytesIO(EXPORTS["tables"].write(list(exported))))


def records(sheet):
    """Return the rows of a sheet, each by its headings."""
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def read_csv(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# --- The workbook ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def fraud():
    return book(FRAUD)


def test_there_is_a_sheet_for_each_table(fraud):
    assert fraud.sheetnames == [
        "assessments", "sections", "answers", "mitigations", "upstreams", "benefits", "findings",
        "history", "dictionary",
    ]  # fmt: skip


def test_cells_have_the_type_of_their_column(fraud):
    (row,) = records(fraud["assessments"])
    assert row["committed_value"] == 7_800_000
    assert row["contract_end"] == datetime(2032, 1, 31)
    assert row["company_number"] == "ZZ000105"
    assert row["break_dates"] == "2030-02-01"  # a list is a text, however short it is
    assert row["raw"] is None  # what a method does not know is empty
    (section,) = [each for each in records(fraud["sections"]) if each["section"] == "SR"]
    assert section["residual_high"] == row["SR_residual_high"]
    assert isinstance(section["residual_high"], float)


def test_the_workbook_says_what_the_csv_files_say(fraud):
    """Every value, cell by cell."""
    for name in ("answers", "assessments"):
        plain = read_csv(EXPORTS[f"{name}-csv"].write([FRAUD]))
        sheet = records(fraud[name])
        assert len(plain) == len(sheet)
        for one, other in zip(plain, sheet, strict=True):
            for column, value in one.items():
                shown = other[column]
                if isinstance(shown, datetime):
                    shown = shown.date().isoformat()
                elif "complete" in column or re.search("_(low|central|high)$", column):
                    # A workbook keeps no decimals that are nought.
                    shown = f"{shown:.1f}" if value.count(".") else shown
                assert restored(value) == ("" if shown is None else str(shown)), column


def test_mitigations_and_findings_are_there(fraud):
    found = {row["question"]: row for row in records(fraud["mitigations"])}
    assert found["DP-10"]["due"] == datetime(2027, 2, 12)
    assert (found["TR-06"]["status"], found["TR-06"]["counts_as"]) == ("agreed", "proposed")
    findings = records(fraud["findings"])
    assert (findings[0]["kind"], findings[0]["question"]) == ("stop", "SR-04")
    assert findings[0]["treated"] == "no"
    assert [row["own"] for row in records(fraud["upstreams"])] == ["yes", "no", "no"]


def test_points_and_sections_stand_in_one_workbook():
    assessment = hostile()
    answers = replace(assessment.answer_set, answers={}, mitigations=())
    impact = small(replace(assessment, id="points", answer_set=answers), IMPACT)
    rows = records(book(FRAUD, impact)["assessments"])

    assert [row["level"] for row in rows] == [None, 1]
    assert rows[1]["raw"] == 0
    assert rows[1]["SR_residual_high"] is None


def test_history_is_there_where_it_is_known():
    store = open_memory_store()
    try:
        store.create(FRAUD.assessment, FRAUD.framework, "=Ana", "+Because")
        history = tuple(store.history(FRAUD.assessment.id))
    finally:
        store.close()
    rows = records(book(replace(FRAUD, history=history))["history"])

    assert len(rows) == len(history) > 0
    assert rows[0]["seq"] == 1
    assert rows[0]["by"] == "=Ana"
    assert "history" in EXPORTS["tables"].wants


# --- Parquet --------------------------------------------------------------------------------


def parquet(*exported):
    """Return every table as rows, each by its headings, and its schema."""
    with zipfile.ZipFile(io.BytesIO(EXPORTS["parquet"].write(list(exported)))) as packed:
        files = {n: packed.read(n) for n in packed.namelist() if n != "manifest.json"}
    read = {name: pq.read_table(io.BytesIO(data)) for name, data in files.items()}
    return {name.removesuffix(".parquet"): each for name, each in read.items()}


def test_parquet_has_the_same_tables_and_cells_in_typed_columns(fraud):
    """Cell by cell what the workbook says; days are days and pounds are numbers."""
    found = parquet(FRAUD)
    assert list(found) == fraud.sheetnames
    for name, table in found.items():
        sheet = records(fraud[name])
        assert table.column_names == [cell.value for cell in fraud[name][1]]
        assert table.num_rows == len(sheet)
        for one, other in zip(table.to_pylist(), sheet, strict=True):
            for column, shown in other.items():
                value = one[column]
                if isinstance(shown, datetime):
                    shown = shown.date()
                elif isinstance(value, datetime):
                    shown = datetime.fromisoformat(shown)
                assert value == shown, (name, column)
    types = {field.name: str(field.type) for field in found["assessments"].schema}
    assert types["committed_value"] == "int64"
    assert types["contract_end"] == "date32[day]"
    assert types["SR_residual_high"] == "double"
    assert types["break_dates"] == types["recommendation"] == "string"
    assert str(found["answers"].schema.field("at").type) == "timestamp[us, tz=UTC]"
    meaning = found["assessments"].schema.field("committed_value").metadata[b"meaning"]
    assert meaning == b"Value committed; empty where unknown."


def test_parquet_of_two_questionnaires_has_the_columns_of_both():
    impact = small(replace(hostile(), id="points"), IMPACT)
    table = parquet(FRAUD, impact)["assessments"]
    columns = tables(scored_sections([FRAUD, impact]))["assessments"]
    assert table.column_names == [each.name for each in columns]
    assert table["SR_residual_high"].is_null().to_pylist() == [False, True]


def test_parquet_is_the_same_made_in_one_go_or_in_parts(monkeypatch):
    monkeypatch.setattr("procurement_risk.exports.tables.parquet.ROWS_AT_ONCE", 10)
    export, file = EXPORTS["parquet"], io.BytesIO()
    export.write_parts((export.part(each) for each in (FRAUD, small())), file)
    assert file.getvalue() == export.write([FRAUD, small()])


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("date", "2026-11-23", date(2026, 11, 23)),
        ("date", "2026-02-30", None),  # a day that is none; CSV has it as it was written
        ("time", "2026-11-23T10:00:00+01:00", datetime(2026, 11, 23, 9, tzinfo=UTC)),
        ("time", "yesterday", None),
        ("whole number", 0, 0),
        ("whole number", None, None),
        ("percentage", "62.5", 62.5),
        ("text", "=1+1", "=1+1"),
        ("text", "", None),
    ],
)
def test_a_parquet_value_has_the_type_of_its_column(kind, cell, value):
    data = write_parquet([Column(name="a", kind=kind, meaning="A.")], [(cell,)])
    assert pq.read_table(io.BytesIO(data)).to_pylist() == [{"a": value}]


def test_a_row_that_does_not_fit_is_not_written_as_parquet():
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        write_parquet([text("a", "A.")], [("x", "y")])


# --- Nothing runs ---------------------------------------------------------------------------


def test_no_cell_of_the_workbook_is_a_formula():
    """Whoever wrote it: every cell that holds a text is typed as one."""
    for sheet in book(small()):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "d"), cell.coordinate
                if isinstance(cell.value, str) and cell.value.lstrip(" ").startswith(DANGEROUS):
                    assert cell.quotePrefix  # still a text once somebody has edited it
    (row,) = records(book(small())["assessments"])
    assert row["supplier"].startswith("=cmd|' /C calc'!A0")


def of_texts(values):
    """Return a workbook with one column of these texts."""
    return write_workbook({"t": ([text("a", "A.")], [(value,) for value in values])})


def test_openpyxl_would_make_formulas_of_them():
    """The check above can fail: this is what the same text becomes if it is just written."""
    from openpyxl import Workbook

    plain = Workbook()
    plain.active["A1"] = "=1+1"
    assert plain.active["A1"].data_type == "f"


def test_texts_that_xml_cannot_hold_lose_only_that():
    found = records(load_workbook(io.BytesIO(of_texts(["a\x00b\x1b\ufffe\ud800c", "\x07"])))["t"])
    assert [row["a"] for row in found] == ["abc", None]


def test_a_text_too_long_for_a_cell_says_so():
    (row,) = records(load_workbook(io.BytesIO(of_texts(["x" * 40_000])))["t"])
    assert len(row["a"]) == LONGEST_TEXT
    assert row["a"].endswith(CUT)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (Column(name="a", kind="date", meaning="A."), "2026-11-23", datetime(2026, 11, 23)),
        (Column(name="a", kind="date", meaning="A."), "2026-02-30", "2026-02-30"),
        (Column(name="a", kind="date", meaning="A."), "1899-01-01", "1899-01-01"),
        (Column(name="a", kind="percentage", meaning="A."), "62.5", 62.5),
        (Column(name="a", kind="percentage", meaning="A."), "=62.5", "=62.5"),
        (Column(name="a", kind="whole number", meaning="A."), 0, 0),
        (Column(name="a", kind="whole number", meaning="A."), None, None),
        (Column(name="a", kind="text", meaning="A."), "62.5", "62.5"),
    ],
)
def test_a_value_is_what_its_column_says_or_a_text(column, value, expected):
    data = write_workbook({"t": ([column, text("b", "B.")], [(value, "x")])})
    (row,) = records(load_workbook(io.BytesIO(data))["t"])
    assert row["a"] == expected
    assert isinstance(row["a"], type(expected))


@pytest.mark.skipif(not SOFFICE.exists(), reason="LibreOffice is not installed here.")
def test_libreoffice_evaluates_nothing(tmp_path):
    """From the workbook and from CSV, every text comes back as it was written."""
    sheet = tmp_path / "book.xlsx"
    sheet.write_bytes(of_texts(FORMULAS))
    plain = tmp_path / "plain.csv"
    plain.write_bytes(b"a\r\n=1+1\r\n")  # the control: this one it does evaluate
    ours = tmp_path / "ours.csv"
    ours.write_bytes(write_csv(["a", "b"], [("x", each) for each in FORMULAS]))
    separators = "--infilter=CSV:44/59/9,34,76"  # comma, semicolon, tab: what it ticks by itself
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    command = [str(SOFFICE), home, "--headless"]
    for given_files, form, more in (
        ([sheet], "csv:Text - txt - csv (StarCalc):44,34,76,1", []),
        ([plain, ours], "xlsx", [separators]),
    ):
        subprocess.run(
            [
                *command,
                *more,
                "--convert-to",
                form,
                "--outdir",
                str(tmp_path / form[:3]),
                *map(str, given_files),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    back = (tmp_path / "csv" / "book.csv").read_text(encoding="utf-8-sig")
    found = [row[0] if row else "" for row in csv.reader(io.StringIO(back, newline=""))][1:]
    written = [each.replace("\x00", "") for each in FORMULAS]

    def flat(texts):  # line breaks inside cells are written as each system does
        return [each.replace("\r", "\n").replace("\t", " ") for each in texts]

    assert flat(found) == flat(written)
    control = load_workbook(tmp_path / "xls" / "plain.xlsx").active
    assert control["A2"].data_type == "f"
    formulas = [
        cell.value
        for row in load_workbook(tmp_path / "xls" / "ours.xlsx").active.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas == []


# --- CSV ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        (" =1+1", " '=1+1"),
        (" = 1", "' = 1"),
        ("-5", "'-5"),
        ("'=1+1", "''=1+1"),
        ("''=1", "'''=1"),
        ("＝1", "'＝1"),
        ("'tis", "'tis"),
        (";=1+1;", ";'=1+1;"),
        ("a\n=1+1", "a\n'=1+1"),
        ("a =1+1;-2", "a '=1+1;'-2"),
        ('a ;"=1+1', "a ;\"'=1+1"),
        ("a; '=1", "a; ''=1"),
        ("a|@SUM(1)", "a|'@SUM(1)"),
        ("well-known - and + such", "well-known - and + such"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_one_apostrophe_goes_on_and_comes_off(text, written):
    assert safe(text) == written
    assert restored(written) == text


def test_every_cell_is_quoted_so_that_no_other_separator_parts_it():
    data = write_csv(["a", "b"], [(5, 'y;=1+1\t"z"')])
    assert data == b'\xef\xbb\xbf"a","b"\r\n"5","y;\'=1+1\t""z"""\r\n'


@pytest.mark.parametrize("separator", [",", ";", "\t", "|", ":", " "])
@given(st.lists(st.text(alphabet="'\"= -;\t\n|:,@1", max_size=8), min_size=1, max_size=3))
def test_no_one_separator_makes_a_formula(separator, row):
    """Parted at one separator and at line breaks, with quotes taken for any other sign."""
    text = write_csv(["a"], [row]).decode("utf-8-sig")
    cells = [cell for line in text.splitlines() for cell in line.split(separator)]
    begun = [cell.strip("\"'") if cell.startswith('"') else cell for cell in cells]
    kept = [cell for cell in cells if cell.strip('" ')[:1] == "'"]
    bare = [c for c, whole in zip(begun, cells, strict=True) if whole not in kept]
    assert [c for c in bare if len(c) > 1 and c[0] in "=@+" and c[1] not in ' "\t'] == []


@given(st.text())
@tried("\0")
@tried("\0=1+1")
@tried("\0a")
def test_every_text_comes_back(text):
    assert restored(safe(text)) == text.replace("\x00", "")


@given(st.text(alphabet="'= -a\t＝;\"\n", max_size=7))
def test_awkward_texts_come_back(text):
    assert restored(safe(text)) == text
    assert not safe(text).lstrip(" ").startswith(DANGEROUS)


def test_a_number_comes_back_as_it_was_written():
    assert restored(safe(-5)) == "-5"


# --- The data dictionary --------------------------------------------------------------------


def test_every_column_there_is_stands_in_the_dictionary_and_no_other():
    assessments = [FRAUD, small()]
    stated = {}
    for row in read_csv(EXPORTS["data-dictionary"].write(assessments)):
        stated.setdefault(row["table"], []).append(row["column"])

    found = book(*assessments)
    assert stated == {sheet.title: [cell.value for cell in sheet[1]] for sheet in found}
    for name in ("answers", "assessments"):
        data = EXPORTS[f"{name}-csv"].write(assessments).decode("utf-8-sig")
        assert next(csv.reader(io.StringIO(data, newline=""))) == stated[name]
    assert read_csv(EXPORTS["data-dictionary"].write(assessments))[0]["table"] == "assessments"


def test_a_column_that_the_dictionary_lacks_cannot_be_written():
    """A row that is longer than its columns is refused, not cut."""
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        write_workbook({"t": ([text("a", "A.")], [("x", "y")])})


def test_a_table_longer_than_a_sheet_is_refused_rather_than_cut(monkeypatch):
    """Excel opens such a file without the rows at its end."""
    monkeypatch.setattr("procurement_risk.exports.tables.workbook.MOST_ROWS", 4)
    column = [text("a", "A.")]

    assert write_workbook({"t": (column, [("x",)] * 3)}).startswith(b"PK")
    with pytest.raises(UsageError, match="The table t has more than 3 rows"):
        write_workbook({"t": (column, [("x",)] * 4)})


def test_every_column_says_what_it_is():
    for name, columns in tables(scored_sections([FRAUD])).items():
        for column in columns:
            assert column.meaning.endswith("."), (name, column.name)
            assert bool(column.allowed) == (column.kind == "choice"), (name, column.name)
            if column.kind in ("whole number", "percentage"):
                assert column.unit, (name, column.name)
                assert column.low, (name, column.name)


def test_every_value_is_one_that_the_dictionary_allows():
    """Over three assessments, with open and withheld answers among them."""
    assessments = [FRAUD, example("p01-rival-thistlewood"), small()]
    columns = tables(scored_sections(assessments))
    for sheet in book(*assessments):
        for row in records(sheet):
            for column in columns[sheet.title]:
                value = row[column.name]
                if value is None:
                    continue
                if column.allowed:
                    assert value in column.allowed, (sheet.title, column.name)
                if column.kind in ("whole number", "percentage"):
                    assert value >= float(column.low), (sheet.title, column.name)
                    assert not column.high or value <= float(column.high)


@pytest.mark.parametrize(("rows", "groups"), [(0, []), (1, [1]), (4, [2, 2]), (5, [2, 2, 1])])
def test_a_parquet_file_is_written_a_few_rows_at_once_and_no_group_is_empty(
    monkeypatch, rows, groups
):
    monkeypatch.setattr(writing, "ROWS_AT_ONCE", 2)
    column = text("name", "What it is called.")
    made = pq.ParquetFile(io.BytesIO(write_parquet([column], [[f"{n}"] for n in range(rows)])))
    about = made.metadata
    assert [about.row_group(n).num_rows for n in range(about.num_row_groups)] == groups
    assert made.schema_arrow.names == ["name"]
