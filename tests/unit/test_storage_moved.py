"""Assessments of another store or an audit pack: taken over as they are, with one line more."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.exports import EXPORTS, pack_check
from procurement_risk.exports.gather import gather
from procurement_risk.imports import bulk
from procurement_risk.imports.moved import wholes_of
from procurement_risk.storage import open_store
from tests.support.stored_examples import BARE, FULL, framework

FILE = b"PK what a supplier sent back"


@pytest.fixture
def there(tmp_path):
    """The other store: two assessments, one of which is archived and has a file."""
    other = open_store(f"sqlite:///{tmp_path}/there.sqlite3")
    other.create(FULL, framework(), "Ada")
    other.create(BARE, framework(), "Bea", "because")
    other.save("bare", "answer:DP-01", {"option": "a"}, 0, "Bea")
    other.keep_return("bare", "back.xlsx", FILE, "Bea")
    other.archive("bare", "Cyd", "not needed")
    yield other
    other.close()


@pytest.fixture
def pack(there, tmp_path):
    """An audit pack of the other store."""
    export = EXPORTS["audit-pack"]
    names = [each.id for each in there.summaries()]
    path = tmp_path / "pack.zip"
    path.write_bytes(export.write(gather(there, names, export.wants)))
    return path


def same_but_one_line(here, there, name, place):
    """Whether everything of an assessment came along, and one line says that it was moved."""
    *before, last = here.history(name)
    assert before == there.history(name)
    assert here.verify_history(name) == []
    assert last.reason == f"Moved here from {place}"
    assert last.by == "Dee"
    assert (last.part, last.before) == ("assessment", last.after)
    assert here.parts(name) == there.parts(name)
    assert here.returns_into(name) == there.returns_into(name)
    mine, theirs = here.load(name), there.load(name)
    assert (mine.assessment, mine.archived) == (theirs.assessment, theirs.archived)
    assert mine.changed_at == theirs.changed_at
    seq, digest = there.head(name)
    assert here.history(name)[seq - 1].hash == digest  # an old checkpoint holds


def test_another_stores_assessments_come_as_they_are(store, there):
    taken = [store.take_over(each, "there", "Dee") for each in there.wholes()]

    assert taken == ["moved", "moved"]
    for name in ("bare", FULL.id):
        same_but_one_line(store, there, name, "there")
    assert store.kept_file(store.returns_into("bare")[0].digest) == FILE
    assert [each.assessment for each in store.find(FULL.purchase.title)] == [FULL.id]


def test_an_audit_packs_assessments_come_as_they_are(store, there, pack):
    for each in wholes_of(pack):
        assert store.take_over(each, "pack.zip", "Dee") == "moved"

    for name in ("bare", FULL.id):
        same_but_one_line(store, there, name, "pack.zip")


def brought(store, pack, **how):
    """What becomes of each assessment of a pack that is imported."""
    given = [("a/pack.zip", pack.read_bytes())]
    found = bulk.bring_in(store, bulk.sources(given), "Dee", **how)
    return {each.assessment_id: each.outcome for each in found}


def looked(store, pack):
    """What would become of each."""
    given = [("a/pack.zip", pack.read_bytes())]
    found = bulk.look(store, bulk.sources(given))
    return {each.assessment_id: each.outcome for each in found}


def test_an_imported_pack_comes_as_it_is_too(store, there, pack):
    assert set(looked(store, pack).values()) == {"moved"}
    assert store.summaries() == []
    assert brought(store, pack) == {"bare": "moved", FULL.id: "moved"}

    for name in ("bare", FULL.id):
        same_but_one_line(store, there, name, "pack.zip")
    assert store.kept_file(store.returns_into("bare")[0].digest) == FILE
    same = {"bare": "unchanged", FULL.id: "unchanged"}
    assert looked(store, pack) == brought(store, pack) == same


def test_an_older_pack_is_never_written_over_what_went_on_here(store, pack):
    brought(store, pack)
    store.restore("bare", "Eve")
    store.save("bare", "answer:DP-01", None, 1, "Eve")
    before = store.history("bare")

    assert looked(store, pack)["bare"] == "here"
    assert brought(store, pack, replace=True)["bare"] == "here"
    assert store.history("bare") == before


def test_where_another_history_stands_the_record_is_written_over_it_only_if_asked(store, pack):
    store.create(BARE, framework(), "Eve")
    before = store.history("bare")

    assert looked(store, pack)["bare"] == "would_replace"
    assert brought(store, pack)["bare"] == "would_replace"
    assert store.history("bare") == before
    assert brought(store, pack, replace=True)["bare"] == "replaced"
    assert store.history("bare")[: len(before)] == before


def test_an_old_checkpoint_holds_after_the_move(store, there, pack, tmp_path):
    """A pack of the new store against what was kept from the old one."""
    for each in there.wholes():
        store.take_over(each, "there", "Dee")
    export = EXPORTS["audit-pack"]
    names = [each.id for each in there.summaries()]
    moved = tmp_path / "moved.zip"
    moved.write_bytes(export.write(gather(store, names, export.wants)))
    kept = pack_check.verify.Pack(pack).read("checkpoint.txt").decode()

    report = pack_check.check_pack(moved, kept)

    assert list(report.problems) == []


def test_moving_twice_changes_nothing(store, there):
    """Also where it was changed here since."""
    for each in there.wholes():
        store.take_over(each, "there", "Dee")
    store.restore("bare", "Eve")
    before = store.history("bare")

    assert [store.take_over(each, "there", "Dee") for each in there.wholes()] == ["here"] * 2
    assert store.history("bare") == before


def test_something_else_under_the_same_id_stays(store, there):
    store.create(BARE, framework(), "Eve")
    before = store.history("bare")

    wholes = {each.id: each for each in there.wholes()}
    with pytest.raises(UsageError, match="with another history"):
        store.take_over(wholes["bare"], "there", "Dee")
    assert store.history("bare") == before


def test_an_altered_history_is_refused_whole(store, there):
    whole = next(each for each in there.wholes() if each.id == "bare")
    lines = [dict(each) for each in whole.lines]
    lines[1]["after"] = json.dumps({"id": "p", "title": "Forged"})

    with pytest.raises(InvalidDocument, match="were altered after they were written"):
        store.take_over(replace(whole, lines=lines), "there", "Dee")
    assert store.summaries() == []


@pytest.mark.parametrize("source", ["there.sqlite3", "pack.zip"])
def test_the_command_moves_what_it_can_and_names_the_rest(
    source, url, store, there, pack, tmp_path, monkeypatch
):
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    monkeypatch.setenv("PROCUREMENT_RISK_ACTOR", "Dee")
    store.create(BARE, framework(), "Eve")
    there.close()

    done = CliRunner().invoke(main, ["move", str(tmp_path / source)])

    assert done.exit_code == 1
    assert f"{FULL.id}: moved here, with its history" in done.output
    assert "bare: There is an assessment 'bare' here already" in done.output
    assert store.history(FULL.id)[-1].reason == f"Moved here from {source}"
