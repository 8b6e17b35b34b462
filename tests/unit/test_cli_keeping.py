"""Setting aside, holding, deleting, and a person, from the command line."""

import io
import json
import re
import zipfile

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.storage import open_store
from tests.support.stored_examples import BARE, FULL, framework


@pytest.fixture
def held(tmp_path, monkeypatch):
    """A store with two assessments, which the commands use as well."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    monkeypatch.setenv("PROCUREMENT_RISK_ACTOR", "Bo Records")
    store = open_store(url)
    store.create(FULL, framework(), "Ada Lovelace")
    store.create(BARE, framework(), "Ada Lovelace")
    yield store
    store.close()


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def code(result):
    return re.search(r"--seen ([0-9a-f]{12})", result.stdout)[1]


def test_set_aside_and_bring_back(held):
    assert run("set-aside", "bare", "--reason", "Over").exit_code == 0
    assert held.load("bare").archived
    assert run("bring-back", "bare").exit_code == 0
    assert not held.load("bare").archived
    assert [entry.by for entry in held.history("bare")[-2:]] == ["Bo Records", "Bo Records"]
    assert run("set-aside", "nowhere").exit_code == 1


def test_delete_shows_first(held):
    shown = run("delete", "bare", "--reason", "Twice")
    assert shown.exit_code == 0
    assert "Nothing was deleted" in shown.stdout
    assert held.load("bare")
    assert run("delete", "bare", "--reason", "Twice", "--seen", "0" * 12).exit_code == 1

    done = run("delete", "bare", "--reason", "Twice", "--seen", code(shown))

    assert done.exit_code == 0, done.output
    assert json.loads(run("retention", "--deleted", "--json").stdout)["reason"] == "Twice"


def test_retention_hold_and_disposal(held):
    assert run("retention").stdout == ""
    listed = run("retention", "--day", "2035-01-01", "--json").stdout.splitlines()
    assert [json.loads(line)["due"] for line in listed] == ["2034-12-31"]
    assert len(run("retention", "--all").stdout.splitlines()) == 2
    assert run("retention", "--day", "soon").exit_code == 2
    assert run("hold", FULL.id, "--reason", "Claim").exit_code == 0
    assert json.loads(run("retention", "--json").stdout)["state"] == "held"
    assert run("delete", FULL.id, "--reason", "x").exit_code == 1
    assert run("hold", "--lift", FULL.id, "--reason", "Settled").exit_code == 0
    shown = run("dispose", FULL.id, "--reason", "Due")
    early = run("dispose", FULL.id, "--reason", "Due", "--seen", code(shown))
    assert early.exit_code == 1
    assert "not due" in early.output


def test_a_person_is_shown_given_and_struck_out(held, tmp_path):
    held.add_evidence("bare", "CV of Ada Lovelace.txt", b"by Ada Lovelace", "Cy")
    shown = run("person", "Ada Lovelace")
    assert "Nothing" not in shown.stdout
    count = int(re.search(r"(\d+) places", shown.stdout)[1])
    assert count > 20

    assert run("person", "Ada Lovelace", "-o", tmp_path / "all.zip").exit_code == 0
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        document = json.loads(packed.read("person.json"))
        page = packed.read("person.html").decode()
    assert len(document["places"]) == count
    assert page.count("<tr>") == count + 1

    looked = run("erase", "Ada Lovelace", "--ground", "Asked for")
    assert held.places
    assert "1 file of evidence: nothing looks through such" in looked.stdout
    done = run("erase", "Ada Lovelace", "--ground", "Asked for", "--seen", code(looked))
    assert done.exit_code == 0, done.output
    assert re.search(r"there stands now: Person [0-9a-f]{4}", done.stdout)
    assert re.search(r"CV of Person [0-9a-f]{4}\.txt\n1 file of evidence", done.stdout)
    assert "Ada Lovelace" not in done.output
    assert "0 places" in run("person", "Ada Lovelace").stdout
    assert held.verify_history(FULL.id) == []
    assert run("person", "Al").exit_code == 1


def test_a_passage_is_struck_out(held):
    looked = run("redact", FULL.id, "Zoë’s", "--ground", "Personal", "--part", "answer:DP-01")
    assert looked.exit_code == 0, looked.output
    arguments = ("redact", FULL.id, "Zoë’s", "--ground", "Personal", "--part", "answer:DP-01")

    done = run(*arguments, "--seen", code(looked))

    assert done.exit_code == 0, done.output
    assert held.load(FULL.id).assessment.answer_set.answers["DP-01"].note == "[struck out] note"
    assert run("redact", "nowhere", "Zoë’s", "--ground", "x").exit_code == 1


def test_a_name_with_markup_is_text_in_what_is_given(held, tmp_path):
    held.save("bare", "answer:DP-03", {"option": "a", "note": "<script>Ada Lovelace"}, 0, "Cy")
    run("person", "Ada Lovelace", "-o", tmp_path / "all.zip")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "all.zip").read_bytes())) as packed:
        assert "<script" not in packed.read("person.html").decode()


def test_the_file_is_written_anew(held):
    assert run("clean").exit_code == 0
