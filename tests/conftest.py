"""What tests of every kind start from: the fixtures stand in ``tests/support``."""

import gc
import os

import pytest

pytest.register_assert_rewrite("tests.support")  # a failing assertion there says what it saw

pytest_plugins = ["tests.support.databases", "tests.support.fixtures"]
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
