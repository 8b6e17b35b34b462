"""The log of what was given out: lines are added, kept, and outlive their assessment."""

import hashlib
import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import Marking
from procurement_risk.cli.main import main
from procurement_risk.errors import NotFound, UsageError
from procurement_risk.exports.published.released import note
from procurement_risk.storage import Store, open_memory_store, open_store
from tests.support.publication_examples import FRAMEWORK, planted

SECRET = Marking(ground="security", reason="It helps an attacker")
FILE = ("summary.html", b"<p>words</p>")


@pytest.fixture
def store():
    held = open_memory_store()
    held.create(replace(planted(), markings={"supplier.name": SECRET}), FRAMEWORK, "Ana")
    yield held
    held.close()


def test_a_line_says_what_was_given_to_whom_and_what_was_withheld(store):
    note(store, "one", "A journalist", "FOI 2026/17", FILE, "Ana")
    note(store, "one", "The public", "Publication scheme", FILE, "Bo")
    newest, first = store.releases("one")

    assert (first.seq, first.recipient, first.why, first.by) == (
        1, "A journalist", "FOI 2026/17", "Ana",
    )  # fmt: skip
    assert (first.digest, first.size) == (hashlib.sha256(FILE[1]).hexdigest(), len(FILE[1]))
    assert {"supplier.name", "supplier.company_number", "decision.by"} <= {*first.withheld}
    assert newest.seq == 2
    assert store.releases() == store.releases("one")
    assert store.releases("two") == []


@pytest.mark.parametrize(
    ("about", "recipient", "why", "fault"),
    [
        ("one", " ", "FOI", UsageError),
        ("one", "A", " ", UsageError),
        ("one", "A" * 301, "FOI", UsageError),
        ("one", "A\x00", "FOI", UsageError),
        ("two", "A", "FOI", NotFound),
    ],
)
def test_what_says_too_little_is_refused_and_nothing_is_added(store, about, recipient, why, fault):
    with pytest.raises(fault):
        note(store, about, recipient, why, FILE, "Ana")
    assert store.releases() == []


def test_there_is_no_way_to_change_or_drop_a_line():
    assert [name for name in dir(Store) if "release" in name] == ["add_release", "releases"]


def test_the_command_notes_and_shows(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    held = open_store(url)
    held.create(planted(), FRAMEWORK, "Ana")
    held.close()
    file = tmp_path / "answer.html"
    file.write_bytes(FILE[1])
    run = CliRunner().invoke

    done = run(main, ["released", "one", "--to", "A\x1b[2J", "--why", "FOI", "--file", str(file)])
    assert (done.exit_code, "noted as number 1" in done.stdout) == (0, True), done.output
    shown = run(main, ["released", "one"]).stdout
    assert "answer.html, 12 bytes" in shown
    assert "\x1b" not in shown
    assert json.loads(run(main, ["released", "--json"]).stdout)["why"] == "FOI"
    assert run(main, ["released", "one", "--to", "A"]).exit_code == 2
    missing = ["released", "one", "--to", "A", "--why", "b", "--file", str(tmp_path / "none")]
    assert run(main, missing).exit_code == 1
