"""Lists of questions, and a questionnaire as a workbook, saved by LibreOffice: nothing is lost."""

import os
import shutil
import subprocess

import pytest

from procurement_risk.formats.workbook.cells import read_cells
from procurement_risk.formats.workbook.questionnaire import from_spreadsheet, to_spreadsheet
from procurement_risk.framework.files import load_framework
from procurement_risk.framework.shipped import FRAMEWORKS
from tests.support.question_lists import LISTS

SOFFICE = os.environ.get("LIBREOFFICE") or shutil.which("soffice") or ""
pytestmark = pytest.mark.skipif(
    not SOFFICE, reason="There is no LibreOffice: set LIBREOFFICE, or put soffice on the path."
)
NAMES = [name for name in LISTS if name.endswith(".xlsx")]
OWN = load_framework(FRAMEWORKS / "staff-assistant.yaml").document


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The folder with all of them as ODS."""
    folder = tmp_path_factory.mktemp("lists")
    files = {name: LISTS[name]() for name in NAMES} | {"own.xlsx": to_spreadsheet(OWN)}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    wanted = ["--convert-to", "ods", "--outdir", str(folder)]
    paths = [str(folder / name) for name in files]
    subprocess.run(
        [SOFFICE, "--headless", profile, *wanted, *paths],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_read_the_same_as_ods(saved, name):
    called = name.replace(".xlsx", ".ods")
    as_ods = from_spreadsheet(read_cells((saved / called).read_bytes(), called), name)
    as_xlsx = from_spreadsheet(read_cells(LISTS[name](), name), name)

    assert as_ods == as_xlsx


def test_a_questionnaire_comes_back_to_the_letter(saved):
    book = read_cells((saved / "own.ods").read_bytes(), "own.ods")

    assert from_spreadsheet(book, "own.ods").document == OWN
