"""Counts the assertions that held, to compare two states of the tests. Off unless asked for.

    COUNT_ASSERTIONS=1 PYTHONPYCACHEPREFIX=$(mktemp -d) \
        .venv/bin/python -m pytest -o enable_assertion_pass_hook=true

Two numbers are told. How often an assertion held varies a little from run to run, as Hypothesis
draws other examples. How many different assertions held in how many different tests does not.
The folder for bytecode has to be new: what was compiled without counting does not count.
"""

import sys

import pytest

from tests.support.places import TESTS

_held = {"times": 0, "lines": set()}
_of_workers = []
_AROUND = (__name__, "pluggy.", "_pytest.")  # what stands between an assertion and its count


def pytest_assertion_pass(item, orig):
    """Count one of ours, not of Hypothesis; it is known by its text, as lines move."""
    frame = sys._getframe()
    while frame.f_globals["__name__"].startswith(_AROUND):
        frame = frame.f_back
    if not frame.f_code.co_filename.startswith(str(TESTS)):
        return
    _held["times"] += 1
    module, _, test = item.nodeid.partition("::")
    name = module.rpartition("/")[2]  # whatever folder it stands in
    _held["lines"].add(f"{name}::{test}: {' '.join(orig.split())}")


def pytest_sessionfinish(session):
    """Hand the numbers of a worker to the process that started it."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["assertions"] = [_held["times"], sorted(_held["lines"])]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take them from there; a worker that was killed has none."""
    _of_workers.append(getattr(node, "workeroutput", {}).get("assertions", [0, []]))


def pytest_terminal_summary(terminalreporter):
    """Tell the sum."""
    times = _held["times"] + sum(each for each, _ in _of_workers)
    lines = _held["lines"].union(*(each for _, each in _of_workers))
    terminalreporter.write_line(f"Assertions that held: {times:,} ({len(lines):,} different)")
