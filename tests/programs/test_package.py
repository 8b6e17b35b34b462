"""The wheel, installed away from the checkout: what it carries is found, and the app starts."""

import json
import os
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.places import ROOT

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
OFFLINE = ("--no-index", "--no-deps")
RUN = "procurement-risk"
SHIPPED = "procurement_risk/shipped"
STARTS_WITHIN = 60


class Installed:
    """The wheel in an environment of its own, and in a folder that is no checkout.

    The packages of others are those that this test runs with, found by a file that names their
    folder: installing them again would take a minute and show nothing of ours.
    """

    def __init__(self, folder):
        built = folder / "built"
        build = ("wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", built, ROOT)
        subprocess.run([*PIP, *build], check=True)
        (self.wheel,) = built.glob("*.whl")
        place = folder / "environment"
        venv.create(place, symlinks=os.name == "posix")
        paths = sysconfig.get_paths("venv", {"base": str(place), "platbase": str(place)})
        self.packages, self.programs = Path(paths["purelib"]), Path(paths["scripts"])
        (self.packages / "others.pth").write_text(sysconfig.get_path("purelib"))
        install = ("--python", self.programs / "python", "install", *OFFLINE, self.wheel)
        subprocess.run([*PIP, *install], check=True)
        self.folder, self.home = folder, folder / "home"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not is_setting(name)},
            **dict.fromkeys(("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"), str(self.home)),
        }

    def start(self, program, *arguments, log=subprocess.PIPE):
        """Start a program of the environment, and return its process."""
        return subprocess.Popen(
            [self.programs / program, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def said(self, program, *arguments):
        """Return what a program writes, which has to end well."""
        process = self.start(program, *arguments)
        said, __ = process.communicate(timeout=120)
        assert process.returncode == 0, said
        return said


def is_setting(name):
    return name.startswith(("PROCUREMENT_RISK_", "PYTHON", "STREAMLIT_"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    return Installed(tmp_path_factory.mktemp("package"))


def test_the_wheel_carries_what_a_checkout_holds_and_nothing_else(installed):
    held = {
        f"{SHIPPED}/{path.relative_to(ROOT).as_posix()}"
        for pattern in ("app.py", ".streamlit/config.toml", "assessments/examples/*[!y]",
                        "docs/*.md", "frameworks/*", "schemas/*", "static/*")
        for path in ROOT.glob(pattern) if path.is_file()
    }  # fmt: skip
    with zipfile.ZipFile(installed.wheel) as wheel:
        names = wheel.namelist()
    about = f"procurement_risk-{installed.said(RUN, '--version').split()[-1]}.dist-info"

    assert {name for name in names if name.startswith(SHIPPED)} == held
    assert {name.partition("/")[0] for name in names} == {"procurement_risk", about}
    assert "procurement_risk/py.typed" in names


def test_commands_find_what_is_shipped_and_write_to_the_users_own_folder(installed):
    """The examples recompute, the demonstration is loaded, files of every kind are written."""
    before = set(installed.packages.rglob("*"))
    examples = sorted((installed.packages / SHIPPED / "assessments" / "examples").glob("*.json"))

    assert str(installed.packages) in installed.said(RUN, "check")
    assert installed.said(RUN, "demo").startswith(f"{len(examples)} fictional assessments loaded")
    installed.said(RUN, "export", "--format", "audit-pack", "-o", "pack.zip", "demo-p01")
    verified = installed.said(RUN, "verify", *examples, "pack.zip")
    assert verified.count("the result recomputes") == len(examples) > 10
    (installed.folder / "returned").mkdir()
    installed.said(RUN, "export", "--format", "workbook", "-o", "returned/1.xlsx", examples[0])
    assert "1.xlsx" in installed.said(RUN, "check-returns", "returned")
    assert "ours.yaml: written" in installed.said(RUN, "new-framework", "ours")
    (installed.folder / "answers.jsonl").write_text('{"as_of": "2026-11-23", "answers": {}}')
    result = json.loads(installed.said(RUN, "score", "--framework", "ours", "answers.jsonl"))
    assert result["open"]

    home = installed.home / "procurement-risk"
    assert (home / "assessments" / "assessments.sqlite3").is_file()
    assert (home / "frameworks" / "ours.yaml").is_file()
    written = set(installed.packages.rglob("*")) - before
    assert [path for path in written if "__pycache__" not in path.parts] == []


@contextmanager
def running(installed, port, log):
    """Give the process of ``run``, and end it."""
    database = f"sqlite:///{installed.folder}/chosen.sqlite3"
    options = ("--no-browser", "--port", str(port), "--database", database)
    with log.open("w") as file:
        process = installed.start(RUN, "run", *options, log=file)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        finally:
            process.kill()


def answer(port, path):
    with urllib.request.urlopen(f"http://localhost:{port}/{path}", timeout=5) as answered:
        return answered.read()


def health(port, process):
    """Return what the app says of itself once it says anything, or None if it never does."""
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            return answer(port, "_stcore/health")
        except OSError:
            time.sleep(0.1)
    return None


def test_the_app_starts_and_stops(installed):
    """With the package's own settings: otherwise nothing under app/static would be served."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    log = installed.folder / "app.log"
    with running(installed, port, log) as process:
        assert health(port, process) == b"ok", log.read_text()
        assert b"<title>Streamlit</title>" in answer(port, "")
        script = (ROOT / "static" / "idle-commit.js").read_bytes()
        assert answer(port, "app/static/idle-commit.js") == script
    said = log.read_text()
    assert f"Assessments are kept in {installed.folder}/chosen.sqlite3." in said
    assert "Traceback" not in said


def test_the_first_page_is_drawn(installed):
    """As a browser would be shown it, with an empty database."""
    code = """
from streamlit.testing.v1 import AppTest
from procurement_risk.framework import shipped
page = AppTest.from_file(str(shipped.APP), default_timeout=60).run()
assert not page.exception, page.exception
print(page.title[0].value)
"""
    assert installed.said("python", "-c", code).endswith("My work\n")
