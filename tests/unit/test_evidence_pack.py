"""Files of evidence in an audit pack: listed always, included on request, and checked."""

import io
import json

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.exports import EXPORTS, pack_check, verify
from procurement_risk.exports.export import saying
from procurement_risk.exports.gather import gather
from procurement_risk.storage import open_store
from procurement_risk.storage.evidence.contents import folder_of
from tests.support.audit_packs import packed, sealed, unpacked
from tests.support.stored_examples import BARE, framework

EXPORT = EXPORTS["audit-pack"]
PDF = b"%PDF-1.7 " + b"certificate " * 20_000  # packed it would look like a bomb
ABOUT = {"grade": "E3", "valid_until": "2026-01-31", "source": "An auditor"}


@pytest.fixture
def held(tmp_path):
    """A store with an assessment that a file shows."""
    opened = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    opened.create(BARE, framework(), "Ada")
    opened.add_evidence("bare", "a.pdf", PDF, "Bea", about=ABOUT, questions=["DP-01"])
    yield opened
    opened.close()


def pack(store, **said):
    exported = gather(store, ["bare"], EXPORT.wants)
    return EXPORT.write(list(saying(exported, EXPORT, said)))


def test_it_lists_every_file_and_includes_it_on_request(held):
    """Both hold, and a checkpoint of the one holds for the other."""
    bare, whole = pack(held), pack(held, **{"with-evidence": "yes"})
    files = unpacked(whole)
    [name] = [each for each in files if each.startswith("evidence/")]
    assert files[name] == PDF
    [listed] = json.loads(files["evidence.json"])["evidence_files"]
    assert (listed["name"], listed["questions"], listed["grade"]) == ("a.pdf", ["DP-01"], "E3")
    assert listed["counts_as"] == "E0"
    assert name == f"evidence/{listed['sha256']}.pdf"
    checkpoint = files["checkpoint.txt"].decode()
    for data in (bare, whole):
        report = pack_check.check_pack(io.BytesIO(data), checkpoint)
        assert report.problems == []
    notes = " ".join(verify.check_pack(io.BytesIO(bare)).notes)
    assert "of 1 files of evidence 1 are named by their SHA-256 alone" in notes
    [left] = json.loads(unpacked(bare)["manifest.json"])["left_out"]
    assert left == {"file": name, "why": "Nobody asked for the files of evidence."}


def test_a_changed_added_or_foreign_file_is_refused(held):
    """Even where the manifest was made anew."""
    files = unpacked(pack(held, **{"with-evidence": "yes"}))
    [name] = [each for each in files if each.startswith("evidence/")]
    small = {each: data for each, data in files.items() if each != name}
    forged = packed(sealed({**files, name: b"%PDF forged"}))
    assert "not the file that the record names" in str(
        verify.check_pack(io.BytesIO(forged)).problems
    )
    other = f"evidence/{'0' * 64}.pdf"
    added = packed(sealed({**small, other: b"%PDF more"}))
    assert "no file of evidence that the record names" in str(
        verify.check_pack(io.BytesIO(added)).problems
    )
    evidence = json.loads(files["evidence.json"])
    evidence["evidence_files"][0]["grade"] = "E4"
    raised = packed(sealed({**small, "evidence.json": verify.write_json(evidence)}))
    assert "evidence.json is not what" in str(verify.check_pack(io.BytesIO(raised)).problems)


def test_a_file_that_is_gone_takes_no_pack_down(held, tmp_path):
    """The pack says which is missing, and why."""
    for each in folder_of(tmp_path / "store.sqlite3").iterdir():
        each.unlink()
    data = pack(held, **{"with-evidence": "yes"})
    assert verify.check_pack(io.BytesIO(data)).problems == []
    [left] = json.loads(unpacked(data)["manifest.json"])["left_out"]
    assert "is not where evidence is kept" in left["why"]


def test_the_commands_add_list_get_check_and_export(tmp_path, held, monkeypatch):
    """As the pages do."""
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path}/store.sqlite3")
    monkeypatch.chdir(tmp_path)

    def run(*words):
        done = CliRunner().invoke(main, words)
        return done.exit_code, done.output

    (tmp_path / "report.txt").write_text("What was found", encoding="utf-8")
    given = ("--question", "DP-02", "--grade", "E2", "--date", "2026-05-01")
    code, said = run("evidence", "add", *given, "bare", "report.txt")
    assert code == 0, said
    digest = said.split()[0]
    assert f"{digest}  E2  -  report.txt  DP-02\n" in run("evidence", "list", "bare")[1]
    got = run("evidence", "get", "bare", digest)
    assert got[0] == 0, got
    assert (tmp_path / f"report-{digest[:8]}.txt").read_text("utf-8") == "What was found"
    assert run("evidence", "get", "bare", digest)[0] == 1
    assert run("evidence", "add", "bare", "nothing.txt")[0] == 1
    code, said = run(
        "export", "--format", "audit-pack", "--with-evidence", "-o", "pack.zip", "bare"
    )
    assert code == 0, said
    assert run("verify", "pack.zip")[0] == 0
    assert run("evidence", "check")[0] == 0
    (folder_of(tmp_path / "store.sqlite3") / digest).write_bytes(b"forged")
    code, said = run("evidence", "check", "bare")
    assert (code, "was altered" in said) == (1, True)
    assert run("evidence", "remove", "bare", digest)[0] == 0
    assert digest not in run("evidence", "list", "bare")[1]
