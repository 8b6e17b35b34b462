"""``verify`` of a store, a backup, and a record: what it says, and what it refuses."""

import io
import json
import re
import shutil
import sqlite3
import zipfile

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import today as calendar
from procurement_risk.cli.main import main
from procurement_risk.exports import verify
from procurement_risk.exports.gather import gather
from procurement_risk.exports.json_record import write
from procurement_risk.imports import zip_of_records
from procurement_risk.imports.bulk import bring_in, sources
from procurement_risk.storage import answer_links, open_store
from procurement_risk.storage.evidence.contents import folder_of
from procurement_risk.storage.operations import answer_linking
from tests.support.audit_packs import record_sealed
from tests.support.stored_examples import BARE, FULL, framework

PDF = b"%PDF-1.7 certificate"


@pytest.fixture
def held(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    opened.create(BARE, framework(), "Ada")
    opened.keep_return("bare", "back.xlsx", b"back", "Bea")
    opened.add_evidence("bare", "a.pdf", PDF, "Bea")
    yield opened
    opened.close()


@pytest.fixture
def run(tmp_path, held, monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path}/store.sqlite3")

    def run(*words):
        done = CliRunner().invoke(main, [str(each) for each in words])
        return done.exit_code, done.output

    return run


def test_a_store_and_its_backup_are_checked_as_a_whole(run, held, tmp_path):
    """Histories, kept files and files of evidence; either one says the same."""
    backup = tmp_path / "kept.sqlite3"
    held.back_up(backup)
    for words in (["--all"], [backup]):
        code, said = run("verify", *words)
        assert code == 0, said
        assert "1 assessment, " in said
        assert "1 kept file, 1 file of evidence: all as they were written" in said
    before = backup.read_bytes()
    shutil.rmtree(folder_of(backup))
    code, said = run("verify", backup)
    assert (code, "is not where evidence is kept" in said) == (1, True)
    assert backup.read_bytes() == before
    assert run("verify")[0] == run("verify", "--all", backup)[0] == 2


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE part SET value = '\"2\"' WHERE name = 'as_of'", "bare"),
        ("UPDATE kept_file SET content = 'forged'", "altered after it was kept"),
    ],
)
def test_what_was_changed_past_the_toolkit_is_named(run, held, tmp_path, statement, words):
    with sqlite3.connect(tmp_path / "store.sqlite3") as file:
        file.execute(statement)
    code, said = run("verify", "--all")
    assert code == 1
    assert words in said
    assert re.search(r"\d problem", said)


@pytest.mark.parametrize("command", ["verify", "restore", "move"])
def test_a_database_of_another_program_is_not_an_empty_store(run, tmp_path, monkeypatch, command):
    with sqlite3.connect(tmp_path / "other.sqlite3") as file:
        file.execute("CREATE TABLE people (name)")
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path}/new.sqlite3")
    code, said = run(command, tmp_path / "other.sqlite3")
    assert code == 1
    assert "is no database of this toolkit" in said


def test_a_record_with_a_forged_sign_off_does_not_hold(run, held, tmp_path):
    """Its own digest is right: whoever forged it made that anew."""
    record = json.loads(write(gather(held, ["bare"])))
    path = tmp_path / "record.json"
    path.write_bytes(verify.write_json(record))
    code, said = run("verify", path)
    assert (code, "files of evidence, named by SHA-256 and not in a record: 1" in said) == (
        0,
        True,
    )
    off = {
        "by": "The Minister", "post": "Minister", "at": "2026-11-24T09:00:00Z", "how": "oidc",
        "digest": "0" * 64, "name_salt": "1" * 32, "name_digest": "2" * 64,
        "public_key": "3" * 64, "signature": "4" * 128,
    }  # fmt: skip
    record["assessment"]["sign_offs"] = [off]
    path.write_bytes(record_sealed(record))
    code, said = run("verify", path)
    assert code == 1
    assert "The sign-off by The Minister is not under the seal of its key" in said
    assert "NOT SIGNED OFF as the record stands now" in said


def test_a_backup_without_its_folder_says_what_is_missing(run, held, tmp_path, monkeypatch):
    held.back_up(tmp_path / "kept.sqlite3")
    shutil.rmtree(folder_of(tmp_path / "kept.sqlite3"))
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path}/new.sqlite3")
    code, said = run("restore", tmp_path / "kept.sqlite3")
    assert code == 1
    assert "1 assessment" in said
    assert "is not where evidence is kept" in said


def test_what_does_not_move_along_is_said(run, held, tmp_path, monkeypatch):
    """A file of evidence that is gone, and what the supplier wrote by a link."""
    held.create(FULL, framework(), "Ada")
    sent = {"asked": {"DP-01": ""}}
    token = held.make_answer_link("bare", sent, calendar.today(), framework(), "Ada")
    answer_linking.save_by_link(
        held, token, {"DP-01": {"answer": "a"}}, {"DP-01": answer_links.named({})}
    )
    shutil.rmtree(folder_of(tmp_path / "store.sqlite3"))
    held.close()
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", f"sqlite:///{tmp_path}/new.sqlite3")
    code, said = run("move", tmp_path / "store.sqlite3")
    assert code == 0, said
    assert "bare: files of evidence that were not there: 1" in said
    assert "bare: what its supplier answered by a link waits" in said
    assert f"{FULL.id}: what its supplier" not in said


# --- Packs of many ------------------------------------------------------------------------


def test_a_pack_may_hold_more_files_than_a_zip_of_records(held, run, tmp_path, monkeypatch):
    monkeypatch.setattr(zip_of_records, "MOST_FILES", 1)
    assert run("export", "--format", "audit-pack", "-o", tmp_path / "pack.zip", "bare")[0] == 0
    other = open_store(f"sqlite:///{tmp_path}/other.sqlite3")
    (report,) = bring_in(other, sources([("pack.zip", tmp_path / "pack.zip")]), "Cyd")
    other.close()
    assert report.outcome == "moved"
    with zipfile.ZipFile(tmp_path / "loose.zip", "w") as loose:
        for name in "ab":
            loose.writestr(f"{name}.json", b"{}")
    (report,) = bring_in(held, sources([("loose.zip", tmp_path / "loose.zip")]), "Cyd")
    assert "At most 1 are read" in report.problems[0].message


def test_a_pack_on_the_disk_may_unpack_to_more_than_one_that_was_sent(tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as made:
        made.writestr("record.json", b"x" * 100)
    monkeypatch.setattr(verify, "MOST_IN_ALL", 99)
    assert verify.Pack(tmp_path / "pack.zip").sizes == {"record.json": 100}
    with pytest.raises(verify.Unreadable, match="more than 99 bytes"):
        verify.Pack(io.BytesIO((tmp_path / "pack.zip").read_bytes()))
    monkeypatch.setattr(verify, "MOST_ON_DISK", 99)
    with pytest.raises(verify.Unreadable, match="more than 99 bytes"):
        verify.Pack(tmp_path / "pack.zip")


def test_a_name_as_long_as_a_book_costs_nothing():
    assert verify.folders_of("a/b/c") == ["", "a/", "a/b/"]
    assert len(verify.folders_of("a/" * 1_000_000)) == verify.MOST_FOLDERS + 1
