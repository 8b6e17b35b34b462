"""Files of evidence go along: into a backup and back, to another store, and out of a person."""

import io
import shutil
import zipfile

import pytest

from procurement_risk.assessment import Supplier
from procurement_risk.assessment.evidence import digest_in
from procurement_risk.cli.backup import wholes
from procurement_risk.cli.verifying_store import verify_database
from procurement_risk.errors import StorageError, UsageError
from procurement_risk.exports import EXPORTS, access_request
from procurement_risk.exports.export import saying
from procurement_risk.exports.gather import gather
from procurement_risk.imports.moved import wholes_of
from procurement_risk.profile.carrying import look_again, second_supplier
from procurement_risk.storage import backup, open_store, packed_backup
from procurement_risk.storage.backup import put_aside
from procurement_risk.storage.evidence.contents import folder_of
from procurement_risk.storage.mentions import person
from procurement_risk.storage.places import seen
from tests.support.stored_examples import BARE, framework

PDF = b"%PDF-1.7 certificate"
NAME = "Zoltana Quibbleworth"


@pytest.fixture
def held(tmp_path):
    """A store with an assessment that a file shows."""
    opened = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    opened.create(BARE, framework(), "Ada")
    yield opened
    opened.close()


@pytest.fixture
def other(tmp_path):
    """An empty store of another place."""
    opened = open_store(f"sqlite:///{tmp_path}/other/store.sqlite3")
    yield opened
    opened.close()


def add(store, name="a.pdf", **about):
    return store.add_evidence("bare", name, PDF, "Bea", about=about, questions=["DP-01"])


def test_a_backup_in_one_file_is_taken_as_it_is(held, other, tmp_path):
    """By restore, move and verify; one that holds something else, or is damaged, is refused."""
    digest, path = add(held), tmp_path / "all.zip"
    held.back_up(tmp_path / "backup.sqlite3")
    with path.open("wb") as file:
        packed_backup.pack(tmp_path / "backup.sqlite3", file)
    with wholes(path, incomplete=False) as found:
        assert [dict(each.evidence) for each in found] == [{digest: PDF}]
    assert verify_database(path) == 0
    other.fill_from(path)
    assert other.evidence_content("bare", digest) == PDF
    whole = path.read_bytes()
    path.write_bytes(whole.replace(PDF, PDF[::-1]))
    with pytest.raises(StorageError, match="is damaged"):
        other.fill_from(path)
    for name in ("../up", "backup.sqlite3-evidence/../../up", "backup.sqlite3-wal"):
        path.write_bytes(whole)
        with zipfile.ZipFile(path, "a") as packed:
            packed.writestr(name, "x")
        with pytest.raises(UsageError, match="not a backup as it was downloaded"):
            other.fill_from(path)


def within_one_another(path):
    """A ZIP of stored files, each of which holds all that come after it."""
    names = [f"backup.sqlite3-evidence/{n:064x}" for n in range(50)]
    inner, infos = b"x" * 1_000, []
    for name in reversed(names):
        with zipfile.ZipFile(made := io.BytesIO(), "w") as one:
            one.writestr(zipfile.ZipInfo(name), inner)
            infos.append(one.getinfo(name))
        inner = made.getvalue()[: infos[-1].header_offset + 30 + len(name) + len(inner)]
    for number, info in enumerate(reversed(infos)):
        info.header_offset = number * (30 + len(names[0]))
    with zipfile.ZipFile(path, "w") as whole:
        whole.fp.write(inner)
        whole.start_dir = whole.fp.tell()
        whole.filelist, whole._didModify = list(reversed(infos)), True


def test_a_backup_whose_files_lie_in_one_another_is_not_unpacked(tmp_path):
    """A few kilobytes could fill the disk."""
    path, folder = tmp_path / "all.zip", tmp_path / "there"
    within_one_another(path)
    with zipfile.ZipFile(path) as packed:
        for info in packed.infolist():
            if hasattr(info, "_end_offset"):  # by which a later Python sees it for itself
                info._end_offset = None
        assert packed.testzip() is None
        assert sum(info.file_size for info in packed.infolist()) > 10 * path.stat().st_size
    folder.mkdir()
    with pytest.raises(UsageError, match="not a backup as it was downloaded"):
        packed_backup.unpack(path, folder)
    assert sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) == 0


