"""The command that tells people and other systems what waits, as a team's server does."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from procurement_risk.cli.terminal import say


@click.command()
def notify() -> None:
    """Look once what waits, and send mail and webhooks as a team's server does by itself.

    Settings are those of serve. Exit 1 where a message failed, or where it is unclear whether one
    arrived.
    """
    from procurement_risk.server import safe, settings
    from procurement_risk.server.notify import looking, sending, working
    from procurement_risk.storage import open_store
    from procurement_risk.storage.people.mode import SETTING, is_team

    if not is_team():
        raise click.UsageError(f"Set {SETTING}=team first. One person alone sees it on My work.")
    team = settings.read(os.environ)
    safe.check(team)
    if not working.is_set(team):
        raise click.UsageError("Set PROCUREMENT_RISK_SMTP_HOST, or PROCUREMENT_RISK_WEBHOOK_KEY.")
    held = open_store(team.database)
    try:
        made = looking.look(held, team, datetime.now(UTC))
        done = sending.send(held, team)
    finally:
        held.close()
    say(f"{made} new, {done['sent']} sent, {done['again']} to be tried again")
    if bad := done["failed"] + done["unclear"]:
        say(f"{bad} failed or unclear: see Messages on the page Administration.", err=True)
        raise click.exceptions.Exit(1)


COMMANDS = (notify,)
