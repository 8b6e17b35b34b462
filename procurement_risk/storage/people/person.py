"""A person at work, and what that person may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from procurement_risk.language import _
from procurement_risk.storage.people.permissions import PERMISSIONS, ROLES, SECTIONED, Action, Role

ALL = "*"
"""What stands for every organisation where a role is given."""

How = Literal["personal", "oidc", "header", "token", "command"]


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds.

    Attributes:
        role: Which.
        organisation: The id of the organisation, or ``ALL``.
        sections: Of a specialist the ids of the sections.
    """

    role: Role
    organisation: str
    sections: tuple[str, ...] = ()

    def covers(self, action: Action, organisation: str, section: str) -> bool:
        """Whether it lets somebody do that there."""
        asked = PERMISSIONS[action]
        if self.role not in asked.roles:
            return False
        if asked.scope == "anywhere" or self.organisation == ALL:
            is_there = True
        else:
            is_there = asked.scope != "everywhere" and self.organisation == organisation
        by_section = asked.scope == "section" and self.role in SECTIONED
        return is_there and (not by_section or section in self.sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody at work, as this moment knows them.

    Attributes:
        id: Empty of somebody who works alone on this computer.
        name: What stands in the history beside what they change.
        email: Where they are reached, or empty.
        roles: The roles that they hold.
        how: How it is known who they are.
    """

    name: str
    id: str = ""
    email: str = ""
    roles: tuple[Held, ...] = ()
    how: How = "personal"

    @classmethod
    def personal(cls, name: str) -> Person:
        """Return whoever works alone on this computer, who may do everything."""
        return cls(name=name)

    @property
    def is_personal(self) -> bool:
        """Whether this is somebody who works alone, from whom nothing is kept."""
        return self.how == "personal"

    def may(self, action: Action, organisation: str = "", section: str = "") -> bool:
        """Whether they may do that in an organisation, and there in a section."""
        return self.is_personal or any(
            held.covers(action, organisation, section) for held in self.roles
        )

    def may_somewhere(self, action: Action) -> bool:
        """Whether they may do that in any organisation, or in any section there."""
        everywhere = PERMISSIONS[action].scope == "everywhere"
        return self.is_personal or any(
            _lets(held.role, action) and (held.organisation == ALL or not everywhere)
            for held in self.roles
        )

    def organisations(self, action: Action) -> frozenset[str] | None:
        """Return the organisations in which they may do that; None where it is in all."""
        found = {held.organisation for held in self.roles if _lets(held.role, action)}
        return None if self.is_personal or ALL in found else frozenset(found)

    def roles_in(self, organisation: str) -> Iterator[str]:
        """Yield what their roles in an organisation are called."""
        for held in self.roles:
            if held.organisation in (ALL, organisation):
                yield role_words(held)


def role_words(held: Held) -> str:
    """Return what a role is called, with its sections."""
    name = _(ROLES[held.role])
    return f"{name} ({', '.join(held.sections)})" if held.sections else name


def _lets(role: Role, action: Action) -> bool:
    return role in PERMISSIONS[action].roles
