"""Starts the app from a process that has imported everything already.

An app started afresh spends most of a browser test's processor time on its imports. Here one
process does them once, and every app is a fork of it: a process of its own, which can be killed.
How users start the app is tried in ``test_smoke``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from types import ModuleType

from procurement_risk.views.frame import PAGES

PRELOADED = (
    "streamlit.web.cli",
    "streamlit.web.bootstrap",
    "streamlit.runtime.scriptrunner",
    "pandas",
    "plotly.graph_objects",
    "scipy.optimize",
    "procurement_risk.views.frame",
    "procurement_risk.storage.migrate",
)


def context() -> ForkServerContext:
    """Return what starts processes; the first one does the imports, of every page too."""
    found = get_context("forkserver")
    found.set_forkserver_preload([*PRELOADED, *(page.module for page in PAGES)])
    return found


def start(arguments: list[str], environment: dict[str, str], log: Path) -> ForkServerProcess:
    """Return a process that runs ``streamlit`` with these arguments, as a terminal would."""
    process = context().Process(target=_run, args=(arguments, environment, log), daemon=True)
    with _no_main():
        process.start()
    return process


@contextmanager
def _no_main() -> Iterator[None]:
    """Hide the main module, which every process would import: here it may be a page under test."""
    kept = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = kept


def _run(arguments: list[str], environment: dict[str, str], log: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(output, stream)
    sys.argv = ["streamlit", *arguments]
    from streamlit.web.cli import main

    main()
