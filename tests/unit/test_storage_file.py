"""An SQLite file while it is open: whose it is, whether it is still there, when it is whole."""

import errno
import os
import sqlite3
import stat
import subprocess
import threading
import time

import pytest

from procurement_risk.errors import StorageError
from procurement_risk.storage import (
    connection as connections,
    database_file,
    marks,
    open_store,
    plain_errors,
)
from procurement_risk.storage.marks import is_whole, mark_of, wal_bytes
from tests.support.stored_examples import BARE, framework

OPTION_A, OPTION_B = {"option": "a"}, {"option": "b"}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite3"


@pytest.fixture
def kept(path):
    """An open store with one assessment."""
    store = open_store(f"sqlite:///{path}")
    store.create(BARE, framework(), "Ada")
    yield store
    store.close()


def test_a_deleted_file_is_noticed_at_the_next_write(kept, path):
    """Nothing is said to be saved, and nothing is made in its place."""
    path.unlink()

    for _attempt in range(2):
        with pytest.raises(StorageError, match=r"store\.sqlite3 is gone\. Nothing was saved"):
            kept.save("bare", "answer:DP-01", OPTION_A, 0, "Ada")
    assert not path.exists()


def test_another_file_in_its_place_is_noticed_at_the_next_write(kept, path, tmp_path):
    """Even an empty portfolio that is a store of its own."""
    open_store(f"sqlite:///{tmp_path}/other.sqlite3").close()
    (tmp_path / "other.sqlite3").replace(path)

    with pytest.raises(StorageError, match=r"was replaced while the toolkit was running\. Noth"):
        kept.save("bare", "answer:DP-01", OPTION_A, 0, "Ada")


def test_no_store_is_made_where_one_was(kept, path):
    """Not at the next start either: whoever wants a new one says so."""
    kept.close()
    path.unlink()

    with pytest.raises(StorageError, match=r"was here and is gone\. Nothing was made"):
        open_store(f"sqlite:///{path}")
    assert not path.exists()
    (path.parent / "store.sqlite3-note").unlink()
    open_store(f"sqlite:///{path}").close()


def test_two_programs_may_save_in_turn(kept, path):
    """Each says in the file what it did, and takes the other's file for the same."""
    other = open_store(f"sqlite:///{path}")

    assert kept.save("bare", "answer:DP-01", OPTION_A, 0, "Ada") == 1
    assert other.save("bare", "answer:DP-01", OPTION_B, 1, "Bea") == 2
    other.close()
    assert kept.save("bare", "answer:DP-01", OPTION_A, 2, "Ada") == 3


def test_the_file_says_whether_it_is_whole(kept, path, monkeypatch):
    """In use after a write; whole a moment after the last one."""
    assert not is_whole(mark_of(path))
    monkeypatch.setattr(database_file, "IDLE_SECONDS", 0.05)
    other = open_store(f"sqlite:///{path}")
    other.save("bare", "answer:DP-01", OPTION_A, 0, "Ada")

    until = time.monotonic() + 5
    while (wal_bytes(path) or not is_whole(mark_of(path))) and time.monotonic() < until:
        time.sleep(0.02)
    assert is_whole(mark_of(path))
    assert wal_bytes(path) == 0
    other.close()


def _killed_while_the_log_was_taken_in(path, aside):
    """Put the files beside, as a kill leaves them after the log's first page was taken in.

    Another program copies them: to open them here would give up SQLite's locks on them.
    """
    aside.mkdir()
    for each in path.parent.glob("store.sqlite3*"):
        subprocess.run(["cp", each, aside], check=True)
    log, copy = (aside / "store.sqlite3-wal").read_bytes(), aside / path.name
    size = int.from_bytes(log[8:12], "big")
    frames = [log[at : at + 24 + size] for at in range(32, len(log), 24 + size)]
    first = [each[24:] for each in frames if int.from_bytes(each[:4], "big") == 1][-1]
    with copy.open("r+b") as file:
        file.write(first)
    assert int.from_bytes(first[28:32], "big") * size > copy.stat().st_size
    return copy


@pytest.mark.skipif(os.name != "posix", reason="there is no cp")
def test_a_kill_while_the_log_is_taken_in_loses_nothing_and_locks_nobody_out(kept, path, tmp_path):
    """The file is shorter by then than it says that it is; with its log it is whole."""
    revision = 0
    for number in range(30):
        value = {"option": "a", "note": f"{number} " * 1000}
        revision = kept.save("bare", "answer:DP-01", value, revision, "Ada")
    copy = _killed_while_the_log_was_taken_in(path, tmp_path / "killed")

    store = open_store(f"sqlite:///{copy}")
    assert store.parts("bare")["answer:DP-01"].revision == 30
    assert store.verify_history("bare") == []
    store.close()
    assert is_whole(mark_of(copy))


