"""Whoever types what ``docs/from-a-spreadsheet.md`` shows sees what it says they see."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest

from procurement_risk.formats.workbook.questionnaire import from_spreadsheet, propose, read_sheets
from procurement_risk.formats.workbook.questionnaire.roles import ROLES
from procurement_risk.framework.advice import advice
from procurement_risk.framework.files import FURTHER_FOLDERS, load_framework
from procurement_risk.views.frameworks.page import BRING_IN
from tests.support.guides import BLOCK, FENCE, Reader
from tests.support.places import ROOT
from tests.support.question_lists import saved

GUIDE = (ROOT / "docs" / "from-a-spreadsheet.md").read_text("utf-8")
FILE = Path("frameworks") / "supplier-list.yaml"


@pytest.fixture
def reader(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(FURTHER_FOLDERS, str(FILE.parent))
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path / 'no.sqlite3'}")
    return Reader(FILE, is_there=False)


def test_the_screen_says_what_the_guide_says(reader):
    """From the list to the result and back to Excel, every output to the letter."""
    reader.follow(GUIDE)

    assert reader.wrong == []
    assert reader.commands == ["convert"] * 2 + ["check"] * 2 + ["score"] + ["convert"] * 2 + [
        "diff"
    ]
    assert list(advice(load_framework(FILE))) == []


def test_a_step_that_went_otherwise_is_found(reader):
    reader.follow(
        GUIDE.replace("screen readers?,Yes; In part; No; N/A", "screen readers?,Yes; No")
    )

    assert reader.wrong


def test_the_same_list_typed_into_excel_is_read_the_same():
    (text,) = [text for what, name, text in BLOCK.findall(GUIDE) if name == "supplier-list.csv"]
    book = openpyxl.Workbook()
    book.active.title = "supplier-list"
    for row in csv.reader(io.StringIO(text)):
        book.active.append([int(cell) if cell.isdecimal() else cell or None for cell in row])
    as_text = read_sheets(text.encode(), "supplier-list.csv")
    as_book = read_sheets(saved(book), "supplier-list.xlsx")

    assert propose(as_book) == propose(as_text)
    one, other = (
        from_spreadsheet(each, "supplier-list.csv").document for each in (as_book, as_text)
    )
    assert one == other


def test_every_thing_a_column_may_hold_is_explained():
    table = GUIDE[GUIDE.index("| A column may hold") : GUIDE.index("`numbers: risk`")]

    assert set(re.findall(r"`([a-z]+)`", table)) == set(ROLES)


def test_the_place_on_the_page_is_called_as_it_is_there():
    assert f"drop the file under *{BRING_IN}*" in GUIDE


def test_every_block_says_what_it_is_for():
    assert len(FENCE.findall(GUIDE)) == len(BLOCK.findall(GUIDE)) > 10


def test_it_is_read_in_twenty_minutes():
    prose = re.sub(r"<!--.*?-->", "", FENCE.sub("", GUIDE))

    assert len(prose.split()) < 1_100
