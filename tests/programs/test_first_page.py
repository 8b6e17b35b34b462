"""What the first page waits for: nothing that only other pages need."""

import subprocess
import sys

from streamlit import delta_generator
from streamlit.commands import logo, page_config
from streamlit.components.v2 import manifest_scanner
from streamlit.elements.lib import image_utils

from procurement_risk.framework.shipped import DEFAULT_URL, plain_file
from procurement_risk.server import spared
from procurement_risk.storage.connection import make_engine, place_of
from tests.support.places import ROOT

HEAVY = (
    "alembic", "authlib", "cryptography", "docx", "fastapi", "lxml", "numpy", "openpyxl", "pandas",
    "pptx", "prometheus_client", "pyarrow", "rapidfuzz", "ruamel", "scipy", "typst", "xlsxwriter",
)  # fmt: skip
DRAWN = """
import sys
from streamlit.testing.v1 import AppTest
from procurement_risk.server import spared
spared.spare()
from procurement_risk.views import frame
frame.read_first()
test = AppTest.from_file("app.py", default_timeout=60).run()
assert test.title[0].value == "My work" and not test.exception, test
print(*sorted(name for name in sys.modules if "." not in name))
print(*sorted(name for name in sys.modules if name.startswith("procurement_risk.")))
"""


def test_the_first_page_imports_nothing_that_only_others_need(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", DRAWN.replace('"app.py"', repr(str(ROOT / "app.py")))],
        cwd=ROOT,
        env={"PROCUREMENT_RISK_DATABASE": f"sqlite:///{tmp_path / 'a.sqlite3'}", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    libraries, ours = (set(line.split()) for line in done.stdout.splitlines()[-2:])
    assert {"streamlit", "sqlalchemy"} <= libraries
    assert libraries & set(HEAVY) == set()
    pages = {name for name in ours if name.startswith("procurement_risk.views.")}
    assert {name for name in pages if name.endswith(".page")} == {
        "procurement_risk.views.my_work.page"
    }
    rooms = ("charts", "comparison", "exports", "portfolio.what_if", "report")
    elsewhere = tuple(f"procurement_risk.{room}" for room in rooms)
    assert {name for name in ours if name.startswith(elsewhere)} == set()


def test_a_command_says_where_assessments_are_before_it_reads_what_keeps_them(tmp_path):
    """What is plain to see is told as what reads every address tells it, and nothing else is."""
    folder = tmp_path / "some"
    folder.mkdir()
    for url in (DEFAULT_URL, f"sqlite:///{folder / 'a b.sqlite3'}"):
        assert str(plain_file(url)) == place_of(make_engine(url))
    left = ["", "sqlite://", "sqlite:///:memory:", "sqlite:///", f"sqlite:///{folder}", "nonsense"]
    left += [f"sqlite:///{tmp_path / 'none' / 'a.sqlite3'}", f"sqlite:///{folder / 'a'}?mode=ro"]
    left += ["postgresql://somebody:secret@localhost/name"]
    assert [url for url in left if plain_file(url)] == []


def test_what_streamlit_need_not_do_at_its_start_is_left_out_and_no_more(monkeypatch):
    asked = []
    monkeypatch.setattr(image_utils, "image_to_url", lambda image, *rest: asked.append(image))
    monkeypatch.setattr(delta_generator, "_use_warning_has_been_displayed", False)
    for module in (page_config, logo):
        monkeypatch.setattr(module, "image_to_url", None)
    there = manifest_scanner.scan_component_manifests
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", there)
    spared.spare()
    assert manifest_scanner.scan_component_manifests() == []
    assert delta_generator._use_warning_has_been_displayed
    for module in (page_config, logo):
        assert module.image_to_url("/app/static/icon.png") == "/app/static/icon.png"
        module.image_to_url("icon.png", "stretch")
    assert asked == ["icon.png", "icon.png"]
