"""From the file of an overlay to a record that verifies alone, and over from its base."""

import io
import json
import subprocess
import sys
import zipfile

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import Answer, AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.assessment.record import read_record
from procurement_risk.cli.main import main
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.gather import gather
from procurement_risk.framework.files import FURTHER_FOLDERS, load_framework
from procurement_risk.framework.origin import digest
from procurement_risk.methods import score_to_document
from procurement_risk.profile.trend import trend
from procurement_risk.storage import open_memory_store
from tests.support.overlays import BASE, GOOD

ANSWERS = {
    "public_facing": "yes",
    "hosted": "yes",
    "CX-1": "b",
    "CX-2": "a",
    "DP-1": "a",
    "DP-2": "a",
    "LB-1": "a",
    "CX-9": "a",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The organisation's folder of frameworks, with the base and the overlay in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(FURTHER_FOLDERS, str(tmp_path / "own"))
    own = tmp_path / "own"
    own.mkdir()
    (own / "small-gates.yaml").write_bytes(BASE.read_bytes())
    (own / "ours.yaml").write_text(GOOD, "utf-8")
    return own


@pytest.fixture
def store():
    store = open_memory_store()
    yield store
    store.close()


def run(*arguments):
    return CliRunner().invoke(main, [str(each) for each in arguments])


def assessment(framework):
    answers = {
        name: Answer(options=(option,), evidence="E2", note="Seen.")
        for name, option in ANSWERS.items()
        if name in framework.by_id
    }
    return Assessment(
        id="chat",
        purchase=Purchase(id="p", title="Chat", buyer="Library of Example"),
        supplier=Supplier(name="Northwind"),
        answer_set=AnswerSet(as_of="2026-11-23", pack="full", answers=answers),
    )


def test_check_score_and_diff(folder):
    """The commands take it as they take any file."""
    checked = run("check", folder / "ours.yaml")
    (folder.parent / "a.jsonl").write_text(
        json.dumps({"as_of": "2026-11-23", "answers": ANSWERS}) + "\n", "utf-8"
    )
    scored = json.loads(run("score", "--framework", "ours", "a.jsonl").stdout)
    different = run("diff", "small-gates", "ours").stdout

    assert checked.exit_code == 0
    assert "ours.yaml: no problems found" in checked.stdout
    assert "ours.yaml: extends small-gates 2026.1: 2 questions of its own" in checked.stdout
    assert (scored["framework"], scored["version"], scored["method_version"]) == ("ours", "1", 2)
    assert scored["gate"] == "in_life"
    assert scored["open"]
    assert "DP-1 reweighted: 5 -> 8" in different
    assert "policy: band high, start: 60 -> 55" in different


def test_a_record_holds_the_whole_and_verifies_alone(folder, store):
    """Neither the overlay nor its base is there any more."""
    ours = load_framework("ours")
    store.create(assessment(ours), ours, "Ann")
    for name in ("ours.yaml", "small-gates.yaml"):
        (folder / name).unlink()
    export = EXPORTS["audit-pack"]
    pack = export.write(gather(store, ["chat"], export.wants))
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        archive.extractall(folder)
        record = archive.read("record.json")
    made = read_record(record, score_to_document)
    (folder.parent / "pack.zip").write_bytes(pack)
    alone = subprocess.run(
        [sys.executable, str(folder / "verify.py"), "pack.zip"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder.parent,
    )

    assert alone.returncode == 0, alone.stdout + alone.stderr
    assert made.framework.document == ours.document
    assert "extends" not in made.framework.document
    assert made.framework.based_on.id == "small-gates"
    assert len(list(made.framework.questions())) == len(list(ours.questions()))


def test_moving_from_the_base_carries_every_answer(folder, store):
    base, ours = load_framework("small-gates"), load_framework("ours")
    store.create(assessment(base), base, "Ann")
    held = store.load("chat")
    found = trend(base, held.assessment.answer_set, ours)

    assert ours.is_kin(base)
    assert base.is_kin(ours)
    assert not ours.is_kin(load_framework("staff-assistant"))
    assert found.move.dropped == ()
    assert found.move.answer_set.answers == held.assessment.answer_set.answers
    assert set(found.move.newly_asked) == {"CX-9", "LB-1"}

    moved = assessment(base)
    store.move(moved, ours, held.revision, "Bob", "Our own questions")
    after = store.load("chat")
    assert digest(after.framework) == digest(ours)
    assert after.assessment.answer_set.answers == held.assessment.answer_set.answers
    assert store.verify_history("chat") == []


def decided(framework, answers):
    given = AnswerSet(as_of="2026-11-23", pack="full", answers=answers)
    return score_to_document(framework, given)["decision"]["high"]


@pytest.mark.parametrize("option", ["a", "b"])
@pytest.mark.parametrize("evidence", ["E0", "E1", "E4"])
def test_this_one_is_never_milder_than_its_base(folder, option, evidence):
    """Its own questions answered as well as can be."""
    order = ("proceed", "conditions", "escalate", "do_not_proceed")
    base, ours = load_framework("small-gates"), load_framework("ours")
    answers = {
        name: Answer(options=("a" if name in ("LB-1", "CX-9") else option,), evidence=evidence)
        for name, question in ours.by_id.items()
        if question.section and question.type == "single"
    }
    answers |= {name: Answer(options=("yes",)) for name in ("public_facing", "hosted")}
    known = {name: each for name, each in answers.items() if name in base.by_id}
    before = decided(base, known)

    assert order.index(decided(ours, answers)) >= order.index(before)
