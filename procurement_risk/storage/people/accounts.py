"""Who signed in here, and the roles that they, or all whom a claim names, were given."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from procurement_risk.assessment import today as calendar
from procurement_risk.assessment.answers import is_day
from procurement_risk.errors import NotFound, UsageError
from procurement_risk.language import _
from procurement_risk.storage import checked, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.people import organisations
from procurement_risk.storage.people.permissions import ROLES, SECTIONED, Role
from procurement_risk.storage.people.person import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role that was given.

    Attributes:
        id: Its id.
        person_id: To whom; empty where it is given to all with ``claim``.
        claim: What the sign-in says of those to whom it is given; empty of one person's.
        held: The role, the organisation, the sections.
        until: The last day on which it counts, or empty.
        by: Who gave it.
        at: When.
    """

    id: str
    person_id: str
    claim: str
    held: Held
    until: str
    by: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who signed in at least once.

    Attributes:
        claims: What the sign-in said of them last, to which roles may be given.
        active: Whether they may sign in.
        grants: The roles that count now: their own, and those of their claims.
    """

    id: str
    name: str
    email: str
    claims: tuple[str, ...]
    first_at: str
    last_at: str
    active: bool
    grants: tuple[Grant, ...]


def people(database: Database) -> list[Account]:
    """Return everybody who ever signed in, by name."""
    with database.reading() as connection:
        given = _standing(connection)
        found = connection.execute(sa.select(tables.person)).all()
    made = [_account(row, given) for row in found]
    return sorted(made, key=lambda each: (each.name.casefold(), each.id))


def role_grants(database: Database) -> list[Grant]:
    """Return every role that counts now, to persons and to claims."""
    with database.reading() as connection:
        return _standing(connection)


def grant_role(
    database: Database,
    person_id: str,
    role: Role,
    organisation_id: str,
    actor: str,
    *,
    sections: Iterable[str] = (),
    until: str = "",
    claim: str = "",
) -> str:
    """Give a role, and return the grant's id.

    Args:
        database: Which.
        person_id: To whom; empty to give it to all with a claim.
        role: Which.
        organisation_id: Where, or ``person.ALL``.
        actor: Who gives it.
        sections: Of a specialist the ids of the sections.
        until: The last day on which it counts, or empty.
        claim: What the sign-in says of those to whom it is given.

    Raises:
        NotFound: If there is no such person or organisation.
        UsageError: If there is no such role, a specialist is given no section, or ``until`` is
            no day.
    """
    pen = checked.pen("", actor, "")
    wanted = check_role(role, sections, until)
    if bool(person_id) == bool(claim.strip()):
        raise UsageError(_("Give the role to one person, or to all with one claim."))
    given = {
        "id": uuid4().hex,
        "person_id": person_id or None,
        "claim": claim.strip(),
        "role": role,
        "organisation_id": organisation_id,
        "sections": json.dumps(wanted),
        "until": until,
        "by": pen.by,
        "at": pen.at,
        "ended_by": "",
        "ended_at": "",
    }
    with database.writing() as connection:
        organisations.name_of(connection, organisation_id)
        if person_id:
            row_of(connection, person_id)
        connection.execute(tables.role_grant.insert(), given)
    return str(given["id"])


def withdraw_role(database: Database, grant_id: str, actor: str) -> None:
    """Take a role back from now on; that it was given stays. Raises NotFound where it is not."""
    pen = checked.pen("", actor, "")
    table = tables.role_grant
    this = sa.and_(table.c.id == grant_id, table.c.ended_at == "")
    with database.writing() as connection:
        done = connection.execute(
            table.update().where(this).values(ended_by=pen.by, ended_at=pen.at)
        )
        if not done.rowcount:
            raise NotFound(_("This role is no longer given. Look at the list once more."))


def switch_person(database: Database, person_id: str, actor: str, *, active: bool) -> None:
    """Let somebody sign in, or no longer. Raises NotFound where there is no such person."""
    checked.pen("", actor, "")
    table = tables.person
    with database.writing() as connection:
        row_of(connection, person_id)
        connection.execute(table.update().where(table.c.id == person_id).values(active=active))


def check_role(role: str, sections: Iterable[str], until: str) -> list[str]:
    """Return the sections of a role that is to be given. Raises UsageError where it cannot be."""
    wanted = [each.strip() for each in sections if each.strip()]
    if role not in ROLES:
        message = _("There is no role of that name. The roles are: {names}.")
        raise UsageError(message.format(names=", ".join(ROLES)))
    if role in SECTIONED and not wanted:
        raise UsageError(_("Name the sections that a specialist answers, such as DP."))
    if until and not is_day(until):
        message = _("The last day is not a date. Write it like {example}.")
        raise UsageError(message.format(example="2027-03-31"))
    return wanted if role in SECTIONED else []


def roles_of(
    connection: sa.Connection, person_id: str, claims: Collection[str]
) -> tuple[Held, ...]:
    """Return the roles that somebody holds today: their own, and those of their claims."""
    table = tables.role_grant
    theirs = sa.or_(table.c.person_id == person_id, table.c.claim.in_(["\x01", *claims]))
    given = _standing(connection, theirs)
    return tuple(dict.fromkeys(each.held for each in given))


def row_of(connection: sa.Connection, person_id: str) -> sa.Row[tuple[object, ...]]:
    """Return the row of a person. Raises NotFound where there is none."""
    table = tables.person
    row = connection.execute(sa.select(table).where(table.c.id == person_id)).first()
    if row is None:
        raise NotFound(_("There is no such person here. Choose one from the list."))
    return row


def _standing(
    connection: sa.Connection, which: sa.ColumnElement[bool] | None = None
) -> list[Grant]:
    table, today = tables.role_grant, calendar.today()
    stands = sa.and_(table.c.ended_at == "", sa.or_(table.c.until == "", table.c.until >= today))
    query = sa.select(table).where(stands).order_by(table.c.at, table.c.id)
    rows = connection.execute(query if which is None else query.where(which))
    return [
        Grant(
            id=row.id,
            person_id=row.person_id or "",
            claim=row.claim,
            held=Held(row.role, row.organisation_id, tuple(json.loads(row.sections))),
            until=row.until,
            by=row.by,
            at=row.at,
        )
        for row in rows
    ]


def _account(row: sa.Row[tuple[object, ...]], given: Iterable[Grant]) -> Account:
    claims = tuple(json.loads(row.claims))
    theirs = (each for each in given if each.person_id == row.id or each.claim in claims)
    return Account(
        id=row.id,
        name=row.name,
        email=row.email,
        claims=claims,
        first_at=row.first_at,
        last_at=row.last_at,
        active=row.active,
        grants=tuple(theirs),
    )
