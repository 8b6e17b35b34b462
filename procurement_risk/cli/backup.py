"""The commands that take a whole store out and bring it back: ``backup`` and ``restore``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import click

from procurement_risk.cli.shared import DATABASE, fail, store
from procurement_risk.cli.terminal import say


@click.command("backup")
@click.argument("to", type=click.Path(path_type=Path))
def back_up(to: Path) -> None:
    """Write all that the database holds to the new file TO, and check it.

    It holds every assessment with its history, the files that suppliers sent back, what was set
    aside and what was deleted when. People may go on working meanwhile. Exit 1 if something in
    the database was altered from outside: the backup holds that as it is.
    """
    written = store().back_up(to)
    say(f"{to}: {told(written.counts)}. Checked after writing.")
    if written.faults:
        fail(list(written.faults), str(to))


@click.command()
@click.option("--replace", is_flag=True, help="Put what is there aside, under another name.")
@click.option("--incomplete", is_flag=True, help="Take over a copy that lacks something.")
@click.argument("source", metavar="FROM", type=click.Path(path_type=Path))
def restore(replace: bool, incomplete: bool, source: Path) -> None:
    """Take over all that the backup FROM holds, into an empty database.

    The database is the one that PROCUREMENT_RISK_DATABASE names: name another one to restore
    beside what is there. Every history is verified first, and nothing is taken over if one does
    not hold. Stop the app before you use --replace.
    """
    from procurement_risk.storage import DEFAULT_URL
    from procurement_risk.storage.backup import put_aside, unpacked

    url = os.environ.get(DATABASE, DEFAULT_URL)
    with unpacked(source, incomplete=incomplete) as copy:
        if replace:
            for name in put_aside(url):
                say(f"Put aside: {name}")
        held = store()
        counts = held.fill_from(copy, incomplete=incomplete)
        say(f"{held.place}: {told(counts)}. Every history holds.")


def told(counts: Mapping[str, int]) -> str:
    """Return what a backup holds, in words."""
    return (
        f"{counts['assessment']:,} assessments, {counts['history']:,} lines of history, "
        f"{counts['kept_file']:,} kept files"
    )


COMMANDS = (back_up, restore)
