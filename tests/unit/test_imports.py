"""Every way in is in the registry, on a page, on the command line and in the documents."""

import re

import pytest

from procurement_risk.cli.main import main
from procurement_risk.imports import IMPORTS
from tests.support.places import ROOT

FORMATS = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")
PAGES = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "procurement_risk" / "views").rglob("*.py"))
)


def test_every_way_in_is_registered_under_its_own_name():
    assert list(IMPORTS) == ["record", "workbook", "ocds"]
    assert all(name == each.name for name, each in IMPORTS.items())


@pytest.mark.parametrize("name", IMPORTS)
def test_a_page_takes_its_files(name):
    assert f'IMPORTS["{name}"]' in PAGES


@pytest.mark.parametrize("each", IMPORTS.values(), ids=lambda each: each.name)
def test_a_command_takes_it_and_a_document_says_how(each):
    assert each.command in main.commands
    assert re.search(rf"`{each.command} [A-Z]", FORMATS)
    assert each.endings[0] in FORMATS.casefold()
    assert f"at most {each.largest} MB" in FORMATS


def test_every_module_with_a_way_in_is_registered():
    folder = ROOT / "procurement_risk" / "imports"
    sources = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    assert sum("\nIMPORT = Import(" in source for source in sources) == len(IMPORTS)
