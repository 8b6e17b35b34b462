"""What programs may use, and whether the page about it says how it is."""

import ast
import io
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout

import pytest

import procurement_risk
from procurement_risk.errors import InvalidDocument
from procurement_risk.framework.shipped import EXAMPLES
from tests.support.places import ROOT

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(python|text)\n(.*?)^```\n", PAGE, re.DOTALL | re.MULTILINE)
CODE = [text for kind, text in BLOCKS if kind == "python"]


@pytest.fixture
def records(tmp_path, monkeypatch):
    folder = tmp_path / "records"
    folder.mkdir()
    for path in EXAMPLES.glob("*.json"):
        shutil.copy(path, folder)
    monkeypatch.chdir(tmp_path)
    return folder


def test_every_example_prints_what_the_page_says(records):
    names, said, printed = {}, io.StringIO(), ""
    for kind, text in BLOCKS:
        if kind == "text":
            printed += text
        else:
            with redirect_stdout(said):
                exec(text, names)
    assert len(CODE) > 3
    assert said.getvalue() == printed


def test_a_portfolio_is_scored_in_six_lines():
    assert len([line for line in CODE[0].splitlines() if line]) <= 6


def test_the_page_names_everything_that_is_promised():
    assert all(f"pr.{name}" in PAGE for name in procurement_risk.__all__)


@pytest.mark.parametrize("name", procurement_risk.__all__)
def test_what_is_promised_is_there_for_programs_and_for_type_checkers(name):
    """The list of homes, and the imports that only type checkers read, name the same."""
    source = ast.parse((ROOT / "procurement_risk" / "__init__.py").read_text(encoding="utf-8"))
    homes = {
        alias.asname or alias.name: (node.module.removeprefix("procurement_risk."), alias.name)
        for node in ast.walk(source)
        if isinstance(node, ast.ImportFrom) and node.module.startswith("procurement_risk.")
        for alias in node.names
    }
    assert getattr(procurement_risk, name)
    assert homes == procurement_risk._HOMES
    assert homes.keys() == set(procurement_risk.__all__)


def test_what_is_not_promised_is_not_there():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        procurement_risk.nothing()


def test_importing_the_package_brings_in_nothing_else():
    code = "import sys, procurement_risk; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    brought = done.stdout.split()
    assert [name for name in brought if name.startswith("procurement_risk.")] == []
    assert not {"click", "jsonschema", "numpy", "pandas", "streamlit"} & set(brought)


def test_a_record_that_does_not_hold_is_named(records):
    path = sorted(records.glob("*.json"))[0]
    path.write_bytes(path.read_bytes().replace(b"2026", b"2025", 1))
    with pytest.raises(InvalidDocument, match=re.escape(str(path))):
        procurement_risk.load_record(path)


def test_a_portfolio_of_nothing_has_columns_and_no_rows():
    table = procurement_risk.portfolio_table([])
    assert len(table) == 0
    assert "recommendation" in table
