"""Commands for the questionnaires of a store: whose each is, put in use, retire."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import actor, fail, read, store
from procurement_risk.cli.terminal import say
from procurement_risk.errors import InvalidDocument, NotFound

if TYPE_CHECKING:
    from procurement_risk.framework import Framework


@click.command("frameworks")
@click.option("--delete", "name", default="", help="The SHA-256 of one not known here.")
def frameworks(name: str) -> None:
    """List the questionnaires that assessments here rest on, and say whose each is.

    With --delete, keep one that is not known here no longer, once nothing rests on it.
    """
    from procurement_risk.framework.origin import digest
    from procurement_risk.framework.versions.whose import whose_words

    held = store()
    kept = {digest(each): each for each in held.frameworks()}
    if name:
        held.forget_framework(_named(kept, name))
        say(f"{name}: deleted")
        return
    for number, each in kept.items():
        say(f"{each.id} {each.version}: {whose_words(held.whose(each))}")
        say(f"  SHA-256 {number}")
    if not kept:
        say("No assessment is here.", err=True)


def _named(kept: dict[str, Framework], name: str) -> Framework:
    if name not in kept:
        raise NotFound(f"There is no questionnaire {name} here. Copy its SHA-256 from the list.")
    return kept[name]


REASON = click.option("--reason", default="", help="Why, or who decided it.")


@click.command("put-in-use")
@REASON
@click.option("--as-proposed", is_flag=True, help="Though something is still to be set; say why.")
@click.argument("file", type=click.Path(path_type=Path))
def put_in_use(file: Path, reason: str, as_proposed: bool) -> None:
    """Put the questionnaire FILE in use: a copy in your own folder, kept by its version.

    Assessments there are stay on the version they were answered on. Exit 1 if it has problems.
    """
    held = store()
    try:
        framework = held.put_in_use(read(file), actor(), reason, as_proposed=as_proposed)
    except InvalidDocument as error:
        fail(list(error.problems), str(file))
    say(f"{framework.id} {framework.version}: in use")


@click.command("retire")
@REASON
@click.option("--undo", is_flag=True, help="Bring it back.")
@click.argument("id_", metavar="ID")
def retire(id_: str, reason: str, undo: bool) -> None:
    """Start no new assessment from the questionnaire ID; those there are keep working."""
    if undo:
        store().bring_back(id_, actor(), reason)
        say(f"{id_}: in use again")
        return
    store().retire(id_, actor(), reason)
    say(f"{id_}: retired")


COMMANDS = (frameworks, put_in_use, retire)
