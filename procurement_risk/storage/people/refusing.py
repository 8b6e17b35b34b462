"""The sentences that say what somebody may not do, and who may."""

from __future__ import annotations

from procurement_risk.language import _
from procurement_risk.storage.people.permissions import PERMISSIONS, ROLES, Action
from procurement_risk.storage.people.person import Person, role_words


def refusal(person: Person, action: Action) -> str:
    """Return that somebody may do that nowhere here."""
    if not person.roles:
        return _(
            "Nobody has given you a role here yet. Ask an administrator for one, and tell them "
            "the name that you signed in with: {name}."
        ).format(name=person.name)
    message = _("You may not {action}. That is for: {roles}. Your roles: {mine}.")
    return message.format(
        action=_(PERMISSIONS[action].words),
        roles=_roles(action),
        mine=", ".join(dict.fromkeys(map(role_words, person.roles))),
    )


def refusal_in(person: Person, action: Action, organisation: str, name: str) -> str:
    """Return that somebody may not do that in an organisation, which is called ``name``."""
    message = _("You may not {action}. In {name} that is for: {roles}. Your roles there: {mine}.")
    return message.format(
        action=_(PERMISSIONS[action].words),
        name=name,
        roles=_roles(action),
        mine=", ".join(person.roles_in(organisation)) or _("none"),
    )


def _roles(action: Action) -> str:
    return ", ".join(_(ROLES[role]) for role in PERMISSIONS[action].roles)
