"""What the commands say before something is published, and the log of what was: ``released``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import actor, fail_if_altered, read, store
from procurement_risk.cli.terminal import say, say_json

if TYPE_CHECKING:
    from procurement_risk.exports import Export, Exported


def say_what_to_look_at(export: Export, found: Iterable[Exported]) -> None:
    """Name on standard error what a published file shows that somebody has to look at."""
    if not export.is_published:
        return
    from procurement_risk.exports.published.look_first import look_first, sentences

    for each in found:
        for sentence in sentences(look_first(each)):
            say(f"look before you publish: {each.assessment.id}: {sentence}", err=True)


def say_where_to_look(export: Export) -> None:
    """Say on standard error how to learn what published files of the whole store show."""
    if export.is_published:
        words = "look before you publish: export one by its id to see what its file shows"
        say(words, err=True)


@click.command()
@click.option("--to", "recipient", default="", help="Note that FILE was given to this person.")
@click.option("--why", default="", help="On what request or duty.")
@click.option("--file", type=click.Path(path_type=Path), help="The file as it was given out.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
@click.argument("assessment_id", metavar="[ID]", default="")
def released(
    recipient: str, why: str, file: Path | None, as_json: bool, assessment_id: str
) -> None:
    """Show what was given out of the assessment ID, or of all; with --to, note one more.

    A line is added and never changed. Of FILE only name, size and SHA-256 are kept. Exit 1 if a
    line was altered or deleted in the database.
    """
    held = store()
    if recipient or why or file:
        if not (recipient and why and file and assessment_id):
            raise click.UsageError("Name ID, --to, --why and --file to note what was given out.")
        from procurement_risk.exports.published.released import note

        line = note(held, assessment_id, recipient, why, (file.name, read(file)), actor())
        say(f"noted as number {line.seq}: {line.file}, SHA-256 {line.digest}")
        return
    lines = held.releases(assessment_id)
    for each in lines:
        if as_json:
            say_json(asdict(each))
            continue
        say(f"{each.seq}  {each.at}  {each.about}: {each.file}, {each.size:,} bytes")
        say(f"   to {each.recipient}, by {each.by}: {each.why}")
        say(f"   SHA-256 {each.digest}; {len(each.withheld)} fields withheld that day")
    if not lines and not as_json:
        say("Nothing is noted as given out.", err=True)
    fail_if_altered(held)


COMMANDS = (released,)
