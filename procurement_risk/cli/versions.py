"""The command that moves assessments to another version of their questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import actor, store
from procurement_risk.cli.terminal import say

if TYPE_CHECKING:
    from procurement_risk.framework import Framework
    from procurement_risk.portfolio.moving_many import Planned
    from procurement_risk.storage import Summary


@click.command("move-version")
@click.option("--to", "name", required=True, help="A framework file, or the id of one in use.")
@click.option("--all", "everything", is_flag=True, help="All that stand on another version.")
@click.option("--from", "base", metavar="ID", help="All on this one: --to extends it, or it --to.")
@click.option("--renamed", is_flag=True, help="Take answers over where a question was renamed.")
@click.option("--reason", default="", help="Why, for the history.")
@click.option("--yes", "sure", is_flag=True, help="Move them; without it, only say what would be.")
@click.argument("ids", nargs=-1)
def move_version(
    name: str,
    everything: bool,
    base: str | None,
    renamed: bool,
    reason: str,
    sure: bool,
    ids: tuple[str, ...],
) -> None:
    """Move the assessments IDS to another version; say what is carried, dropped and asked.

    Between a questionnaire and one that extends it likewise, where --from or IDS name them.
    With --renamed, answers follow questions that probably were only renamed and words whose
    letters have changed, each of which is named. Exit 1 if one was not moved.
    """
    from procurement_risk.framework.files import load_framework
    from procurement_risk.framework.versions import likely
    from procurement_risk.portfolio import moving_many

    if [everything, base is not None, bool(ids)].count(True) != 1:
        raise click.UsageError("Name assessments by their ids, or give --all or --from ID.")
    held, new = store(), load_framework(name)
    others = _chosen(moving_many.movable(held, new), new, base, ids)
    stand = {(each.framework_id, each.framework_version) for each in others}
    for old in held.known_frameworks():
        if (old.id, old.version) in stand:
            for line in likely.lines(old, new):
                say(line)
    said = likely.everything if renamed else likely.nothing
    planned = moving_many.plan_many(held, ids or sorted(each.id for each in others), new, said)
    for each in planned:
        say(_line(each, new))
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


def _chosen(
    found: Mapping[str, Sequence[Summary]], new: Framework, base: str | None, ids: tuple[str, ...]
) -> list[Summary]:
    """Return those that are named; or all on the questionnaire ``base``, or on another version."""
    if not ids:
        return list(found.get(base or new.id, ()))
    chosen = [each for those in found.values() for each in those if each.id in ids]
    named = {each.id for each in chosen}
    if wrong := [each for each in ids if each not in named]:
        raise click.UsageError(
            f"{wrong[0]}: no assessment on another version of {new.id}, nor on one that "
            "extends it or that it extends."
        )
    return chosen


def _line(each: Planned, new: Framework) -> str:
    """Return what moving one would do, on a line."""
    from procurement_risk.portfolio import moving_many

    old = each.stored.framework
    moves = f"{old.version} -> {new.version}"
    if old.id != new.id:
        moves = f"{old.id} {old.version} -> {new.id} {new.version}"
    counts = (
        f"carried {moving_many.carried(each)} (to look at {moving_many.to_look_at(each)}), "
        f"dropped {len(each.move.dropped)}, newly asked {len(each.move.newly_asked)}"
    )
    result = f"{each.before} -> {each.after}" if each.changes_recommendation else each.before
    return f"{each.stored.assessment.id}: {moves}; {counts}; {result}"


COMMANDS = (move_version,)
