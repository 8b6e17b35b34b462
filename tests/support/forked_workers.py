"""Starts the processes that share the tests from one that has imported all of them.

Each would spend ten seconds on imports. Here the process that shares the tests out forks itself
once before it starts them; that fork finds every test, and is forked again for each of them. They
are processes of their own, as before, and may crash.

Only on Linux: elsewhere a process that has imported much does not stand being forked.
"""

import gc
import os
import select
import shlex
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from pathlib import Path
from types import ModuleType

import pytest

# What is started for each in place of Python: hands its files on, and lasts as long as the fork.
ASKING = """
import os, socket, sys
asking = socket.socket(socket.AF_UNIX)
asking.connect(sys.argv[1])
socket.send_fds(asking, [b"."], [0, 1, 2])
os.close(0), os.close(1)
asking.recv(1)
"""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: list) -> None:
    """Have each process forked that would be started on this machine."""
    if sys.platform != "linux" or not all(spec.popen and not spec.python for spec in specs):
        return
    folder = Path(tempfile.mkdtemp())
    asking = folder / "asking.py"
    asking.write_text(ASKING, "utf-8")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(folder / "asked"))
    listening.listen()
    over, going_on = os.pipe()  # what is read from ``over`` ends when this process does
    imported = os.fork()
    if not imported:
        os.close(going_on)
        _alone(lambda: _import_and_fork(config, listening, over))
    os.close(over)
    listening.close()
    config.add_cleanup(lambda: _end(going_on, imported, folder))
    for spec in specs:
        spec.python = shlex.join([sys.executable, "-IS", str(asking), str(folder / "asked")])


def _end(going_on: int, imported: int, folder: Path) -> None:
    os.close(going_on)
    os.waitpid(imported, 0)
    shutil.rmtree(folder)


def _alone(run) -> None:
    """Run in a fork, which does nothing of what its parent would do at its end."""
    try:
        run()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


def _import_and_fork(config: pytest.Config, listening: socket.socket, over: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the forks end by it, and then this too
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (1, 2, *_kept_by(config)):
        os.dup2(nowhere, number)
    if pytest.main([*config.invocation_params.args, "-n0", "--collect-only", "-qq"]):
        # A module that fails stays half imported: each fork begins anew, and tells what is wrong.
        for name in [name for name in sys.modules if name.startswith("tests.")]:
            del sys.modules[name]
    gc.collect()
    gc.freeze()
    forks = []
    while over not in select.select([over, listening], [], [])[0]:
        asked, _ = listening.accept()
        fork = os.fork()
        if not fork:
            listening.close()
            _alone(lambda asked=asked: _serve(asked))
        asked.close()
        forks.append(fork)
    for fork in forks:
        os.waitpid(fork, 0)


def _kept_by(config: pytest.Config) -> list[int]:
    """Return the files in which the parent keeps what is written, to tell it at its end."""
    kept = config.pluginmanager.getplugin("capturemanager")._global_capturing
    files = [getattr(each, "tmpfile", None) for each in (kept.out, kept.err)] if kept else []
    return [file.fileno() for file in files if file]


def _serve(asked: socket.socket) -> None:
    """Be what Python would be, started by xdist with a program that comes from its input."""
    _, files, _, _ = socket.recv_fds(asked, 1, 3)
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["-c"]
    sys.modules["__main__"] = main = ModuleType("__main__")
    program = eval(sys.stdin.readline())
    _with_room(lambda: exec(program, main.__dict__))


def _with_room(run) -> None:
    """Run with room for the frames of all that is called, in one piece of memory.

    Python maps them 16 KB at a time, and takes a piece away as soon as no frame is in it. Where a
    call that is made again and again happens to begin a piece, each is a piece mapped, filled and
    taken away: it cost the laws of scoring a third more. A frame of very many variables has a
    piece for itself and for all above it.
    """
    names = "=".join(f"v{number}" for number in range(34_000))
    scope: dict = {}
    exec(f"def roomy(run):\n    run()\n    if 0:\n        {names} = 0\n", scope)
    scope["roomy"](run)
