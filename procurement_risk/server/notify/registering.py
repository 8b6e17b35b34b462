"""Registering a webhook, for the page and the interface: checked, and its secret given once."""

from __future__ import annotations

import os
from collections.abc import Iterable

from procurement_risk.errors import UsageError
from procurement_risk.language import _
from procurement_risk.portfolio.notices import KINDS
from procurement_risk.server import modes, settings
from procurement_risk.server.notify import hooks, outside
from procurement_risk.server.settings import Team
from procurement_risk.storage import Store


def is_set() -> bool:
    """Whether this server has a key for webhooks."""
    return bool(_team().webhook_key)


def register(
    store: Store, name: str, address: str, organisation_id: str, kinds: Iterable[str], actor: str
) -> tuple[str, str]:
    """Register a webhook, and return its id and its secret, which nobody is told again.

    Raises:
        UsageError: If webhooks are not set up, or something of it will not do.
        NotAllowed: If the person may not in that organisation.
    """
    team, wanted = _team(), list(kinds)
    if not team.webhook_key:
        raise UsageError(
            _("Webhooks are not set up here: PROCUREMENT_RISK_WEBHOOK_KEY has to be set.")
        )
    if unknown := [each for each in wanted if each not in KINDS]:
        message = _("There is no kind {kind}. Kinds are: {known}.")
        raise UsageError(message.format(kind=repr(unknown[0]), known=", ".join(KINDS)))
    try:
        outside.refuse(address.strip(), private=team.webhook_private == "yes")
    except outside.NotAllowedThere as error:
        raise UsageError(
            _("Write a public address that begins with https://, without a user or a #.")
        ) from error
    made = store.add_webhook(name, address, organisation_id, wanted, actor)
    return made, hooks.secret_of(team.webhook_key, made)


def _team() -> Team:
    """Return the settings of the server that runs: the key that signs, not a later one."""
    running = modes.served()
    return settings.read(os.environ) if running is None else running.team
