"""What is asked before people, tokens, webhooks and settings are looked at or changed."""

from __future__ import annotations

from typing import Any

from procurement_risk.errors import NotFound
from procurement_risk.language import _
from procurement_risk.storage.notifications import webhooks
from procurement_risk.storage.people import accounts, left, settings, tokens
from procurement_risk.storage.people.asked import Given
from procurement_risk.storage.people.permissions import PERMISSIONS, ROLES, Role
from procurement_risk.storage.people.person import ALL, Person
from procurement_risk.storage.people.view import View


def managing(view: View, given: Given) -> None:
    """Let whoever gives roles in any organisation."""
    if view.person.organisations("manage_people") == frozenset():
        raise view.refusal("manage_people", ALL)


def own_sessions(view: View, given: Given) -> None:
    """Let whoever ends their own sessions, or administers everything."""
    if given["person_id"] != view.person.id:
        view.demand("administer", ALL)


def own_notices(view: View, given: Given) -> None:
    """Tell of what the person wants to be told, whomever is asked for."""
    given["person_id"] = view.person.id


def sending_out(view: View, given: Given) -> None:
    """Let whoever has other systems told in any organisation."""
    if view.person.organisations("send_out") == frozenset():
        raise view.refusal("send_out", ALL)


def webhook(view: View, given: Given) -> None:
    """Let whoever has other systems told in the organisation of a webhook."""
    sending_out(view, given)
    held = {each.id: each.organisation_id for each in webhooks.webhooks(view.database)}
    where = held.get(given["webhook_id"], "")
    if not where or not view.person.may("send_out", where):
        raise webhooks.none_such()


def giving(view: View, given: Given) -> None:
    """Let whoever gives roles there; a role that counts everywhere, who administers all."""
    view.demand("manage_people", given["organisation_id"])
    if given["role"] not in may_give(view.person):
        view.demand("administer", ALL)


def may_give(person: Person) -> tuple[Role, ...]:
    """Return the roles that somebody who gives roles may give, in the order of ``ROLES``."""
    if person.may("administer", ALL):
        return tuple(ROLES)
    return tuple(role for role in ROLES if role not in PERMISSIONS["keep_questionnaires"].roles)


def grant(view: View, given: Given) -> None:
    """Let whoever gives roles in the organisation of a grant."""
    managing(view, given)
    held = {each.id: each.held for each in accounts.role_grants(view.database)}
    _in_organisation(view, held.get(given["grant_id"]))


def token(view: View, given: Given) -> None:
    """Let whoever makes tokens in the organisation of a token."""
    managing(view, given)
    held = {each.id: each.held for each in tokens.tokens(view.database)}
    _in_organisation(view, held.get(given["token_id"]))


def _in_organisation(view: View, held: Any) -> None:  # noqa: ANN401
    managed = view.person.organisations("manage_people")
    if held is None or (managed is not None and held.organisation not in managed):
        raise NotFound(_("There is none of that id here. Look at the list once more."))


def drafts(view: View, given: Given) -> None:
    """Give no drafts to whoever does not write any."""
    if not view.person.may("keep_questionnaires"):
        raise left.Instead([])


def told(view: View, given: Given) -> None:
    """Tell the settings that are for everybody; of others as of what nobody has set."""
    if given["name"] not in settings.FOR_ALL and not view.person.may("administer", ALL):
        raise left.Instead("")
