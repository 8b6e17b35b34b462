"""The commands about a person or a passage: where it stands, all of it in a file, out with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.keeping import SEEN, _safe, _say_unclean
from procurement_risk.cli.shared import actor, store, write
from procurement_risk.cli.terminal import number_of, say

if TYPE_CHECKING:
    from procurement_risk.storage import Erased, Place, Store
    from procurement_risk.storage.evidence.uses import Use

NAMES = click.argument("names", nargs=-1, required=True)
SHOWN = 70


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="All of it, as a ZIP.")
@NAMES
def person(output: Path | None, names: tuple[str, ...]) -> None:
    """Show every place where a person stands, by any of the spellings NAMES.

    With -o it answers an access request: every text in full, and the files, in one ZIP.
    """
    from procurement_risk.assessment.today import today
    from procurement_risk.exports import access_request
    from procurement_risk.storage import mentions

    held = store()
    places = held.places(mentions.person(names))
    _show(places)
    unread = _say_unread(held, places)
    if output is not None:
        files = {
            each.key["digest"]: held.kept_file(each.key["digest"])
            for each in places
            if each.is_file
        }
        data = access_request.write(names, places, files, unread, today())
        write(output, data)
        say(f"{output}: {len(data):,} bytes. Look at it before it is given out.")


@click.command()
@click.option("--ground", required=True, help="Why, without the name.")
@click.option("--instead", default="", help="What stands there then; else a new pseudonym.")
@SEEN
@NAMES
def erase(ground: str, instead: str, seen: str, names: tuple[str, ...]) -> None:
    """Strike a person out of every place, by any of the spellings NAMES.

    Without --seen nothing is struck: it shows where, and the code to give.
    """
    from procurement_risk.storage import mentions, places

    held, mention = store(), mentions.person(names)
    found = held.places(mention)
    if not seen:
        _show(found)
        _say_unread(held, found)
        say(f"Nothing was struck out. To go on, give --seen {places.seen(found)}")
        return
    _done(held.erase(mention, seen, actor(), ground, instead))
    _say_unread(held, found)  # as they are called now


@click.command()
@click.option("--part", default="", help="Only there, such as answer:DP-02.")
@click.option("--ground", required=True, help="Why, without the passage.")
@click.option("--instead", default="[struck out]", show_default=True, help="What stands there.")
@SEEN
@click.argument("assessment_id", metavar="ID")
@click.argument("passage")
def redact(
    part: str, ground: str, instead: str, seen: str, assessment_id: str, passage: str
) -> None:
    """Strike PASSAGE out of the assessment ID and its history. Kept files stay as they came.

    Without --seen nothing is struck: it shows where, and the code to give.
    """
    from procurement_risk.storage import mentions, places

    held, mention = store(), mentions.passage(passage)
    held.peek(assessment_id)
    found = held.places(mention, assessment_id, part)
    if not seen:
        _show(found, files_go=False)
        say(f"Nothing was struck out. To go on, give --seen {places.seen(found)}")
        return
    _done(
        held.redact(
            mention,
            seen,
            actor(),
            ground,
            instead=instead,
            assessment_id=assessment_id,
            part=part,
        )
    )


def _show(places: Sequence[Place], *, files_go: bool = True) -> None:
    from procurement_risk.storage.place_words import what_happens, where

    for each in places:
        text = _safe(each.text)
        shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
        told = what_happens(each, files_go=files_go)
        say(f"{_safe(each.assessment_id) or '-'}  {_safe(where(each))}  [{told}]  {shown}")
    say(number_of(len(places), "place", "places"))


def _say_unread(held: Store, places: Sequence[Place]) -> Sequence[Use]:
    """Name the files of evidence of the assessments concerned, and count the others.

    What is left of a deleted assessment may hold the name; its files are gone.
    """
    concerned = {each.assessment_id for each in places}
    every = held.evidence_uses({each.id for each in held.summaries()})
    unread = [each for each in every if each.assessment_id in concerned]
    for each in unread:
        say(f"{_safe(each.assessment_id)}  {each.digest}  {_safe(each.file.name)}")
    if unread:
        files = number_of(len(unread), "file of evidence", "files of evidence")
        say(f"{files}: nothing looks through such, so look there.")
    if others := len(every) - len(unread):
        files = number_of(others, "file of evidence", "files of evidence")
        say(f"{files} of other assessments: nothing looked through those.")
    return unread


def _done(done: Erased) -> None:
    places = number_of(done.struck, "place", "places")
    say(f"Struck out of {places}; there stands now: {done.instead}")
    if done.left:
        say("It has to stay here:", err=True)
        _show(done.left, files_go=False)
    say("Not looked through: backups, files exported earlier, logs of the server, other copies.")
    _say_unclean(done.clean)


COMMANDS = (person, erase, redact)
