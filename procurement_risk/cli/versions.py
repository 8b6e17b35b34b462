"""The command that moves assessments to another version of their questionnaire."""

from __future__ import annotations

import click

from procurement_risk.cli.shared import actor, store
from procurement_risk.cli.terminal import say


@click.command("move-version")
@click.option("--to", "name", required=True, help="A framework file, or the id of one in use.")
@click.option("--all", "everything", is_flag=True, help="All that stand on another version.")
@click.option("--renamed", is_flag=True, help="Take answers over where a question was renamed.")
@click.option("--reason", default="", help="Why, for the history.")
@click.option("--yes", "sure", is_flag=True, help="Move them; without it, only say what would be.")
@click.argument("ids", nargs=-1)
def move_version(
    name: str, everything: bool, renamed: bool, reason: str, sure: bool, ids: tuple[str, ...]
) -> None:
    """Move the assessments IDS to another version; say what is carried, dropped and asked.

    With --renamed, answers follow questions that probably were only renamed and words whose
    letters have changed, each of which is named. Exit 1 if one was not moved.
    """
    from procurement_risk.framework.files import load_framework
    from procurement_risk.framework.versions import likely
    from procurement_risk.portfolio import moving_many

    if everything == bool(ids):
        raise click.UsageError("Name assessments by their ids, or give --all.")
    held, new = store(), load_framework(name)
    others = [
        each
        for each in held.summaries()
        if each.framework_id == new.id
        and each.framework_version != new.version
        and not each.archived
    ]
    known = {each.id for each in others}
    if wrong := [each for each in ids if each not in known]:
        raise click.UsageError(f"{wrong[0]}: no assessment on another version of {new.id}.")
    for old in held.known_frameworks(new.id):
        if any(each.framework_version == old.version for each in others):
            for line in likely.lines(old, new):
                say(line)
    said = likely.everything if renamed else likely.nothing
    planned = moving_many.plan_many(held, ids or sorted(known), new, said)
    for each in planned:
        counts = (
            f"carried {moving_many.carried(each)} (to look at {moving_many.to_look_at(each)}), "
            f"dropped {len(each.move.dropped)}, newly asked {len(each.move.newly_asked)}"
        )
        result = f"{each.before} -> {each.after}" if each.changes_recommendation else each.before
        old_version = each.stored.framework.version
        say(f"{each.stored.assessment.id}: {old_version} -> {new.version}; {counts}; {result}")
    say(moving_many.overview(planned))
    if not sure:
        say("Nothing was moved. Add --yes to move them.")
        return
    done = moving_many.carry_out(held, planned, new, actor(), reason)
    left = [(each.stored.assessment.id, why) for each, why in done if why]
    for assessment_id, why in left:
        say(f"{assessment_id}: not moved: {why}", err=True)
    say(f"moved: {len(done) - len(left)}")
    if left:
        raise click.exceptions.Exit(1)


COMMANDS = (move_version,)
