"""A supplier opens the workbook in LibreOffice, fills it in and saves it: every answer comes back.

The answers are written into the spreadsheet that LibreOffice made of ours, in its own format; it
then saves that as XLSX, as it does when somebody chooses to.
"""

import os
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree as ET

import pytest

from procurement_risk.formats.workbook.cells import apart
from procurement_risk.formats.workbook.matching import Given
from procurement_risk.formats.workbook.reading import read_return
from procurement_risk.formats.workbook.stamps import stamp_in
from tests.support.workbook_examples import (
    FRAMEWORK,
    HOSTILE,
    PUT,
    filled,
    opened,
    packed,
    workbook,
)

SOFFICE = os.environ.get("LIBREOFFICE") or shutil.which("soffice") or ""
pytestmark = pytest.mark.skipif(
    not SOFFICE, reason="There is no LibreOffice: set LIBREOFFICE, or put soffice on the path."
)

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

WRITTEN = {
    "S-01": {3: "No", 5: "Policy.pdf, p. 3", 6: "=1+1 and <b>more</b>"},
    "S-02": {3: "Don't know"},
    "S-03": {3: "European Union; EEA\nUnited Kingdom"},
    "S-04": {3: "@first\nsecond – “third”"},
    "S-05": {3: 12.5},
    "S-06": {3: "2027-03-31"},
    "S-07": {3: "Not applicable", 4: "Nothing of the kind"},
    "S-08": {3: "Partly – in “draft”"},
}
ANSWERS = {
    "S-01": Given("answered", ("c",)),
    "S-02": Given("unknown"),
    "S-03": Given("answered", ("eu", "uk")),
    "S-04": Given("answered", text="@first\nsecond – “third”"),
    "S-05": Given("answered", text="12.5"),
    "S-06": Given("answered", text="2027-03-31"),
    "S-07": Given("not_applicable"),
    "S-08": Given("answered", ("b",)),
}


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory):
    """What saves a file in another format, with LibreOffice and a profile of its own."""
    profile = tmp_path_factory.mktemp("profile")

    def convert(data, ending, to):
        folder = tmp_path_factory.mktemp("files")
        path = folder / f"workbook.{ending}"
        path.write_bytes(data)
        command = [
            SOFFICE,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(folder / "out"),
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (folder / "out" / f"workbook.{to}").read_bytes()

    return convert


def fill_spreadsheet(data, tmp_path):
    """Return an ODS file with ``WRITTEN`` filled in, the cells made as LibreOffice makes them."""
    path = tmp_path / "filled.ods"
    path.write_bytes(data)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for prefix, address in re.findall(rb'xmlns:(\w+)="([^"]+)"', parts["content.xml"]):
        ET.register_namespace(prefix.decode(), address.decode())
    root = ET.fromstring(parts["content.xml"])
    (questions,) = (t for t in root.iter(f"{TABLE}table") if t.get(f"{TABLE}name") == "Questions")
    for row in questions.iter(f"{TABLE}table-row"):
        cells = spread(row)
        name = "".join(cells[0].itertext()) if cells else ""
        for column, value in WRITTEN.get(name, {}).items():
            write(cells[column], value)
    parts["content.xml"] = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return packed(parts)


def spread(row):
    """Return the first seven cells of a row, those that stand for several each on their own."""
    repeated = f"{TABLE}number-columns-repeated"
    for place, cell in reversed(list(enumerate(row))):
        count = int(cell.attrib.pop(repeated, "1"))
        if count > 7:
            cell.set(repeated, str(count))
            continue
        for _more in range(count - 1):
            row.insert(place, ET.fromstring(ET.tostring(cell)))
    return list(row)[:7]


def write(cell, value):
    if isinstance(value, float):
        cell.set(f"{{{OFFICE}}}value-type", "float")
        cell.set(f"{{{OFFICE}}}value", str(value))
        return
    kind = "date" if value == "2027-03-31" else "string"
    cell.set(f"{{{OFFICE}}}value-type", kind)
    if kind == "date":
        cell.set(f"{{{OFFICE}}}date-value", value)
    for line in value.split("\n"):
        ET.SubElement(cell, f"{TEXT}p").text = line


def read(data):
    book = apart(data)
    return read_return(book, data, stamp_in(book), FRAMEWORK)


@pytest.fixture(scope="module")
def spreadsheet(libreoffice, tmp_path_factory):
    sent = libreoffice(workbook(), "xlsx", "ods")
    return fill_spreadsheet(sent, tmp_path_factory.mktemp("filled"))


@pytest.fixture(scope="module")
def came_back(libreoffice, spreadsheet):
    return libreoffice(spreadsheet, "ods", "xlsx")


def test_every_answer_comes_back_in_its_own_format(spreadsheet):
    found = read(spreadsheet)

    assert (found.problems, found.remarks) == ((), ())
    assert {name: row.given for name, row in found.rows.items()} == ANSWERS
    assert found.rows["S-01"].note == "=1+1 and <b>more</b>"
    assert found.stamp == stamp_in(apart(workbook()))


def test_every_answer_comes_back(came_back):
    found = read(came_back)

    assert (found.problems, found.remarks) == ((), ())
    assert {name: row.given for name, row in found.rows.items()} == ANSWERS
    assert set(found.rows) == set(PUT)
    assert found.rows["S-01"].link == "Policy.pdf, p. 3"
    assert found.rows["S-01"].note == "=1+1 and <b>more</b>"
    assert found.rows["S-07"].reason == "Nothing of the kind"


def test_the_file_keeps_its_stamp_and_texts(came_back):
    """LibreOffice runs nothing of it: what begins with an equals sign is still that text."""
    book = opened(came_back)
    sheet = book["Questions"]
    cells = [cell for row in sheet.iter_rows() for cell in row]

    assert HOSTILE in [cell.value for cell in cells]
    assert "f" not in {cell.data_type for cell in cells}
    assert book["_options"].sheet_state == "hidden"
    assert {each.name for each in book.custom_doc_props.props} >= {"procurement_risk_issue"}
    assert read(came_back).stamp == stamp_in(apart(workbook()))


def test_what_was_filled_in_elsewhere_survives_being_saved_again(libreoffice):
    data = filled({"S-01": {"D": "No"}, "S-06": {"D": "2027-03-31"}, "S-05": {"D": 7}})

    again = libreoffice(data, "xlsx", "xlsx")
    found = read(again)

    # Four lists of answers, and that of Yes and No.
    assert opened(again)["Questions"].data_validations.count == 5
    assert found.problems == ()
    assert found.rows["S-01"].given == ANSWERS["S-01"]
    assert found.rows["S-06"].given == ANSWERS["S-06"]
    assert found.rows["S-05"].given == Given("answered", text="7")
