"""The commands that show what is kept, in the words of the pages: ``list`` and ``show``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from procurement_risk.cli.shared import exported, store
from procurement_risk.cli.terminal import say, say_json

if TYPE_CHECKING:
    from procurement_risk.exports.export import Wanted

WANTED: frozenset[Wanted] = frozenset({"words", "earlier", "portfolio"})


@click.command("list")
@click.option("--archived", is_flag=True, help="Those set aside as well.")
@click.option("--search", default="", help="Only those with these words in them.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")
def list_(archived: bool, search: str, as_json: bool) -> None:
    """List the assessments in the store, the one changed last first."""
    from procurement_risk.assessment.today import today
    from procurement_risk.assessment.words import workflow_state
    from procurement_risk.portfolio.finding import matching
    from procurement_risk.portfolio.look_marks import WORDS
    from procurement_risk.portfolio.worklist import rows

    held = store()
    summaries = [each for each in held.summaries() if archived or not each.archived]
    aside = {each.id for each in summaries if each.archived}
    revisions = {each.id: each.revision for each in summaries}
    found = matching(held, rows(held, summaries, today()), search)
    for row in found:
        if as_json:
            more = {"progress": row.progress, "revision": revisions[row.id]}
            say_json(asdict(row) | more | {"archived": row.id in aside})
            continue
        state = workflow_state(row.state) + (", set aside" if row.id in aside else "")
        state += f", {WORDS[row.look]}" if row.look else ""
        say(f"{row.id}")
        title = f"Fictional: {row.title}" if row.fictional else row.title
        say(f"  {title} · {row.buyer} · {row.supplier}")
        say(f"  {row.recommendation} · {row.tier} · answered {row.progress} · {state}")
        if row.waiting:
            say(f"  waiting for: {row.waiting}")
    if not found and not as_json:
        say("No assessment is here.", err=True)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write the record, as one JSON object.")
@click.argument("record")
def show(as_json: bool, record: str) -> None:
    """Show one assessment (a record file, or an id in the store): what the leadership page says.

    Nothing is shortened and nothing is withheld.
    """
    from procurement_risk.canonical import read_json
    from procurement_risk.cli.page_text import lines_of
    from procurement_risk.exports.sealed import matter
    from procurement_risk.report.page import EVERYTHING

    made = matter(exported(record, WANTED))
    if as_json:
        say_json(read_json(made.record))
        return
    for line in lines_of(made.page(EVERYTHING)):
        say(line)


COMMANDS = (list_, show)
