"""Striking a name or a passage out of the database, with an entry in the history that says so.

In each assessment the lines of history that held it, its parts and what it was sent back are
changed; the erasure, a line of the same history, names each line that was struck by its hash and
seals what is left. So do what lies beside an assessment, such as what two people answer alone, and
its legal hold. A kept file that holds it is taken out as a whole.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from procurement_risk.assessment.parts import check_part
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.language import _
from procurement_risk.storage import (
    answer_links,
    cleaning,
    erasures,
    keeping,
    kept_up,
    logs,
    places,
    rows,
    tables,
    told_programs,
    waiting_returns,
)
from procurement_risk.storage.erasures import ERASURE
from procurement_risk.storage.history import HEADER, Pen, canonical_text
from procurement_risk.storage.mentions import Mention
from procurement_risk.storage.notifications import forgetting
from procurement_risk.storage.places import Place
from procurement_risk.storage.rows import Row

OWN = frozenset({"assessment", "part", "history", "supplier_return", "kept_file"})
"""The tables of which the entry in the history names what was struck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is struck, a person or a passage, and what stands instead."""

    mention: Mention
    kind: Literal["person", "passage"]
    instead: str
    part: str = ""

    def text(self, cell: str | None) -> str | None:
        """Return what a column's text becomes; JSON stays in its canonical form."""
        if cell is None:
            return None
        value = places.value_of(cell)
        changed = self.mention.replaced_in(value, self.instead)
        if changed == value:
            return cell
        return changed if isinstance(value, str) and value == cell else canonical_text(changed)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was struck out.

    Attributes:
        instead: What stands there now.
        struck: How many places it was struck out of.
        left: Places where it had to stay.
        clean: Whether it is gone from the disk as well; else ``Store.clean`` has to come again.
        beside: Other files beside the database that still hold it as it was written.
    """

    instead: str
    struck: int
    left: tuple[Place, ...]
    clean: bool
    beside: tuple[str, ...] = ()


def refuse_repeating(mention: Mention, pen: Pen, instead: str) -> None:
    """Raise UsageError where the entry itself would hold what is struck."""
    if mention.is_in(pen.by):
        raise UsageError(
            _("Somebody else has to strike this out: the entry would hold the name again.")
        )
    if mention.is_in(pen.reason) or mention.is_in(instead):
        raise UsageError(
            _("Write the ground without what is struck out: the entry would hold it again.")
        )


def refuse_unseen(found: Sequence[Place], seen: str) -> None:
    """Raise UsageError where there is nothing to strike, or something else than was seen."""
    if not any(not each.fixed or each.is_file for each in found):
        raise UsageError(_("It stands nowhere where it could be struck out. Check the spelling."))
    if places.seen(found) != seen:
        raise UsageError(
            _(
                "The places are others than those you looked at. Nothing was struck out: look at "
                "them once more."
            )
        )


def pseudonym(connection: sa.Connection) -> str:
    """Return a name for somebody that nobody here has. It rests on chance, not on the name."""
    while True:
        name = f"Person {secrets.token_hex(2)}"
        pattern = f"%{name}%"
        line, part = tables.history, tables.part
        taken = sa.union_all(
            sa.select(line.c.seq).where(
                sa.or_(line.c.by.like(pattern), line.c.after.like(pattern))
            ),
            sa.select(part.c.revision).where(part.c.value.like(pattern)),
        )
        if connection.execute(taken.limit(1)).first() is None:
            return name


def strike(connection: sa.Connection, found: Sequence[Place], order: Order, pen: Pen) -> None:
    """Strike ``found`` out of the database.

    Raises:
        UsageError: If an assessment that one of them belongs to is under a legal hold.
        InvalidDocument: If what would be left of a part is none any more.
    """
    files = [each.key["digest"] for each in found if each.is_file and order.kind == "person"]
    ids = _owners(connection, found, files)
    held = [rows.take(connection, each) for each in sorted(ids)]
    keeping.refuse_held(held)
    with cleaning.opened(connection):
        for row in held:
            own = Pen(assessment_id=row.id, by=pen.by, at=pen.at, reason=pen.reason)
            _strike_one(connection, row, order, own, files)
        for each in found:
            if each.table not in OWN and not each.fixed:
                _strike_elsewhere(connection, each, order, pen)
    if order.kind == "person":
        told = {each.key["id"] for each in found if each.table == "person" and not each.fixed}
        forgetting.forget_people(connection, told)
    waiting_returns.drop(connection, files)
    answer_links.drop_files(connection, files)
    if order.kind == "person":
        told_programs.forget_mention(connection, order.mention)
    connection.execute(tables.kept_file.delete().where(tables.kept_file.c.digest.in_(files)))


def _owners(connection: sa.Connection, found: Iterable[Place], files: Sequence[str]) -> set[str]:
    """Return the assessments that these places and files belong to, or wait to be taken into."""
    ids = {
        each.assessment_id
        for each in found
        if each.assessment_id and each.table not in logs.LOGS and not each.fixed
    }
    taken, waiting, link = tables.supplier_return, tables.waiting_return, tables.answer_link
    for digest in (taken.c.digest, waiting.c.digest, link.c.file):
        own = sa.select(digest.table.c.assessment_id).where(digest.in_(files))
        ids |= set(connection.execute(own).scalars())
    return ids - {""}


def _strike_one(
    connection: sa.Connection, row: Row, order: Order, pen: Pen, files: Sequence[str]
) -> None:
    lines = _struck([dict(line) for line in rows.lines(connection, row.id)], order)
    for line, _fields in lines:
        _update(connection, tables.history, line, ("assessment_id", "seq"))
    parts = _strike_parts(connection, row, order)
    removed = _strike_returns(connection, row, order, files)
    for made in (
        tables.outcome,
        tables.outcome_line,
        tables.waiting_line,
        tables.purchase_line,
    ):
        connection.execute(made.delete().where(made.c.assessment_id == row.id))
    rows.take_up(connection, pen, row.revision, HEADER)
    entry = {
        "kind": order.kind,
        "instead": order.instead,
        "lines": [
            {
                "seq": line["seq"],
                "hash": line["hash"],
                "fields": sorted(fields),
                "stands": erasures.standing(line),
            }
            for line, fields in lines
        ],
        "files": removed,
    }
    pen.write(ERASURE, None, canonical_text(entry))
    for name, (value, revision) in parts.items():
        # Whoever has the part open still holds what was struck: their save is now refused.
        rows.write_part(connection, pen, name, (value, revision), value)
    whole = order.part in ("", HEADER)
    creator = order.text(row.created_by) if whole else row.created_by
    rows.finish(connection, pen, {"created_by": creator})
    kept_up.renew(connection, row.id)


def _struck(
    lines: Sequence[dict[str, Any]], order: Order
) -> list[tuple[dict[str, Any], set[str]]]:
    """Return each line that changes, as it will be, and what is struck in it."""
    found = {}
    for line in lines:
        if order.part in ("", line["part"]):
            after, fields = _line(line, order)
            if fields:
                found[line["seq"]] = (after, fields)
    for line in lines:
        if line["part"] == ERASURE and (changed := _forgetting(line, found, order)):
            fields = {"values", *(found[line["seq"]][1] if line["seq"] in found else ())}
            kept = found[line["seq"]][0] if line["seq"] in found else line
            found[line["seq"]] = ({**kept, "after": changed, "salt": ""}, fields)
    return [found[seq] for seq in sorted(found)]


def _line(line: Mapping[str, Any], order: Order) -> tuple[dict[str, Any], set[str]]:
    changed, fields = dict(line), set()
    for name in ("by", "reason"):
        changed[name] = order.mention.replaced(line[name], order.instead)
        if changed[name] != line[name]:
            fields.add(name)
            changed[f"{name}_salt"] = ""
    if line["part"] not in places.ID_PARTS:
        for name in ("before", "after"):
            changed[name] = order.text(line[name])
            if changed[name] != line[name]:
                fields.add("values")
                changed["salt"] = ""
    return changed, fields


def _forgetting(line: Mapping[str, Any], struck: Mapping[int, Any], order: Order) -> str:
    """Return an earlier erasure without the digests of lines that are struck again, if it has any.

    Such a digest would let somebody try out names.
    """
    entry = json.loads(line["after"])
    again = [each for each in entry["lines"] if each["seq"] in struck]
    for each in again:
        each["stands"] = order.instead
    return canonical_text(entry) if again else ""


def _strike_parts(
    connection: sa.Connection, row: Row, order: Order
) -> dict[str, tuple[str | None, int]]:
    """Strike the parts, and return those of which the value changed, with their revisions."""
    changed: dict[str, tuple[str | None, int]] = {}
    for name, part in rows.parts(connection, [row.id])[row.id].items():
        if order.part not in ("", name):
            continue
        value = part.value if name in places.ID_PARTS else order.text(part.value)
        by = order.mention.replaced(part.by, order.instead)
        if value != part.value and value is not None:
            if problems := check_part(name, json.loads(value)):
                raise InvalidDocument(row.id, problems)
            changed[name] = (value, part.revision)
        if (value, by) != (part.value, part.by):
            values = {"assessment_id": row.id, "name": name, "value": value, "by": by}
            _update(connection, tables.part, values, ("assessment_id", "name"))
    return changed


def _strike_returns(
    connection: sa.Connection, row: Row, order: Order, files: Sequence[str]
) -> list[str]:
    """Strike what was sent back, take the files out that hold it, and return their digests."""
    table, removed = tables.supplier_return, []
    if order.part:
        return []
    query = sa.select(table).where(table.c.assessment_id == row.id)
    for each in connection.execute(query).mappings().all():
        this = sa.and_(table.c.assessment_id == row.id, table.c.digest == each["digest"])
        if each["digest"] in files:
            removed.append(each["digest"])
            connection.execute(table.delete().where(this))
            continue
        values = {name: order.text(each[name]) for name in ("name", "supplier", "by")}
        connection.execute(table.update().where(this).values(values))
    return sorted(removed)


def _strike_elsewhere(connection: sa.Connection, place: Place, order: Order, pen: Pen) -> None:
    table = tables.metadata.tables[place.table]
    this = sa.and_(*(table.c[name] == value for name, value in place.key.items()))
    cell = connection.execute(sa.select(table.c[place.column]).where(this)).scalar_one()
    text = order.text(cell)
    if text is not None and table.name in logs.LOGS:
        log = logs.LOGS[table.name]
        logs.strike(connection, log, place.key, place.column, text, order.instead, pen)
        return
    connection.execute(table.update().where(this).values({place.column: text}))


def _update(
    connection: sa.Connection, table: sa.Table, values: Mapping[str, Any], key: Sequence[str]
) -> None:
    this = sa.and_(*(table.c[name] == values[name] for name in key))
    rest = {name: value for name, value in values.items() if name not in key}
    connection.execute(table.update().where(this).values(rest))
