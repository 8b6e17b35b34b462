"""The command ``frameworks``: every questionnaire that is kept here, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import store
from procurement_risk.cli.terminal import say
from procurement_risk.errors import NotFound

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


COMMANDS = (frameworks,)
