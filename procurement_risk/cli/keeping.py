"""The commands that set aside, hold, delete and dispose: what is kept, and for how long."""

from __future__ import annotations

import click

from procurement_risk.cli.shared import actor, fail_if_altered, store
from procurement_risk.cli.terminal import say, say_json

REASON = click.option("--reason", default="", help="Why; it stands in the history.")
NEEDED = click.option("--reason", required=True, help="Why; it stands in what is left.")
SEEN = click.option("--seen", default="", help="The code that the first look showed.")
IDS = click.argument("ids", nargs=-1, required=True)


@click.command("set-aside")
@REASON
@IDS
def set_aside(reason: str, ids: tuple[str, ...]) -> None:
    """Set the assessments IDS aside: out of every list, kept whole, not to be changed."""
    held = store()
    for each in ids:
        held.archive(each, actor(), reason)
        say(f"{each}: set aside")


@click.command("bring-back")
@REASON
@IDS
def bring_back(reason: str, ids: tuple[str, ...]) -> None:
    """Bring the assessments IDS back that were set aside."""
    held = store()
    for each in ids:
        held.restore(each, actor(), reason)
        say(f"{each}: brought back")


@click.command()
@click.option("--lift", is_flag=True, help="Lift the hold instead.")
@NEEDED
@IDS
def hold(lift: bool, reason: str, ids: tuple[str, ...]) -> None:
    """Put the assessments IDS under a legal hold: nothing of them can be deleted or struck out."""
    held = store()
    for each in ids:
        (held.lift_hold if lift else held.hold)(each, actor(), reason)
        say(f"{each}: {'hold lifted' if lift else 'under a legal hold'}")


@click.command()
@NEEDED
@SEEN
@click.argument("assessment_id", metavar="ID")
def delete(reason: str, seen: str, assessment_id: str) -> None:
    """Delete the assessment ID with its history and files; a tombstone without content is left.

    Without --seen nothing is deleted: it shows what would be, and the code to give.
    """
    held = store()
    if not seen:
        _look(assessment_id, "delete")
        return
    _gone(assessment_id, held.delete(assessment_id, seen, actor(), reason))


@click.command()
@NEEDED
@SEEN
@click.argument("assessment_id", metavar="ID")
def dispose(reason: str, seen: str, assessment_id: str) -> None:
    """Delete the assessment ID, which has to be due by the retention rules. As delete does."""
    from procurement_risk.assessment.retention import read_rules
    from procurement_risk.assessment.today import today

    held = store()
    if not seen:
        _look(assessment_id, "dispose")
        return
    clean = held.dispose(assessment_id, seen, actor(), reason, read_rules(), today())
    _gone(assessment_id, clean)


def _look(assessment_id: str, command: str) -> None:
    from procurement_risk.assessment.retention import due, read_rules, words
    from procurement_risk.storage.keeping import look

    stored = store().load(assessment_id)
    about = stored.assessment
    names = store().supplier_names(about.id).get(about.id, ())
    found = due(about, stored.changed_at, read_rules(), names)
    say(f"{about.id}: {about.purchase.title}, {about.supplier.name}")
    say(f"answers: {len(about.answer_set.answers)}, changes: {stored.revision}")
    say(f"retention: {words(found)}; due: {found.day or 'not known'}")
    if stored.hold is not None:
        say(f"under a legal hold by {stored.hold.by}: {stored.hold.reason}")
        raise click.exceptions.Exit(1)
    say(f"Nothing was deleted. To go on: {command} {about.id} --seen {look(stored)} …")


def _gone(assessment_id: str, clean: bool) -> None:
    say(f"{assessment_id}: deleted; a tombstone is left")
    _say_unclean(clean)


def _say_unclean(clean: bool) -> None:
    if not clean:
        say(
            "The database is in use, so what was taken out may still stand in free pages of its "
            "file. Run clean when nobody uses it.",
            err=True,
        )


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also what is not due.")
@click.option("--deleted", is_flag=True, help="What was deleted or disposed of instead.")
@click.option("--day", default="", help="As of which day; today where it is left out.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def retention(everything: bool, deleted: bool, day: str, as_json: bool) -> None:
    """List what may be disposed of by the retention rules, what is held, and what went.

    With --deleted it ends with 1 if what is noted there was altered or deleted in the database.
    """
    from procurement_risk.assessment.answers import is_day
    from procurement_risk.assessment.today import today

    day = day or today()
    if not is_day(day):
        raise click.UsageError("Write --day like 2027-03-31.")
    for line in _tombstones() if deleted else _dues(day, everything):
        if as_json:
            say_json(line)
        else:
            say("  ".join(_safe(str(cell)) for cell in line.values()))
    if deleted:
        fail_if_altered(store())


def _safe(text: str) -> str:
    from procurement_risk.language.text import one_line

    return one_line(text)


def _dues(day: str, everything: bool) -> list[dict[str, object]]:
    from procurement_risk.assessment.retention import read_rules, words
    from procurement_risk.portfolio.left_out import left_out
    from procurement_risk.storage.due_list import due_list

    lines, damaged = due_list(store(), read_rules(), day)
    if damaged:
        say(left_out(damaged), err=True)
    return [
        {
            "id": line.stored.assessment.id,
            "due": line.due.day or "-",
            "state": line.standing,
            "rule": words(line.due),
            "hold": line.stored.hold.reason if line.stored.hold else "",
        }
        for line in lines
        if everything or line.standing != "kept"
    ]


def _tombstones() -> list[dict[str, object]]:
    return [
        {
            "id": each.assessment_id,
            "at": each.at,
            "by": each.by,
            "reason": each.reason,
            "rule": each.rule,
            "record": each.record_digest,
            "head": each.head,
            "entries": each.entries,
        }
        for each in store().tombstones()
    ]


@click.command()
def clean() -> None:
    """Write the database anew, so that nothing that was taken out stands in its file."""
    if not store().clean():
        say("The database is in use. Try again when nobody uses it.", err=True)
        raise click.exceptions.Exit(1)
    say("The database was written anew.")


COMMANDS = (set_aside, bring_back, hold, delete, dispose, retention, clean)
