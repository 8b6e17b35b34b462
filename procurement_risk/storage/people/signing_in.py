"""Somebody signs in: what the sign-in says of them, and who they are here.

SignedIn, from a provider's claims or a trusted header ── sign_in ──> Person
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from procurement_risk.assessment import today as calendar
from procurement_risk.assessment.colleagues import folded
from procurement_risk.errors import NotAllowed, UsageError
from procurement_risk.language import _
from procurement_risk.storage import tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.people import accounts
from procurement_risk.storage.people.person import How, Person
from procurement_risk.storage.rows import Row

LONGEST = 200


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a sign-in says, checked by whoever gives it.

    Attributes:
        issuer: Who says so: the provider, or the proxy.
        subject: Whom it knows them as; with the issuer, this is who they are.
        name: What they are called.
        email: Where they are reached, or empty.
        claims_roles: What it says of them, to which an administrator may give roles.
    """

    issuer: str
    subject: str
    name: str
    email: str = ""
    claims_roles: tuple[str, ...] = ()


def sign_in(database: Database, said: SignedIn, how: How = "oidc") -> Person:
    """Return who signed in, written down with the time and what was said of them.

    Nobody is known by name or e-mail. Who has the name of somebody else is called by the e-mail
    as well, so that no two persons stand in the history under one name.

    Raises:
        UsageError: If the sign-in does not say who it is.
        NotAllowed: If an administrator has switched them off.
    """
    if not said.issuer.strip() or not said.subject.strip():
        raise UsageError(_("The sign-in does not say who you are. Sign in once more."))
    now = calendar.now()
    claims = sorted({each.strip() for each in said.claims_roles if each.strip()})
    with database.writing() as connection:
        row = _row(connection, said)
        person_id = str(row.id) if row else uuid4().hex
        values = {
            "name": _name(connection, said, person_id),
            "email": _fit(said.email),
            "claims": json.dumps(claims),
            "last_at": now,
        }
        if row is None:
            own = {"id": person_id, "issuer": said.issuer, "subject": said.subject}
            made = {**own, **values, "first_at": now, "active": True}
            connection.execute(tables.person.insert(), made)
        else:
            refuse_inactive(row)
            this = tables.person.c.id == person_id
            connection.execute(tables.person.update().where(this).values(values))
        return _person(connection, person_id, how)


def person_of(database: Database, person_id: str, how: How = "oidc") -> Person:
    """Return somebody who signed in before, with the roles that they hold now.

    Raises:
        NotFound: If there is no such person.
        NotAllowed: If an administrator has switched them off.
    """
    with database.reading() as connection:
        return _person(connection, person_id, how)


def refuse_inactive(row: Row) -> None:
    """Raise NotAllowed where an administrator has switched the person in ``row`` off."""
    if not row.active:
        raise NotAllowed(
            _("Your account is switched off here. Ask an administrator to switch it on again.")
        )


def _person(connection: sa.Connection, person_id: str, how: How) -> Person:
    row = accounts.row_of(connection, person_id)
    refuse_inactive(row)
    roles = accounts.roles_of(connection, person_id, json.loads(row.claims))
    return Person(id=row.id, name=row.name, email=row.email, roles=roles, how=how)


def _row(connection: sa.Connection, said: SignedIn) -> Row | None:
    table = tables.person
    this = sa.and_(table.c.issuer == said.issuer, table.c.subject == said.subject)
    return connection.execute(sa.select(table).where(this).with_for_update()).first()


def _name(connection: sa.Connection, said: SignedIn, person_id: str) -> str:
    table = tables.person
    query = sa.select(table.c.name).where(table.c.id != person_id)
    taken: Collection[str] = {folded(row.name) for row in connection.execute(query)}
    name = next((each for each in map(_fit, _names(said)) if folded(each)), person_id[:8])
    if folded(name) not in taken:
        return name
    longer = f"{name} ({_fit(said.email) or _fit(said.subject)})"[:LONGEST]
    return longer if folded(longer) not in taken else f"{name} ({person_id[:8]})"


def _names(said: SignedIn) -> tuple[str, ...]:
    return said.name, said.email, said.subject


def _fit(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST]