def test_a_backup_takes_those_that_it_names(held, tmp_path, monkeypatch):
    """One that was removed while it was written is named as gone; one added then is not taken."""
    gone, write = add(held), backup.write

    def written(engine, path):
        made = write(engine, path)
        held.remove_evidence("bare", gone, "Bea")
        held.add_evidence("bare", "late.txt", b"Later.", "Bea")
        return made

    monkeypatch.setattr(backup, "write", written)
    made = held.back_up(tmp_path / "one.sqlite3")
    assert (made.files, [each.where for each in made.faults]) == (0, ["evidence"])
    assert gone[:16] in made.faults[0].message
    assert list(folder_of(tmp_path / "one.sqlite3").glob("*")) == []


def test_a_backup_holds_them_and_gives_them_back(held, other, tmp_path):
    """Even where the backup was moved with its folder; one that is gone is named."""
    digest = add(held)
    written = held.back_up(tmp_path / "one.sqlite3")
    assert (written.files, written.faults) == (1, ())
    shutil.move(tmp_path / "one.sqlite3", tmp_path / "two.sqlite3")
    shutil.move(folder_of(tmp_path / "one.sqlite3"), folder_of(tmp_path / "two.sqlite3"))
    other.fill_from(tmp_path / "two.sqlite3")
    assert other.evidence_content("bare", digest) == PDF
    (folder_of(tmp_path / "store.sqlite3") / digest).unlink()
    faults = held.back_up(tmp_path / "three.sqlite3").faults
    assert "is not where evidence is kept" in faults[0].message


def test_what_is_put_aside_takes_its_folder_along(tmp_path, held):
    """Nothing of one database is left for another one."""
    add(held)
    held.close()
    moved = put_aside(f"sqlite:///{tmp_path}/store.sqlite3")
    assert [each for each in moved if each.name.endswith("-evidence") and any(each.iterdir())]
    assert not folder_of(tmp_path / "store.sqlite3").exists()


def test_they_move_to_another_store_from_a_database_and_from_a_pack(held, other, tmp_path):
    """With the assessment that they show."""
    digest = add(held)
    [whole] = held.wholes()
    assert other.take_over(whole, "the first", "Cyd") == "moved"
    assert other.evidence_content("bare", digest) == PDF
    assert other.verify_history("bare") == []
    export = EXPORTS["audit-pack"]
    exported = saying(gather(held, ["bare"], export.wants), export, {"with-evidence": "yes"})
    pack = tmp_path / "pack.zip"
    pack.write_bytes(export.write(list(exported)))
    third = open_store(f"sqlite:///{tmp_path}/third/store.sqlite3")
    [packed] = wholes_of(pack)
    assert third.take_over(packed, "a pack", "Cyd") == "moved"
    assert third.evidence_content("bare", digest) == PDF
    third.close()


def test_a_person_is_struck_out_of_the_names_of_files(held, tmp_path):
    """Of the name, the source and who added it; the file is found by its digest as before."""
    digest = add(held, f"CV of {NAME}.pdf", source=f"Sent by {NAME}")
    mention = person([NAME])
    found = held.places(mention)
    unread = held.evidence_uses({each.assessment_id for each in found})
    packed = zipfile.ZipFile(io.BytesIO(access_request.write([NAME], found, {}, unread, "today")))
    assert f"bare  {digest}  CV of {NAME}.pdf" in packed.read("README.txt").decode()
    assert {each.part for each in found} == {f"file:{digest}"}
    held.erase(mention, seen(found), "Dee", "Request of 12 May")
    assert held.places(mention) == []
    file = held.load("bare").assessment.files[digest]
    assert NAME not in file.name + file.source
    assert held.evidence_content("bare", digest) == PDF
    assert held.verify_history("bare") == []
    held.close()
    on_disk = [each.read_bytes() for each in tmp_path.glob("store*") if each.is_file()]
    assert on_disk
    assert not any(NAME.encode() in each for each in on_disk)


def test_a_new_look_has_them_and_another_supplier_has_not(held):
    """What shows something about one supplier is not on file for its rival."""
    digest = add(held)
    last = held.load("bare").assessment
    about = {"id": "next", "day": "2026-12-01"}
    again = look_again(last, framework(), framework(), **about)
    assert set(again.files) == {digest}
    rival = Supplier(name="Rival")
    second = second_supplier(last, framework(), framework(), **about, supplier=rival)
    assert set(second.files) == {
        digest_in(name) for each in second.carried.values() for name in each.answer.files
    }
