"""A backup holds all there is at one moment, on both databases, and comes back as it was."""

import shutil
import sqlite3
import stat
import threading

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.errors import InvalidDocument, StorageError, UsageError
from procurement_risk.storage import Stored, cleaning, keeping, open_store
from procurement_risk.storage.marks import is_whole, mark_of
from tests.support.stored_examples import BARE, FULL, framework

FILE = b"PK what a supplier sent back"
OPTIONS = [{"option": "a"}, {"option": "b"}]


@pytest.fixture
def full(store):
    """A store with two assessments, one of which is archived, and a kept file."""
    store.create(FULL, framework(), "Ada")
    store.create(BARE, framework(), "Bea", "because")
    store.keep_return("bare", "back.xlsx", FILE, "Bea")
    store.archive("bare", "Cyd", "not needed")
    return store


@pytest.fixture
def elsewhere(tmp_path):
    """An empty store of the other place."""
    opened = open_store(f"sqlite:///{tmp_path}/elsewhere/store.sqlite3")
    yield opened
    opened.close()


def as_values(stored):
    return {name: getattr(stored, name) for name in Stored.__dataclass_fields__}


def contents(store):
    """All that a store tells of its assessments."""
    return {
        each.id: (
            {**as_values(store.load(each.id)), "framework": ""},
            store.load(each.id).framework.document,
            store.history(each.id),
            store.parts(each.id),
            store.returns_into(each.id),
            store.verify_history(each.id),
        )
        for each in store.summaries()
    }


def test_a_backup_restored_elsewhere_is_the_same(full, elsewhere, tmp_path):
    """Histories, files, archived flags, who and when; and an old checkpoint still holds."""
    written = full.back_up(tmp_path / "backup.sqlite3")

    elsewhere.fill_from(written.path)

    assert contents(elsewhere) == contents(full)
    assert elsewhere.head(FULL.id) == full.head(FULL.id)
    digest = full.returns_into("bare")[0].digest
    assert elsewhere.kept_file(digest) == FILE
    assert [each.assessment for each in elsewhere.find(FULL.purchase.title)] == [FULL.id]
    assert written.counts["assessment"] == 2
    assert written.faults == ()


def test_a_backup_comes_back_into_the_same_kind_of_database(full, tmp_path, url):
    """Where the one it was taken from is lost."""
    before = contents(full)
    written = full.back_up(tmp_path / "backup.sqlite3")
    for name in before:
        stored = full.load(name)
        full.delete(name, keeping.look(stored), "Ada", "lost")
    with full.writing() as connection, cleaning.opened(connection):
        for table in ("tombstone", "log_head", "outcome", "supplier", "framework_version"):
            connection.exec_driver_sql(f"DELETE FROM {table}")

    full.fill_from(written.path)

    assert contents(full) == before


def test_a_backup_is_one_whole_file_for_its_owner_alone(full, tmp_path):
    written = full.back_up(tmp_path / "backup.sqlite3")

    assert [each.name for each in tmp_path.glob("*backup*")] == ["backup.sqlite3"]
    assert is_whole(mark_of(written.path))
    assert stat.S_IMODE(written.path.stat().st_mode) == 0o600


def test_a_backup_under_load_holds_one_moment(full, elsewhere, tmp_path):
    """Whatever is saved meanwhile: every history holds, and is the beginning of the later one."""
    stop = threading.Event()

    def save():
        revision, number = full.load(FULL.id).revisions.get("answer:DP-01", 0), 0
        while not stop.is_set():
            value = {**OPTIONS[number % 2], "note": str(number)}
            revision = full.save(FULL.id, "answer:DP-01", value, revision, "Bea")
            number += 1

    writer = threading.Thread(target=save)
    writer.start()
    written = [full.back_up(tmp_path / f"{number}.sqlite3") for number in range(3)]
    stop.set()
    writer.join()

    elsewhere.fill_from(written[-1].path)
    assert elsewhere.verify_history(FULL.id) == []
    lines = elsewhere.history(FULL.id)
    assert full.history(FULL.id)[: len(lines)] == lines
    assert all(each.faults == () for each in written)


def test_nothing_is_written_over(full, elsewhere, tmp_path):
    """Neither a file by a backup, nor a database by what is restored."""
    written = full.back_up(tmp_path / "backup.sqlite3")
    elsewhere.create(BARE, framework(), "Dee")
    before = contents(elsewhere)

    with pytest.raises(UsageError, match="Choose another name for the backup"):
        full.back_up(tmp_path / "backup.sqlite3")
    with pytest.raises(UsageError, match="nothing was written over it"):
        elsewhere.fill_from(written.path)
    assert contents(elsewhere) == before


def test_an_altered_backup_is_refused_and_can_be_taken_over_knowingly(full, elsewhere, tmp_path):
    written = full.back_up(tmp_path / "backup.sqlite3")
    with sqlite3.connect(written.path) as connection:
        connection.execute("UPDATE part SET value = '[]' WHERE name = 'upstreams'")
    connection.close()

    with pytest.raises(InvalidDocument, match="upstreams is not what the history leads to"):
        elsewhere.fill_from(written.path)
    assert elsewhere.summaries() == []
    elsewhere.fill_from(written.path, incomplete=True)
    assert len(elsewhere.summaries()) == 2


def test_what_is_no_backup_is_refused(elsewhere, tmp_path):
    (tmp_path / "notes.txt").write_text("Dear diary, " * 1000)

    with pytest.raises(StorageError, match="is not a database file"):
        elsewhere.fill_from(tmp_path / "notes.txt")
    with pytest.raises(UsageError, match=r"There is no file .*gone\.sqlite3"):
        elsewhere.fill_from(tmp_path / "gone.sqlite3")


# --- By command ---------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch, url, full):
    """Runs a command on the database, or on another one."""

    def run(*arguments, database=url):
        monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", database)
        return CliRunner().invoke(main, arguments)

    return run


def test_the_commands_say_what_they_did(run, full, tmp_path):
    there = f"sqlite:///{tmp_path}/there/store.sqlite3"
    backup = str(tmp_path / "backup.sqlite3")

    done = run("backup", backup)
    assert done.exit_code == 0, done.output
    lines = sum(len(full.history(each.id)) for each in full.summaries())
    assert f"2 assessments, {lines} lines of history, 1 kept file. Checked" in done.output

    done = run("restore", backup, database=there)
    assert done.exit_code == 0, done.output
    assert "2 assessments" in done.output
    done = run("restore", backup, database=there)
    assert done.exit_code == 1
    assert "nothing was written over it" in done.output

    done = run("restore", "--replace", backup, database=there)
    assert done.exit_code == 0, done.output
    assert "Put aside: " in done.output
    assert len(list((tmp_path / "there").glob("store-replaced-*Z.sqlite3"))) == 1


def test_a_copy_that_lacks_its_log_is_taken_over_only_when_told(run, elsewhere, tmp_path):
    elsewhere.create(BARE, framework(), "Dee")
    copy = tmp_path / "copy.sqlite3"
    shutil.copyfile(tmp_path / "elsewhere" / "store.sqlite3", copy)
    there = f"sqlite:///{tmp_path}/there/store.sqlite3"

    done = run("restore", str(copy), database=there)
    assert done.exit_code == 1
    assert "restore --incomplete" in done.output
    done = run("restore", "--incomplete", str(copy), database=there)
    assert done.exit_code == 0, done.output