@pytest.mark.skipif(os.name != "posix", reason="there is no cp")
def test_a_file_that_is_shorter_than_it_says_and_has_no_log_is_damaged(kept, path):
    kept.close()
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)

    with pytest.raises(StorageError, match=r"store\.sqlite3 is damaged"):
        open_store(f"sqlite:///{path}").load("bare")


def test_a_long_log_is_taken_in_while_writing(kept, path, monkeypatch):
    """It does not grow for as long as somebody writes."""
    monkeypatch.setattr(kept._file, "_too_long", 100_000)
    monkeypatch.setattr(database_file, "LONG_LOG", 100_000)
    revision = 0
    for number in range(12):
        note = f"{number % 10}" * 4000
        value = {"option": "a", "note": note}
        revision = kept.save("bare", "answer:DP-01", value, revision, "Ada")

    assert wal_bytes(path) < 300_000
    assert kept.verify_history("bare") == []


def test_a_file_whose_log_was_taken_in_by_the_last_write_opens_again(kept, path, monkeypatch):
    """Its log is empty at the stop, and it still said that it was in use."""
    monkeypatch.setattr(kept._file, "_too_long", 1)
    kept.save("bare", "answer:DP-01", OPTION_A, 0, "Ada")
    assert wal_bytes(path) == 0
    assert not is_whole(mark_of(path))
    kept.close()

    assert is_whole(mark_of(path))
    open_store(f"sqlite:///{path}").close()


@pytest.mark.skipif(os.name != "posix", reason="Windows has rights of another kind")
def test_the_files_are_for_their_owner_alone(kept, path):
    files = [path, *path.parent.glob("store.sqlite3-*")]

    assert len(files) == 4
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert kept.notices == ()


@pytest.mark.skipif(os.name != "posix", reason="Windows has rights of another kind")
def test_rights_that_were_too_wide_are_mended_and_said(kept, path):
    kept.close()
    path.chmod(0o644)

    again = open_store(f"sqlite:///{path}")
    again.close()

    assert again.notices == (
        f"Others could read the database {path}. From now on its owner alone can.",
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_each_of_several_writers_is_told_of_a_foreign_lock_in_time(kept, path, monkeypatch):
    """Those who wait in the queue do not wait once more for the lock."""
    kept.save("bare", "answer:DP-01", OPTION_A, 0, "Ada")
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.4)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waited = []

    def write():
        start = time.monotonic()
        with pytest.raises(StorageError, match="is in use by another program"):
            kept.save("bare", "answer:DP-01", OPTION_B, 1, "Ada")
        waited.append(time.monotonic() - start)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.execute("ROLLBACK")
    other.close()

    assert len(waited) == 4
    assert max(waited) < 0.4 + 0.6


def test_a_full_disk_is_said_as_that_at_the_start(path, monkeypatch):
    """Whatever SQLite makes of it, or the files beside it."""
    monkeypatch.setattr(plain_errors, "LEAST_ROOM", 10**18)
    with (
        pytest.raises(StorageError, match="is full"),
        plain_errors.plain_errors(str(path)),
    ):
        raise sqlite3.OperationalError("unable to open database file")
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with (
        pytest.raises(StorageError, match="is full"),
        plain_errors.plain_errors(str(path)),
    ):
        raise full


def test_an_error_names_neither_user_nor_server():
    """Only which database it is."""
    pytest.importorskip("psycopg")
    with pytest.raises(StorageError) as caught:
        open_store("postgresql+psycopg://somebody:hunter2@127.0.0.1:1/records")

    assert "'records' on PostgreSQL cannot be reached" in str(caught.value)
    assert not any(each in str(caught.value) for each in ("somebody", "127.0.0.1", "hunter2"))


def test_a_file_that_looks_damaged_for_a_moment_is_looked_at_again(path, monkeypatch):
    """So it looks to who reads without a lock while a log is taken in; a damaged one stays so."""
    open_store(f"sqlite:///{path}").close()
    torn, read = [2], marks._read_mark

    def reading(file):
        if torn[0]:
            torn[0] -= 1
            raise sqlite3.DatabaseError("database disk image is malformed")
        return read(file)

    monkeypatch.setattr(marks, "_read_mark", reading)
    monkeypatch.setattr(marks, "_BETWEEN", 0)
    assert marks.mark_of(path) == read(path)
    torn[0] = 100
    with pytest.raises(sqlite3.DatabaseError):
        marks.mark_of(path)
