"""What an administrator set, by name; what each name means, says whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from procurement_risk.errors import UsageError
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.storage import checked, tables
from procurement_risk.storage.database import Database

LONGEST = 5_000
FOR_ALL = frozenset({"notice"})
"""The settings that are told to everybody who signed in."""

# What every click asks, put together once.
_NAMED = sa.select(tables.setting.c.value).where(tables.setting.c.name == sa.bindparam("name"))


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: its name, its value, who set it, and when."""

    name: str
    value: str
    by: str
    at: str


def settings(database: Database) -> list[Setting]:
    """Return every setting that was set, by name."""
    table = tables.setting
    with database.reading() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.name)).all()
    return [Setting(*row) for row in rows]


def setting(database: Database, name: str) -> str:
    """Return the value of a setting, or empty."""
    with database.reading() as connection:
        return connection.execute(_NAMED, {"name": name}).scalar() or ""


def set_setting(database: Database, name: str, value: str, actor: str) -> None:
    """Set ``name``; an empty value takes it away. Raises UsageError where it is too long."""
    pen, table = checked.pen("", actor, ""), tables.setting
    if len(value) > LONGEST or "\x00" in value:
        raise UsageError(_("Write at most {most} characters.").format(most=grouped(LONGEST)))
    with database.writing() as connection:
        connection.execute(table.delete().where(table.c.name == name))
        if value:
            values = {"name": name, "value": value, "by": pen.by, "at": pen.at}
            connection.execute(table.insert(), values)
