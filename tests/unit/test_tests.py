"""The tests' own order: a test stands alone, and what tests share stands in ``tests/support``."""

import ast

import pytest

from tests.support.databases import ON_BOTH
from tests.support.places import TESTS

SUPPORT = "tests.support"


def faults(name, source):
    """Return what ``name`` may not do: import a test, or hold one where tests share things."""
    tree = ast.parse(source)
    found = [f"{name} imports {each}" for each in _imported(tree) if _is_test(each)]
    if not name.startswith(f"{SUPPORT}."):
        return found
    return found + [
        f"{name} defines {node.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node.name.startswith(("test_", "Test"))
    ]


def _imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)


def _is_test(dotted):
    """Whether the path leads into ``tests``, and to anything but what tests share."""
    return dotted.split(".")[0] == "tests" and not f"{dotted}.".startswith(f"{SUPPORT}.")


def modules():
    """Return every module below ``tests`` by its dotted name, and its source."""
    for path in sorted(TESTS.rglob("*.py")):
        name = ".".join(path.relative_to(TESTS.parent).with_suffix("").parts)
        yield name, path.read_text("utf-8")


def test_no_test_is_imported_and_nothing_shared_is_a_test():
    assert [fault for name, source in modules() for fault in faults(name, source)] == []


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("tests.unit.test_a", "from tests.unit.test_b import store"),
        ("tests.unit.test_a", "from tests.unit import test_b"),
        ("tests.unit.test_a", "import tests.pages.test_b as pages"),
        ("tests.unit.test_a", "def made():\n    from tests.browser.conftest import page"),
        ("tests.support.a", "from tests.unit.test_b import SMALL"),
        ("tests.support.a", "def test_a(): ..."),
        ("tests.support.a", "class TestA: ..."),
    ],
)
def test_a_shared_test_is_refused(name, source):
    assert len(faults(name, source)) == 1


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("tests.unit.test_a", "from tests.support.places import ROOT\n\ndef test_a(): ..."),
        ("tests.unit.test_a", "from tests.support import places"),
        ("tests.support.a", "import testing\nfrom tests import support\n\ndef tested(): ..."),
    ],
)
def test_what_stands_in_its_place_is_not(name, source):
    assert faults(name, source) == []


def test_every_module_that_is_to_run_on_both_databases_is_there():
    there = {path.stem for path in TESTS.rglob("test_*.py")}
    assert there >= ON_BOTH
    assert not {*ON_BOTH, "test_that_was_renamed"} <= there
