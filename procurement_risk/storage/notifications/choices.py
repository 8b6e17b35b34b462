"""What each person wants to be told, how soon, and in which language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Literal, cast, get_args

import sqlalchemy as sa

from procurement_risk.errors import UsageError
from procurement_risk.language import _, available
from procurement_risk.storage import checked, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.people import accounts

How = Literal["daily", "at_once", "never"]
HOWS: tuple[How, ...] = get_args(How)
LANGUAGE = "language"  # beside the kinds: in which language mail is written
UNCHOSEN: How = "daily"
"""How somebody is told who has chosen nothing: with all else, once a day."""


def notice_choices(database: Database, person_id: str) -> dict[str, How]:
    """Return what a person chose, by kind; ``UNCHOSEN`` counts for a kind that is not there."""
    table = tables.notice_choice
    query = sa.select(table.c.choices).where(table.c.person_id == person_id)
    with database.reading() as connection:
        found = connection.execute(query).scalar()
    return _read(found or "{}")


def notice_language(database: Database, person_id: str) -> str:
    """Return the code of the language that a person wants mail in; empty where none was chosen."""
    table = tables.notice_choice
    query = sa.select(table.c.choices).where(table.c.person_id == person_id)
    with database.reading() as connection:
        found = connection.execute(query).scalar()
    return str(json.loads(found or "{}").get(LANGUAGE, ""))


def choose_notices(
    database: Database,
    person_id: str,
    choices: Mapping[str, str],
    actor: str,
    language: str = "",
) -> None:
    """Write down what a person wants to be told, by kind, and in which language.

    Raises:
        NotFound: If nobody of that id has signed in.
        UsageError: If a choice is none.
    """
    pen, table = checked.pen("", actor, ""), tables.notice_choice
    if any(each not in HOWS for each in choices.values()):
        raise UsageError(_("Choose for each kind how you want to be told."))
    if language and language not in available():
        raise UsageError(_("Choose a language that the toolkit speaks."))
    said = {**choices, LANGUAGE: language} if language else {**choices}
    row = {"person_id": person_id, "by": pen.by, "at": pen.at, "choices": json.dumps(said)}
    with database.writing() as connection:
        accounts.row_of(connection, person_id)
        connection.execute(table.delete().where(table.c.person_id == person_id))
        connection.execute(table.insert(), row)


def every_choice(database: Database) -> dict[str, dict[str, How]]:
    """Return what everybody chose who chose something, by the person's id."""
    with database.reading() as connection:
        rows = connection.execute(sa.select(tables.notice_choice)).all()
    return {row.person_id: _read(row.choices) for row in rows}


def _read(text: str) -> dict[str, How]:
    return {name: cast(How, each) for name, each in json.loads(text).items() if each in HOWS}
