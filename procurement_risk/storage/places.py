"""Every place in the database where a name or a passage stands, whatever table it is in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from procurement_risk.assessment.parts import ANSWER
from procurement_risk.canonical import JSON, write_json
from procurement_risk.framework import Framework
from procurement_risk.storage import tables
from procurement_risk.storage.mentions import Mention

MADE_ANEW = frozenset(
    {
        "outcome",
        "outcome_line",
        "waiting_line",
        "purchase_line",
        "search_text",
        "supplier_link",
        "supplier_mark",
        "assessment_buyer",
    }
)
"""Tables that hold nothing of their own: they are emptied, and filled again from the others."""

KEPT_AS_ASKED = frozenset({"framework_version"})
"""What was asked cannot be changed without changing what was answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place where it stands.

    Attributes:
        table: The table of the database.
        key: What tells the row from others.
        column: The column.
        path: Where in the column's value, or empty.
        text: The whole text there; of a file what it is called.
        assessment_id: The assessment that the row belongs to, or empty.
        part: The part of the assessment, where the row is about one.
        at: When the row was written, where it says so.
        fixed: Whether it has to stay, since it is an id or belongs to a questionnaire.
        framework: What the assessment is answered against, to name the part by; None: not known.
    """

    table: str
    key: Mapping[str, Any]
    column: str
    path: str
    text: str
    assessment_id: str
    part: str
    at: str
    fixed: bool
    framework: Framework | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a file that was kept as it came."""
        return self.table == "kept_file"


def find(
    connection: sa.Connection, mention: Mention, assessment_id: str = "", part: str = ""
) -> list[Place]:
    """Return every place where it stands: in all of the database, or in one assessment or part."""
    found = [
        place
        for table in tables.metadata.sorted_tables
        if table.name not in MADE_ANEW
        for row in _rows(connection, table, assessment_id)
        if _may_hold(row, mention)
        for place in _in_row(table, row, mention)
        if not part or place.part == part
    ]
    people = {place.key["id"] for place in found if place.table == tables.person.name}
    return [*found, *_of_people(connection, people)]


def seen(places: Sequence[Place]) -> str:
    """Return what names these places exactly, for the second look at them."""
    shown = [[p.table, dict(p.key), p.column, p.path, p.text] for p in places]
    return hashlib.sha256(write_json(sorted(shown, key=write_json))).hexdigest()[:12]


def _rows(
    connection: sa.Connection, table: sa.Table, assessment_id: str
) -> Iterator[Mapping[str, Any]]:
    query = sa.select(table)
    if assessment_id and table.name == "kept_file":
        taken = tables.supplier_return
        own = sa.select(taken.c.digest).where(taken.c.assessment_id == assessment_id)
        query = query.where(table.c.digest.in_(own))
    elif assessment_id:
        column = owner(table)
        if column is None:
            return
        query = query.where(column == assessment_id)
    names = [column.name for column in table.columns]
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield dict(zip(names, row, strict=True))


def _may_hold(row: Mapping[str, Any], mention: Mention) -> bool:
    """Whether it may stand in a row, which is quick to tell: nearly no row holds it."""
    cells = row.values()
    texts = "\0".join([each for each in cells if isinstance(each, str)])
    return mention.may_be_in(texts) or any(isinstance(each, bytes) for each in cells)


def owner(table: sa.Table) -> sa.Column[Any] | None:
    """Return the column that says which assessment a row belongs to, if there is one."""
    if table.name == "assessment":
        return table.c.id
    return table.c.get("assessment_id")


def _in_row(table: sa.Table, row: Mapping[str, Any], mention: Mention) -> Iterator[Place]:
    key = {column.name: row[column.name] for column in table.primary_key}
    column = owner(table)
    for each in table.columns:
        for path, text in _in_cell(row[each.name], mention):
            yield Place(
                table=table.name,
                key=key,
                column=each.name,
                path=path,
                text=text or next(iter(key.values())),
                assessment_id="" if column is None else row[column.name],
                part=_part(table, row),
                at=str(row.get("at") or row.get("added_at") or ""),
                fixed=is_fixed(each) or _names_something(each, row),
            )


def _part(table: sa.Table, row: Mapping[str, Any]) -> str:
    """Return the part of the assessment that a row is about; or empty."""
    if table.name == "alone_answer":
        return f"{ANSWER}{row['question']}"
    return str(row["part"] if "part" in row else row["name"] if table.name == "part" else "")


def _of_people(connection: sa.Connection, ids: set[str]) -> Iterator[Place]:
    """Yield the rows about these persons in which no name stands: they go with the name."""
    for name, whose in OF_PERSON if ids else ():
        table = tables.metadata.tables[name]
        query = sa.select(table).where(table.c[whose].in_(ids))
        for row in connection.execute(query).mappings():
            column = next(each for each in ("choices", "body", "kind") if each in row)
            yield Place(
                table=name,
                key={each.name: row[each.name] for each in table.primary_key},
                column=column,
                path="",
                text=row[column],
                assessment_id="",
                part="",
                at=row["at"],
                fixed=False,
            )


def is_fixed(column: sa.Column[Any]) -> bool:
    """Whether a column holds ids, which other rows name, or belongs to a questionnaire."""
    if column.table.name in KEPT_AS_ASKED or column.primary_key or column.foreign_keys:
        return True
    return column.name in _NAMING or column.table.name == "log_head"


_NAMING = frozenset(
    {"part", "purchase_id", "assessments", "about", "withheld", "log", "field", "stands"}
)


OF_PERSON = (("notice_choice", "person_id"), ("noticed", "recipient"), ("message", "person_id"))
"""Tables about a person that hold no name, and the column that says whose a row is."""

ID_PARTS = frozenset({"replaces", "pack", "gate"})
"""Parts that are an id as a whole."""


def _names_something(column: sa.Column[Any], row: Mapping[str, Any]) -> bool:
    name = row["part"] if "part" in row else row.get("name", "")
    return name in ID_PARTS and column.name in {"value", "before", "after"}


def _in_cell(cell: object, mention: Mention) -> Iterator[tuple[str, str]]:
    if isinstance(cell, bytes):
        if mention.is_in_file(cell):
            yield "", ""
    elif isinstance(cell, str) and mention.may_be_in(cell):
        yield from mention.texts(value_of(cell))


def value_of(cell: str) -> JSON:
    """Return the JSON value in a column's text, or the text itself where it holds none."""
    if cell[:1] in {"{", "[", '"'}:
        try:
            return json.loads(cell)
        except ValueError:
            return cell
    return cell
