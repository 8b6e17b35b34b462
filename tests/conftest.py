"""What tests of every kind start from: the fixtures stand in ``tests/support``."""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

MEMORY = Path("/dev/shm")
ROOM = 2_000_000_000  # bytes; a whole run takes a small part of it


def _keep_temporary_files_in_memory() -> None:
    """Thousands of small databases would each wait for a disk, where there is room for them here.

    Other programs that tests start are told by the environment. Whoever has set a folder keeps it.
    """
    there = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    if there and "TMPDIR" not in os.environ:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


_keep_temporary_files_in_memory()  # before anybody has asked where they go

# A busy machine is no fault of what is tested.
settings.register_profile(
    "patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")

pytest.register_assert_rewrite("tests.support")  # a failing assertion there says what it saw

pytest_plugins = [
    "tests.support.databases",
    "tests.support.fixtures",
    "tests.support.forked_workers",
]
if "COUNT_ASSERTIONS" in os.environ:
    pytest_plugins.append("tests.support.assertion_count")


def pytest_collection_finish() -> None:
    """Spare the garbage collector thousands of tests, which are there to the end.

    It also looks less often than it would: here are many small things that last a test.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: a test in a browser waits half of its time."""
    return (os.cpu_count() or 1) + 1
