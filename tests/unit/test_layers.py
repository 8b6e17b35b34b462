"""Who may import whom. Imports for type checkers and those inside functions count as well."""

import ast
import re
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import metadata

import pytest

from tests.support.places import ROOT

PACKAGE = "procurement_risk"

# From the ground up. A module imports what stands on the floors below its own.
FLOORS = (
    {"language"},
    {"errors"},
    {"canonical"},
    {"framework"},
    {"assessment"},
    {"methods"},
    {"profile"},
    {"comparison", "storage", "formats"},
    {"portfolio"},
    {"charts", "report"},
    {"exports"},
    {"imports"},
    {"server"},
    {"cli", "views"},
    {"", "__main__", "app"},  # "" is the package itself: what it offers to programs
)
FLOOR_OF = {part: number for number, floor in enumerate(FLOORS) for part in floor}

# What is drawn and said comes from what it is handed, though a store stands on a floor below.
NEVER = {("charts", "storage"), ("report", "storage"), ("charts", "portfolio.kept")}

# What is used in a few places only, so that it could be exchanged there.
KEPT_TO = {
    "streamlit": {"app", "views", "server"},
    "starlette": {"server"},
    "uvicorn": {"server.asgi", "server.one_write"},
    "fastapi": {"server.api"},
    "pydantic": {"server.api"},
    "prometheus_client": {"server.figures", "server.figures_kept", "server.figures_page"},
    "plotly": {"charts"},
    "yaml": {"framework.strict_yaml"},
    "ruamel": {"framework.yaml_editing", "framework.yaml_round_trip"},
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "rfc3161_client": {"storage.signing"},
    "rapidfuzz": {"portfolio.alike", "portfolio.twins"},
    "typst": {"exports"},
    "docx": {"exports"},
    "pptx": {"exports"},
    "pandas": {"charts", "views", "exports"},
    "pyarrow": {"exports.tables.parquet"},
    "scipy": {"comparison"},
    "openpyxl": {"formats.workbook", "exports"},
    "defusedxml": {
        "formats.workbook.drawings",
        "formats.workbook.ods",
        "formats.workbook.safety",
        "formats.workbook.xlsx_form",
    },
}


def modules():
    """Return the source of every module by its dotted name; a folder has the folder's name."""
    found = {"app": (ROOT / "app.py").read_text(encoding="utf-8")}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        found[name] = path.read_text(encoding="utf-8")
    return found


@cache
def import_nodes(source):
    kinds = (ast.Import, ast.ImportFrom)
    return [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]


def imports(source, known):
    """Yield every name that ``source`` imports: a module where it is a ``known`` one.

    ``from a import b`` is the module ``a.b`` where there is one, and otherwise ``a``; for what is
    not ours we cannot tell, and take ``a.b``.
    """
    for node in import_nodes(source):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            start = "." * node.level + (node.module or "")
            for alias in node.names:
                whole = f"{start}.{alias.name}"
                yield start if start in known and whole not in known else whole


def part_of(module):
    """Return the name a module goes by in ``FLOORS``: ``storage`` for all that is in there."""
    return module.removeprefix(PACKAGE).removeprefix(".").partition(".")[0]


