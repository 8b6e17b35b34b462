"""Tokens that programs sign in with: kept as digests, each with one role and an end."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa

from procurement_risk.assessment import today as calendar
from procurement_risk.errors import NotAllowed, NotFound, UsageError
from procurement_risk.language import _
from procurement_risk.storage import checked, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.people import accounts, organisations
from procurement_risk.storage.people.permissions import Role
from procurement_risk.storage.people.person import Held, Person

BEGINS = "prt_"
"""How a token begins, so that whoever finds one knows what it is."""
LONGEST_DAYS = 366
NOTED_AFTER = timedelta(minutes=1)
"""How old the time of the last use may be before it is written anew: not at every call."""

# What every request asks, put together once.
_OF_DIGEST = sa.select(tables.api_token).where(tables.api_token.c.digest == sa.bindparam("digest"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token, without its secret.

    Attributes:
        name: What it is for.
        held: The role, the organisation, the sections.
        until: The last day on which it works.
        by: Who made it.
        at: When.
        last_at: When it was used last, to the minute, or empty.
        revoked_at: When it was revoked, or empty.
    """

    id: str
    name: str
    held: Held
    until: str
    by: str
    at: str
    last_at: str
    revoked_at: str


def tokens(database: Database) -> list[Token]:
    """Return every token that was ever made, the newest first."""
    table = tables.api_token
    with database.reading() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.at.desc(), table.c.id)).all()
    return [_token(row) for row in rows]


def make_token(
    database: Database,
    name: str,
    role: Role,
    organisation_id: str,
    until: str,
    actor: str,
    *,
    sections: Iterable[str] = (),
) -> str:
    """Make a token, and return its text, which nobody can be told again.

    Raises:
        NotFound: If there is no such organisation.
        UsageError: If it has no name, no end within a year, or the role cannot be given.
    """
    pen = checked.pen("", actor, "")
    wanted, name = accounts.check_role(role, sections, until), " ".join(name.split())
    today = date.fromisoformat(calendar.today())
    last = (today + timedelta(days=LONGEST_DAYS)).isoformat()
    if not name or len(name) > organisations.LONGEST:
        raise UsageError(_("Say in a few words what the token is for."))
    if not today.isoformat() <= until <= last:
        message = _("Write the last day on which it works: from today to {last}.")
        raise UsageError(message.format(last=last))
    secret = BEGINS + secrets.token_urlsafe(32)
    made = {
        "id": uuid4().hex,
        "digest": _digest(secret),
        "name": name,
        "role": role,
        "organisation_id": organisation_id,
        "sections": json.dumps(wanted),
        "until": until,
        "by": pen.by,
        "at": pen.at,
        "last_at": "",
        "revoked_at": "",
    }
    with database.writing() as connection:
        organisations.name_of(connection, organisation_id)
        connection.execute(tables.api_token.insert(), made)
    return secret


def revoke_token(database: Database, token_id: str, actor: str) -> None:
    """Let a token work no longer. Raises NotFound where there is none that does."""
    pen, table = checked.pen("", actor, ""), tables.api_token
    this = sa.and_(table.c.id == token_id, table.c.revoked_at == "")
    with database.writing() as connection:
        if not connection.execute(table.update().where(this).values(revoked_at=pen.at)).rowcount:
            raise NotFound(_("There is no such token that still works. Look at the list again."))


def person_of_token(database: Database, secret: str) -> Person:
    """Return who acts with a token, and note that it was used.

    Raises:
        NotAllowed: If there is none, it was revoked, or its last day is past: which, is not said.
    """
    table, now = tables.api_token, datetime.now(UTC)
    with database.reading() as connection:
        row = connection.execute(_OF_DIGEST, {"digest": _digest(secret)}).first()
    if row is None or row.revoked_at or row.until < calendar.today():
        raise NotAllowed(_("This token does not work here. Ask an administrator for another one."))
    at = now.isoformat(timespec="seconds").replace("+00:00", "Z")
    if row.last_at < (now - NOTED_AFTER).isoformat(timespec="seconds").replace("+00:00", "Z"):
        with database.writing() as connection:
            connection.execute(table.update().where(table.c.id == row.id).values(last_at=at))
    token = _token(row)
    called = _("{name} (token)").format(name=token.name)
    return Person(id=token.id, name=called, roles=(token.held,), how="token")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _token(row: sa.Row[tuple[object, ...]]) -> Token:
    values = {name: getattr(row, name) for name in Token.__slots__ if name != "held"}
    held = Held(row.role, row.organisation_id, tuple(json.loads(row.sections)))
    return Token(**values, held=held)
