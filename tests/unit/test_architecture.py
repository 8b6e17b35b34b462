"""The page on how the house is built names nothing that is gone, and every room there is."""

import re
from importlib import import_module

import pytest

from tests.support.places import ROOT

PACKAGE = ROOT / "procurement_risk"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
ROOMS = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}


def gone(page):
    """Return every path and every name of ours that ``page`` gives, and that is not there."""
    drawing, text = "".join(page.split("```")[1::2]), "".join(page.split("```")[::2])
    named = re.findall(r"`([^`\s]+)`", text)
    paths = [each for each in named if "/" in each or re.search(r"\.(py|md|yaml|json)$", each)]
    names = [each for each in named if each.partition(".")[0] in ROOMS and each not in paths]
    names += re.findall(rf"\b(?:{'|'.join(sorted(ROOMS))})\.[a-z_.]*[a-z]", drawing)
    missing = [each for each in paths if not any((top / each).exists() for top in (ROOT, PACKAGE))]
    return missing + [each for each in names if not is_there(f"procurement_risk.{each}")]


def is_there(name):
    """Whether ``name`` is a module of ours, or something in one."""
    try:
        import_module(name)
    except ModuleNotFoundError:
        module, _dot, last = name.rpartition(".")
        return is_there(module) and hasattr(import_module(module), last)
    return True


def test_the_page_names_nothing_that_is_gone():
    assert gone(PAGE) == []


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("Look in `charts/nothing.py`.", "charts/nothing.py"),
        ("Look in `tests/unit/test_nothing.py`.", "tests/unit/test_nothing.py"),
        ("A line in `charts.PICTURES`.", "charts.PICTURES"),
        ("It is `exports.gather.collect`.", "exports.gather.collect"),
        ("```\nYAML ── framework.loading ──> Framework\n```", "framework.loading"),
    ],
)
def test_what_is_gone_is_found(page, name):
    assert gone(page) == [name]


def test_every_room_stands_on_a_floor_of_the_page():
    floors = "".join(line for line in PAGE.splitlines() if re.match(r"\| \d", line))
    assert ROOMS - set(re.findall(r"`([a-z]+)/`", floors)) == set()


def test_the_questions_of_a_newcomer_are_answered():
    table = PAGE.partition("## Where is …")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\| [^|]+\?", table, re.MULTILINE)) == 13


@pytest.mark.parametrize(
    "what",
    ["chart", "export", "import", "page", "question type", "column", "method", "permission",
     "language", "database column"],
)  # fmt: skip
def test_the_page_walks_through_adding_each(what):
    assert re.search(rf"^\*\*An? {what}\b", PAGE, re.MULTILINE)
