"""What the first page waits for: nothing that only other pages need."""

import subprocess
import sys

from tests.support.places import ROOT

HEAVY = (
    "alembic", "authlib", "cryptography", "docx", "fastapi", "lxml", "openpyxl", "pandas", "pptx",
    "prometheus_client", "pyarrow", "rapidfuzz", "ruamel", "scipy", "typst", "xlsxwriter",
)  # fmt: skip
DRAWN = """
import sys
from streamlit.testing.v1 import AppTest
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
    rooms = ("charts", "comparison", "exports", "portfolio.what_if")
    elsewhere = tuple(f"procurement_risk.{room}" for room in rooms)
    assert {name for name in ours if name.startswith(elsewhere)} == set()
