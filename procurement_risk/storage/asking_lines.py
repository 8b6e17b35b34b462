"""What the tables of lines are asked alike: a day, a name among several, an order of letters."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

NEVER = "9999-99-99"
"""Sorts behind every day."""
BETWEEN = "\n"
"""Stands before and behind each name in a column of several: no name has one inside."""
Clause = sa.ColumnElement[Any]


def due(table: sa.Table, day: str, ahead: str) -> Clause:
    """Return the first day by which something of it is wanted: see ``waiting.days_of``.

    Args:
        table: Which has ``due_set``, ``due_soon`` and ``due_past``.
        day: Today.
        ahead: The last day of what begins to wait.
    """
    fixed = sa.case((table.c.due_set == "", NEVER), else_=table.c.due_set)
    for column, shown in (
        (table.c.due_soon, table.c.due_soon <= ahead),
        (table.c.due_past, table.c.due_past < day),
    ):
        fixed = sa.case((sa.and_(column != "", shown, column < fixed), column), else_=fixed)
    return fixed


def standing(table: sa.Table, day: str, ahead: str) -> Clause:
    """Return whether that day is ``past``, ``ahead`` or there is ``none``."""
    first = due(table, day, ahead)
    return sa.case((first == NEVER, "none"), (first < day, "past"), else_="ahead")


def holds(connection: sa.Connection, column: sa.Column[Any], text: str) -> Clause:
    """Return whether ``text`` stands somewhere in it."""
    within = sa.func.strpos if connection.dialect.name == "postgresql" else sa.func.instr
    return within(column, text) > 0


def between(names: list[str]) -> str:
    """Return several names as a column holds them."""
    return BETWEEN.join(("", *names, "")) if names else ""


def by_code(connection: sa.Connection, column: Clause) -> Clause:
    """Return it in the order of its letters' codes, as in Python, whatever the server's is."""
    return sa.collate(column, "C") if connection.dialect.name == "postgresql" else column
