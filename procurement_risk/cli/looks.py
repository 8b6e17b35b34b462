"""The commands of a new look: begin one, begin another supplier, confirm what was carried over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from procurement_risk.assessment import today as calendar
from procurement_risk.cli.shared import actor, store
from procurement_risk.cli.terminal import say

if TYPE_CHECKING:
    from procurement_risk.assessment import Assessment
    from procurement_risk.storage import Store

ONTO = click.option(
    "--onto", default="", metavar="ID", help="Answer it on this one, which extends the last one's."
)
NAME = click.argument("assessment_id", metavar="ASSESSMENT")


@click.command("look-again")
@click.option(
    "--because",
    "names",
    multiple=True,
    metavar="TRIGGER",
    help="Open only what this trigger names, such as upstream or price; may be repeated.",
)
@ONTO
@NAME
def look_again(names: tuple[str, ...], onto: str, assessment_id: str) -> None:
    """Begin a new look at ASSESSMENT: its answers are carried over, to be confirmed.

    An answer that nobody has confirmed counts as open. ASSESSMENT stands until the new look is
    decided. With --because, what the trigger does not name is taken over as it stood.
    """
    from procurement_risk.assessment.vocabulary import TRIGGERS
    from procurement_risk.framework.files import list_frameworks
    from procurement_risk.profile.carrying import called_for
    from procurement_risk.storage.looks import begin_look

    known = [name.removeprefix("trigger.") for name in TRIGGERS]
    if wrong := [each for each in names if each not in known]:
        raise click.UsageError(f"There is no trigger {wrong[0]}. Choose of: {', '.join(known)}.")
    held, at = store(), calendar.now()
    last = held.load(assessment_id).assessment
    triggers = called_for(last, [f"trigger.{each}" for each in names], at)
    look = begin_look(held, assessment_id, list_frameworks(), actor(), triggers, onto)
    _say_retired(held, look)
    _say_begun(look, f"a new look at {assessment_id}")


@click.command("another-supplier")
@click.option("--supplier", required=True, help="The name of the other supplier.")
@click.option("--company-number", default="", help="Its company number.")
@ONTO
@NAME
def another_supplier(supplier: str, company_number: str, onto: str, assessment_id: str) -> None:
    """Begin an assessment of another supplier for the purchase of ASSESSMENT.

    What is about the purchase is carried over, to be confirmed; nothing about the supplier is.
    It begins at the gate where suppliers are compared, or earlier where ASSESSMENT is.
    """
    from procurement_risk.assessment import Supplier
    from procurement_risk.framework.files import list_frameworks
    from procurement_risk.profile.gates import another_begins
    from procurement_risk.storage.looks import begin_second

    named = Supplier(name=supplier.strip(), company_number=company_number.strip())
    held = store()
    begun = begin_second(held, assessment_id, list_frameworks(), actor(), named, onto)
    _say_retired(held, begun)
    _say_begun(begun, f"{named.name}, for the purchase of {assessment_id}")
    framework = held.load(begun.id).framework
    if begins := another_begins(framework, begun.answer_set.gate):
        say(begins)


def _say_retired(held: Store, begun: Assessment) -> None:
    """Say that what was begun is answered on a retired questionnaire, and what is in use."""
    from procurement_risk.framework.files import list_frameworks
    from procurement_risk.portfolio.versions_in_use import retired_words
    from procurement_risk.storage.looks import others_in_use

    framework = held.load(begun.id).framework
    if not (retired := retired_words(held.retired_questionnaires(), framework)):
        return
    say(retired, err=True)
    for each in others_in_use(held, framework, list_frameworks()):
        moves = f"move-version --to {each.id} {begun.id} --yes"
        say(f"{each.id} {each.version} is in use. To answer it on that: {moves}", err=True)


def _say_begun(look: Assessment, what: str) -> None:
    say(f"{look.id}: {what}, begun")
    say(f"carried over, not confirmed yet: {len(look.carried)}")
    if look.answer_set.answers:
        say(f"taken over as they stood: {len(look.answer_set.answers)}")


@click.command()
@click.option("--section", default="", help="All of a section that may be confirmed at once.")
@click.option("--since", default="", help="All from this day on that rests on evidence.")
@NAME
@click.argument("questions", nargs=-1)
def confirm(section: str, since: str, assessment_id: str, questions: tuple[str, ...]) -> None:
    """Confirm answers that were carried over into ASSESSMENT: QUESTIONS, a section, or all.

    Exit 1 if one is left as it was; each is named with the reason.
    """
    from procurement_risk.assessment.answers import is_day
    from procurement_risk.profile import confirming
    from procurement_risk.storage.looks import confirm as write

    if sum(map(bool, (section, since, questions))) != 1:
        raise click.UsageError("Name questions, or give --section, or --since.")
    if since and not is_day(since):
        raise click.UsageError("Write --since like 2027-03-31.")
    held = store()
    stored, by = held.load(assessment_id), actor()
    at = calendar.now()
    about = stored.assessment, stored.framework
    if questions:
        found = [confirming.confirm_one(*about, each, by, at) for each in questions]
    elif section:
        found = [confirming.confirm_section(*about, section, by, at)]
    else:
        found = [confirming.confirm_since(*about, since, by, at)]
    for done in found:
        write(held, held.load(assessment_id), done, by)
    confirmed = {name for done in found for name in (*done.answers, *done.mitigations)}
    left = {name: why for done in found for name, why in done.left.items()}
    left |= {
        name: "Nothing waits here." for name in questions if name not in confirmed | left.keys()
    }
    say(f"{assessment_id}: {len(confirmed)} confirmed, {len(left)} left as they were")
    for name, why in left.items():
        say(f"{name}: {why}")
    if left or not confirmed:
        raise click.exceptions.Exit(1)


COMMANDS = (look_again, another_supplier, confirm)
