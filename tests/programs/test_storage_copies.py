"""A plain copy of the database file is whole, or refused in words; and no copy is destroyed."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from procurement_risk.errors import StorageError
from procurement_risk.storage import open_store
from tests.support.places import ROOT
from tests.support.stored_examples import BARE, framework

# Writes for as long as it lives, and says after each save how many there are.
WRITER = """
import itertools, signal, sys, time
from procurement_risk.storage import open_store
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
store = open_store(sys.argv[1])
revision = store.load("bare").revisions.get("answer:DP-01", 0)
for count in itertools.count():
    option = "ab"[count % 2]
    revision = store.save("bare", "answer:DP-01", {"option": option, "note": str(count)}, revision,
                          "Writer")
    print(revision, flush=True)
    if count == int(sys.argv[2]):
        break
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path):
    """A database with one assessment, which no program has open."""
    path = tmp_path / "here" / "store.sqlite3"
    store = open_store(f"sqlite:///{path}")
    store.create(BARE, framework(), "Ada")
    store.close()
    return path


def writer(path, saves, *, goes_on=False):
    """A program that has saved so many times, and still has the store open, or goes on saving."""
    most = 1_000_000 if goes_on else saves
    program = subprocess.Popen(
        [sys.executable, "-c", WRITER, f"sqlite:///{path}", str(most)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    for _save in range(saves + 1):
        assert program.stdout.readline()
    return program


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(address):
    """Wait until something answers there."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
            return
        time.sleep(0.05)
    raise TimeoutError(address)


def ended(program, how):
    program.send_signal(how)
    try:
        program.wait(10)
    finally:
        program.kill()
        program.stdout.close()


def saves_in(path):
    """How many saves stand in a database, every one of which verifies."""
    store = open_store(f"sqlite:///{path}")
    assert store.verify_history("bare") == []
    revision = store.load("bare").revisions.get("answer:DP-01", 0)
    store.close()
    return revision


def copied(path, tmp_path, *endings):
    """A plain copy of the database file, and of the files of these endings, elsewhere."""
    copy = tmp_path / "elsewhere" / "copy.sqlite3"
    copy.parent.mkdir(parents=True)
    for ending in ("", *endings):
        shutil.copyfile(f"{path}{ending}", f"{copy}{ending}")
    return copy


def test_a_copy_after_an_interrupt_is_whole(path, tmp_path):
    program = writer(path, 3)
    ended(program, signal.SIGINT)

    assert not Path(f"{path}-wal").exists()
    assert saves_in(copied(path, tmp_path)) == 4


# The app's own server, started by a program that has saved something a moment before.
APP = """
import runpy, sys
from procurement_risk.storage import open_store
store = open_store(sys.argv[1])
store.save("bare", "answer:DP-01", {"option": "a"}, 0, "Ada")
sys.argv = ["streamlit", "run", *sys.argv[2:], "--server.headless=true"]
runpy.run_module("streamlit", run_name="__main__")
"""


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_copy_after_the_app_was_stopped_is_whole(path, tmp_path, how):
    """Even if something was saved just before."""
    app = tmp_path / "app.py"
    app.touch()
    port = free_port()
    program = subprocess.Popen(
        [
            sys.executable,
            "-c",
            APP,
            f"sqlite:///{path}",
            str(tmp_path / "app.py"),
            f"--server.port={port}",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    answers(f"http://localhost:{port}/_stcore/health")
    ended(program, how)

    assert saves_in(copied(path, tmp_path)) == 1


def test_a_copy_of_a_killed_programs_file_alone_is_refused(path, tmp_path):
    """It lacks what stood in the log: the words say so, and what to do."""
    ended(writer(path, 3), signal.SIGKILL)
    copy = copied(path, tmp_path)

    with pytest.raises(StorageError, match=r"stood in the file copy\.sqlite3-wal, which is not"):
        open_store(f"sqlite:///{copy}")
    assert saves_in(path) == 4  # what was killed opens, with its log
    assert saves_in(copied(path, tmp_path / "later")) == 4


def test_a_copy_with_its_log_is_whole(path, tmp_path):
    program = writer(path, 3)
    copy = copied(path, tmp_path, "-wal")
    ended(program, signal.SIGKILL)

    assert saves_in(copy) == 4


def test_a_copy_while_writing_is_whole_or_refused(path, tmp_path):
    """A file alone, copied again and again under a program that saves."""
    program = writer(path, 3, goes_on=True)
    found = []
    for number in range(5):
        copy = copied(path, tmp_path / str(number))
        try:
            found.append(saves_in(copy))
        except StorageError as error:
            found.append(str(error))
    ended(program, signal.SIGKILL)

    assert all("a copy that was taken while" in str(each) for each in found)


@pytest.mark.parametrize("moved", [shutil.copyfile, os.replace])
def test_a_backup_over_a_killed_programs_file_is_not_destroyed(path, tmp_path, moved):
    """Copied over the file, or moved there: the log of the other file is set aside, and said."""
    before = copied(path, tmp_path)
    ended(writer(path, 3), signal.SIGKILL)
    moved(before, path)

    store = open_store(f"sqlite:///{path}")
    aside = [each.name for each in path.parent.glob("*set-aside*")]
    store.close()

    assert len(aside) == 1
    assert aside[0] in store.notices[0]
    assert saves_in(path) == 0


@pytest.mark.parametrize("moved", [shutil.copyfile, os.replace])
def test_a_backup_over_a_running_programs_file_is_not_destroyed(path, tmp_path, moved):
    """The next save is refused; and the end of the program changes nothing in the backup."""
    before = copied(path, tmp_path)
    bytes_before = before.read_bytes()
    program = subprocess.Popen(
        [sys.executable, "-c", OVERTAKEN, f"sqlite:///{path}"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout.readline() == "1\n"
    moved(before, path)
    said, _nothing = program.communicate("go on\n", timeout=10)

    assert "was replaced while the toolkit was running. Nothing was saved." in said
    assert path.read_bytes() == bytes_before
    assert saves_in(path) == 0


OVERTAKEN = """
import sys
from procurement_risk.errors import StorageError
from procurement_risk.storage import open_store
store = open_store(sys.argv[1])
print(store.save("bare", "answer:DP-01", {"option": "a"}, 0, "Writer"), flush=True)
sys.stdin.readline()
try:
    print(store.save("bare", "answer:DP-01", {"option": "b"}, 1, "Writer"))
except StorageError as error:
    print(error)
store.close()
"""