def faults(sources):
    """Return a sentence for everything wrong with who imports whom in ``sources``."""
    found, graph = [], {}
    for name, source in sources.items():
        graph[name] = set()
        for imported in imports(source, sources):
            if imported in sources or imported.split(".")[0] in ("", PACKAGE):
                graph[name].add(imported)
                found += own_faults(name, imported, sources)
            else:
                found += foreign_faults(name, imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        found.append("a circle: " + " <- ".join(error.args[1]))
    return found


def own_faults(name, imported, known):
    if imported not in known:
        return [f"{name} imports {imported}, which is no module of ours"]
    user, used = part_of(name), part_of(imported)
    unplaced = [f"{part} stands on no floor" for part in (user, used) if part not in FLOOR_OF]
    if unplaced or user == used:
        return unplaced
    barred = any(is_in(name, one) and is_in(imported, other) for one, other in NEVER)
    if FLOOR_OF[used] < FLOOR_OF[user] and not barred:
        return []
    return [f"{name} imports {imported}, which is not on a floor below"]


def is_in(name, place):
    """Return whether the module ``name`` is ``place``, or stands in it."""
    return f"{name.removeprefix(PACKAGE).removeprefix('.')}.".startswith(f"{place}.")


def foreign_faults(name, imported):
    if f"{imported}.".startswith("plotly.express."):
        return [f"{name} imports plotly.express"]
    library = imported.split(".")[0]
    if library not in KEPT_TO or any(is_in(name, place) for place in KEPT_TO[library]):
        return []
    return [f"{name} imports {library}, which is for {', '.join(sorted(KEPT_TO[library]))}"]


def test_every_module_keeps_to_its_floor():
    assert faults(modules()) == []


def test_every_floor_is_lived_on():
    assert {part_of(name) for name in modules()} == set(FLOOR_OF)


def test_every_library_is_used_where_it_may_be():
    """Otherwise the rule about it tests nothing."""
    sources = modules()
    used = {
        (imported.split(".")[0], part_of(name))
        for name, source in sources.items()
        for imported in imports(source, sources)
    }
    assert set(KEPT_TO) <= {library for library, _ in used}


def unasked(imported, pins):
    """Return the libraries among ``imported`` that no line of ``pins`` installs."""
    installed = set(re.findall(r"^([a-z0-9-]+)==", pins, re.MULTILINE))
    names = {name.partition(".")[0] for name in imported} - sys.stdlib_module_names
    names -= {PACKAGE, "_typeshed"}  # the latter exists for type checkers only
    providers = metadata.packages_distributions()
    return sorted(
        name
        for name in names
        if not {re.sub(r"[-_.]+", "-", each.lower()) for each in providers.get(name, [])}
        & installed
    )


def test_every_library_is_installed_with_the_package():
    """None is there only because the tests have it."""
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    sources = modules()
    imported = {each for source in sources.values() for each in imports(source, sources)}
    assert "jsonschema.FormatChecker" in imported
    assert unasked(imported, pins) == []
    assert unasked({"json", "babel.messages", "yaml.scanner"}, pins) == ["babel"]


NAMES_ONLY = dict.fromkeys(modules(), "")


@pytest.mark.parametrize(
    ("name", "source", "fault"),
    [
        ("methods.new", "from procurement_risk.storage import Store", "not on a floor below"),
        ("methods.new", "from procurement_risk.profile import words", "not on a floor below"),
        ("methods.new", "import procurement_risk.views.shared.session", "not on a floor below"),
        (
            "canonical",
            "from procurement_risk.assessment.model import Answer",
            "not on a floor below",
        ),
        ("charts.new", "from procurement_risk.storage import Store", "not on a floor below"),
        ("cli.new", "from procurement_risk.views.shared import session", "not on a floor below"),
        (
            "framework.words",
            "def f():\n    from procurement_risk.assessment.record import Record",
            "not on a floor below",
        ),
        (
            "framework.words",
            "if TYPE_CHECKING:\n    from procurement_risk.assessment.record import Record",
            "not on a floor below",
        ),
        ("views.new", "from . import session", "no module of ours"),
        ("views.new", "from procurement_risk.nowhere import thing", "no module of ours"),
        ("helpful", "from procurement_risk import errors", "helpful stands on no floor"),
        ("cli.run", "import streamlit as st", "streamlit, which is for app, server, views"),
        ("views.new", "import plotly.graph_objects as go", "plotly, which is for charts"),
        ("charts.new", "import plotly.express as px", "imports plotly.express"),
        ("charts.new", "from plotly import express", "imports plotly.express"),
        ("charts.new", "from plotly.express import bar", "imports plotly.express"),
        ("framework.files", "import yaml", "yaml, which is for framework.strict_yaml"),
        ("exports.new", "from sqlalchemy import select", "sqlalchemy, which is for storage"),
        ("cli.new", "def f():\n    import alembic.command", "alembic, which is for storage"),
        ("methods.new", "import pandas", "pandas, which is for charts, exports, views"),
        ("views.new", "from scipy.optimize import linprog", "scipy, which is for comparison"),
    ],
)
def test_an_import_upwards_or_of_a_library_out_of_place_is_refused(name, source, fault):
    found = faults(NAMES_ONLY | {f"{PACKAGE}.{name}": source})
    assert [fault in each for each in found] == [True]


def test_the_house_is_small():
    """No room stands on two floors, and a newcomer counts at most twenty names."""
    places = [part for floor in FLOORS for part in floor]
    assert len(places) == len(set(places))
    assert len(list((ROOT / PACKAGE).iterdir())) - (ROOT / PACKAGE / "__pycache__").is_dir() <= 20


def test_a_circle_inside_one_folder_is_refused():
    circle = {
        f"{PACKAGE}.views.one": f"from {PACKAGE}.views import two",
        f"{PACKAGE}.views.two": f"def f():\n    from {PACKAGE}.views.one import thing",
    }
    (found,) = faults(NAMES_ONLY | circle)
    assert found.startswith("a circle: ")
    assert "views.one" in found
    assert "views.two" in found


def test_what_is_below_may_be_imported():
    source = f"import json\nimport pandas\nfrom {PACKAGE}.errors import Problem"
    assert faults(NAMES_ONLY | {f"{PACKAGE}.views.new": source}) == []
