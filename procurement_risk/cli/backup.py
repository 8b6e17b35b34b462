"""The commands for a whole store: ``backup``, ``restore`` and ``move``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import actor, fail, store, store_url
from procurement_risk.cli.terminal import number_of, say
from procurement_risk.errors import ProcurementRiskError

if TYPE_CHECKING:
    from procurement_risk.storage import Taken, Whole


@click.command("backup")
@click.argument("to", type=click.Path(path_type=Path))
def back_up(to: Path) -> None:
    """Write all that the database holds to the new file TO, and check it.

    It holds every assessment with its history, the files that suppliers sent back, what was set
    aside and what was deleted when. Files of evidence are written to the folder TO-evidence.
    People may go on working meanwhile. Exit 1 if something in the database was altered from
    outside: the backup holds that as it is.
    """
    written = store().back_up(to)
    say(f"{to}: {told(written.counts)}. Checked after writing.")
    if written.files:
        files = number_of(written.files, "file of evidence", "files of evidence")
        say(f"{to}-evidence: {files}. Keep the two together.")
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
    not hold. Exit 1 if a file of evidence is not in the folder FROM-evidence: all the rest was
    taken over. Stop the app before you use --replace.
    """
    from procurement_risk.storage.backup import put_aside, unpacked

    url = store_url()
    with unpacked(source, incomplete=incomplete) as copy:
        if replace:
            for name in put_aside(url):
                say(f"Put aside: {name}")
        held = store()
        filled = held.fill_from(copy, incomplete=incomplete)
        say(f"{held.place}: {told(filled.counts)}. Every history holds.")
        if filled.gone:
            fail(list(filled.gone), f"{source}-evidence")


def told(counts: Mapping[str, int]) -> str:
    """Return what a backup holds, in words."""
    return ", ".join(
        (
            number_of(counts["assessment"], "assessment", "assessments"),
            number_of(counts["history"], "line of history", "lines of history"),
            number_of(counts["kept_file"], "kept file", "kept files"),
        )
    )


@click.command()
@click.option("--incomplete", is_flag=True, help="From a copy that lacks something.")
@click.argument("source", metavar="FROM", type=click.Path(path_type=Path))
def move(incomplete: bool, source: Path) -> None:
    """Take over the assessments of FROM: a database file, a backup, or an audit pack.

    Histories, files that suppliers sent back, what was set aside, who and when come along as they
    are, with one line more that says it was moved. FROM stays as it is. Exit 1 if one of them is
    refused, such as where another assessment has its id; the others are taken over.
    """
    held, refused = store(), 0
    with wholes(source, incomplete=incomplete) as found:
        for whole in found:
            try:
                taken = held.take_over(whole, source.name, actor())
            except ProcurementRiskError as error:
                refused += 1
                say(f"{whole.id}: {error}", err=True)
                continue
            say(f"{whole.id}: {TITLES[taken]}")
            if taken == "moved":
                _say_left(whole)
    if refused:
        raise click.exceptions.Exit(1)


def _say_left(whole: Whole) -> None:
    """Say what did not come along with an assessment."""
    if gone := len(whole.evidence_named - whole.evidence.keys()):
        say(f"{whole.id}: files of evidence that were not there: {gone:,}. Add them.", err=True)
    if whole.waiting:
        say(
            f"{whole.id}: what its supplier answered by a link waits to be taken in where it came "
            "from, and stays there. Take it in there, and move this afterwards.",
            err=True,
        )


@contextmanager
def wholes(source: Path, *, incomplete: bool) -> Iterator[Iterator[Whole]]:
    """Give the assessments of a database file or an audit pack, one after the other."""
    from procurement_risk.storage import open_store, packed_backup
    from procurement_risk.storage.backup import unpacked

    is_zip = source.suffix.lower() == ".zip" and not packed_backup.is_packed(source)
    if source.is_dir() or is_zip:
        from procurement_risk.imports.moved import wholes_of

        yield wholes_of(source)
        return
    with unpacked(source, incomplete=incomplete) as copy:
        other = open_store(f"sqlite:///{copy}")
        try:
            for problem in other.verify_logs():
                say(problem.located(str(source)), err=True)
            yield other.wholes()
        finally:
            other.close()


TITLES: dict[Taken, str] = {
    "moved": "moved here, with its history",
    "here": "here already, with the same history",
}

COMMANDS = (back_up, restore, move)
