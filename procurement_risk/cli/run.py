"""The commands that start the app: ``run`` for one person, ``serve`` for a team."""

from __future__ import annotations

import gc
import os
import runpy
import sys
import threading
import time
from importlib import import_module

import click

from procurement_risk.cli.shared import DATABASE
from procurement_risk.cli.terminal import say
from procurement_risk.framework import shipped
from procurement_risk.portfolio.giving_way import giving_way

A_MOMENT = 0.02  # seconds


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    help="Left out: 8501, or the next one that is free.",
)
@click.option("--database", help=f"Where assessments are kept, written as in {DATABASE}.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def run(port: int | None, database: str | None, no_browser: bool) -> None:
    """Start the app on this computer, and open it in the browser. Ctrl+C stops it."""
    if database:
        os.environ[DATABASE] = database
    say(f"Assessments are kept in {_place(os.environ.get(DATABASE, shipped.DEFAULT_URL))}.")
    sys.argv = ["streamlit", "run", str(shipped.APP)]
    if port is not None:
        sys.argv.append(f"--server.port={port}")
    if no_browser:
        sys.argv.append("--server.headless=true")
    gc.disable()  # until all is imported: nothing of it is garbage
    from procurement_risk.server import spared

    spared.spare()
    threading.Thread(target=_read_first, name="ahead", daemon=True).start()
    runpy.run_module("streamlit", run_name="__main__")


def _place(url: str) -> str:
    """Return where assessments are kept. Raises StorageError if no database can be there."""
    if file := shipped.plain_file(url):
        return str(file)
    from procurement_risk.storage.connection import make_engine, place_of

    return place_of(make_engine(url))


def _read_first() -> None:
    """Read what the first page needs while the browser still loads the rest of it.

    Not before the server is there: it would start later.
    """
    while not _is_served():
        time.sleep(A_MOMENT)
    try:
        with giving_way():
            import_module("procurement_risk.views.frame").read_first()
    finally:
        gc.enable()


def _is_served() -> bool:
    exists = getattr(sys.modules.get("streamlit.runtime"), "exists", None)  # it may be half read
    return exists is not None and bool(exists())


@click.command()
@click.option("--check", is_flag=True, help="Say whether the settings are safe, and stop.")
def serve(check: bool) -> None:
    """Serve the app to a team, behind a proxy that encrypts. docs/operating.md says how.

    Settings come from the environment, or from the file that PROCUREMENT_RISK_SETTINGS names.
    Exit 1, with everything there is to mend, where they are not safe.
    """
    from procurement_risk.server import safe, settings
    from procurement_risk.storage.people.mode import SETTING, is_team

    if not is_team():
        raise click.UsageError(
            f"Set {SETTING}=team first. For one person there is the command run."
        )
    team = settings.read(os.environ)
    safe.check(team)
    if check:
        say("The settings are safe to start with.")
        return
    from procurement_risk.server import asgi

    asgi.serve(team)


COMMANDS = (run, serve)
