"""Commands write names that a terminal only shows, and every letter whatever the pipe."""

import json
import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from procurement_risk.cli import terminal
from procurement_risk.cli.main import main
from tests.support.ocds_releases import RELEASE

ESCAPES = "A\x1b]0;owned\x07B\x1b[2J\x9b31mC\u202eD\rE"


@pytest.fixture
def notice(tmp_path):
    document = RELEASE | {"buyer": {"name": f"Cyngor Tŵr {ESCAPES}"}}
    file = tmp_path / "notice.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def raw(text):
    """Return the signs in ``text`` that a terminal would act upon."""
    return [c for c in text if c in "\x1b\x07\x9b\u202e\r" or (ord(c) < 32 and c not in "\n\t")]


def test_no_sign_that_a_terminal_acts_upon_is_written(notice):
    done = CliRunner().invoke(main, ["ocds-purchase", str(notice)])
    assert "Cyngor Tŵr A" in done.stdout
    assert raw(done.output) == []


def test_json_escapes_what_a_terminal_acts_upon_and_loses_nothing():
    @click.command()
    def write():
        terminal.say_json({"name": ESCAPES})

    written = CliRunner().invoke(write).stdout
    assert raw(written) == []
    assert json.loads(written) == {"name": ESCAPES}


def test_a_name_in_an_error_is_shown_plainly(tmp_path):
    done = CliRunner().invoke(main, ["verify", str(tmp_path / "no\x1b[2Jne.json")])
    assert done.exit_code == 1
    assert raw(done.output) == []
    done = CliRunner().invoke(main, ["score", "--framework", "x", "no\x1b[2Jne"])
    assert done.exit_code == 2
    assert raw(done.output) == []


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_a_pipe_of_any_code_page_gets_every_letter(notice, encoding):
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "procurement_risk", "ocds-purchase", str(notice)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Cyngor Tŵr A" in done.stdout.decode()
    assert b"fault in the toolkit" not in done.stderr
