"""The statements the store sends: what to read, what to lock, what to write."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import sqlalchemy as sa

from procurement_risk.errors import NotFound, StorageError
from procurement_risk.language import _
from procurement_risk.storage import kept_up, one_moment, sound, tables
from procurement_risk.storage.history import HEADER, Pen, canonical_text
from procurement_risk.storage.prepared import Prepared

AT_ONCE = 500
"""How many ids to ask for in one statement; databases limit its length."""

Row: TypeAlias = sa.Row[*tuple[Any, ...]]
Stand = Mapping[str, tuple[str | None, int]]
"""The value and the revision of each part, by name."""


# What every click asks, put together once: that takes longer than to ask it.
def _last_line() -> sa.Select[tuple[Any, ...]]:
    """Return the query for the last line of a history, and the row of one part beside it."""
    line, now = tables.history, tables.part
    same = sa.and_(now.c.assessment_id == line.c.assessment_id, now.c.name == sa.bindparam("part"))
    return (
        sa.select(line.c.hash, now.c.value, now.c.revision, now.c.by)
        .select_from(line.outerjoin(now, same))
        .where(line.c.assessment_id == sa.bindparam("this"), line.c.seq == sa.bindparam("seq"))
    )


_THIS = tables.assessment.c.id == sa.bindparam("this")
_REVISION = Prepared(sa.select(tables.assessment.c.revision).where(_THIS))
_FRAMEWORK_DIGEST = sa.select(tables.assessment.c.framework_digest).where(_THIS)
_LOCKED = sa.select(tables.assessment).where(_THIS).with_for_update()
_WRITE_OWN = tables.assessment.update().where(_THIS)
_OWN_REVISION = Prepared(_WRITE_OWN, ["revision", "changed_at"])
_LAST_LINE = Prepared(_last_line())
_THIS_PART = sa.and_(
    tables.part.c.assessment_id == sa.bindparam("this"),
    tables.part.c.name == sa.bindparam("part"),
)
_PART_VALUE = Prepared(sa.select(tables.part.c.value).where(_THIS_PART))
_WRITE_PART = Prepared(tables.part.update().where(_THIS_PART), tables.part.c.keys())


def not_found(ids: list[str]) -> NotFound:
    """Return the error that there is no assessment under any of ``ids``."""
    names = ", ".join(repr(each) for each in ids)
    message = _("There is no assessment {names} here. Choose one from the list.")
    return NotFound(message.format(names=names))


def chosen(
    column: sa.Column[Any], ids: Collection[str] | None
) -> Iterator[sa.ColumnElement[bool]]:
    """Yield conditions that together choose ``ids``, or one that chooses every row."""
    if ids is None:
        yield sa.true()
        return
    unique = list(dict.fromkeys(ids))
    for start in range(0, len(unique), AT_ONCE):
        yield column.in_(unique[start : start + AT_ONCE])


def assessments(connection: sa.Connection, ids: list[str] | None) -> dict[str, Row]:
    """Return the rows of the assessments ``ids`` by id, or of every one.

    Raises:
        NotFound: If one of ``ids`` names no assessment; it names all such.
    """
    found = {
        row.id: row
        for condition in chosen(tables.assessment.c.id, ids)
        for row in connection.execute(sa.select(tables.assessment).where(condition))
    }
    if missing := [each for each in ids or () if each not in found]:
        raise not_found(missing)
    return found


def parts(connection: sa.Connection, ids: list[str] | None) -> dict[str, dict[str, Row]]:
    """Return the rows of the parts by name, by assessment, of ``ids`` or of every one."""
    found: dict[str, dict[str, Row]] = {each: {} for each in ids or ()}
    for condition in chosen(tables.part.c.assessment_id, ids):
        for row in connection.execute(sa.select(tables.part).where(condition)):
            found.setdefault(row.assessment_id, {})[row.name] = row
    return found


def lines(connection: sa.Connection, assessment_id: str) -> list[Mapping[str, Any]]:
    """Return the lines of history of an assessment, the first one first."""
    table = tables.history
    query = sa.select(table).where(table.c.assessment_id == assessment_id).order_by(table.c.seq)
    return [dict(row) for row in connection.execute(query).mappings()]


def revision(connection: sa.Connection, assessment_id: str) -> int:
    """Return the revision of an assessment. Raises NotFound where there is none."""
    found = _REVISION.on(connection, {"this": assessment_id}).scalar()
    if found is None:
        raise not_found([assessment_id])
    return int(found)


def stamp(connection: sa.Connection) -> tuple[int, int]:
    """Return how many assessments there are, and how many changes were ever made."""
    return one_moment.once(connection, "number", lambda: _number(connection)), changes(connection)


def _number(connection: sa.Connection) -> int:
    query = sa.select(sa.func.count()).select_from(tables.assessment)
    return int(connection.execute(query).scalar_one())


def framework_digest(connection: sa.Connection, assessment_id: str) -> str:
    """Return the digest of what an assessment is answered against; empty where there is none."""
    return connection.execute(_FRAMEWORK_DIGEST, {"this": assessment_id}).scalar() or ""


def of_suppliers(connection: sa.Connection, suppliers: Iterable[str]) -> list[str]:
    """Return the ids of the assessments of these suppliers, archived ones left out."""
    table, link = tables.assessment, tables.supplier_link
    query = (
        sa.select(table.c.id)
        .join(link, link.c.assessment_id == table.c.id)
        .where(link.c.supplier_id.in_(sorted(suppliers)), table.c.archived.is_(False))
        .order_by(table.c.id)
    )
    return list(connection.execute(query).scalars())


def locked(connection: sa.Connection, assessment_id: str) -> Row | None:
    """Return an assessment's row, or None, keeping other writers off it until the end."""
    return connection.execute(_LOCKED, {"this": assessment_id}).first()


def assessment_row(assessment_id: str) -> sa.Select[tuple[Any, ...]]:
    """Return the query for an assessment's row."""
    return sa.select(tables.assessment).where(tables.assessment.c.id == assessment_id)


def take(connection: sa.Connection, assessment_id: str) -> Row:
    """Return an assessment's row, locked. Raises NotFound where there is none."""
    row = locked(connection, assessment_id)
    if row is None:
        raise not_found([assessment_id])
    return row


def take_up(connection: sa.Connection, pen: Pen, seq: int, part: str) -> Row:
    """Set ``pen`` at the end of the history, and return the hash there with ``part``'s row.

    Asked only once the assessment's row is locked: before that, ``seq`` may not be the last.
    """
    asked = {"this": pen.assessment_id, "seq": seq, "part": part}
    row = _LAST_LINE.on(connection, asked).first()
    if row is None:
        message = _(
            "The history of {assessment} lacks its line {number}, so nothing can be added to it. "
            "Restore a backup."
        )
        raise StorageError(message.format(assessment=repr(pen.assessment_id), number=seq))
    pen.seq, pen.previous = seq, row.hash
    return row


def part_value(connection: sa.Connection, assessment_id: str, name: str) -> str | None:
    """Return what stands in one part as JSON text; None where it is empty."""
    found = _PART_VALUE.on(connection, {"this": assessment_id, "part": name}).scalar()
    return None if found is None else str(found)


def parts_named(
    connection: sa.Connection, name: str, ids: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """Return what stands in one part, an object, of each of these assessments."""
    part = tables.part
    return {
        row.assessment_id: json.loads(row.value)
        for condition in chosen(part.c.assessment_id, sorted(ids))
        for row in connection.execute(
            sa.select(part.c.assessment_id, part.c.value).where(
                condition, part.c.name == name, part.c.value.is_not(None)
            )
        )
    }


def part_values(pen: Pen, name: str, value: str | None, revision: int) -> dict[str, Any]:
    """Return the row of a part that ``pen`` is about to write."""
    return {
        "assessment_id": pen.assessment_id,
        "name": name,
        "value": value,
        "revision": revision,
        "by": pen.by,
        "at": pen.at,
    }


def write_part(
    connection: sa.Connection,
    pen: Pen,
    name: str,
    before: tuple[str | None, int],
    value: str | None,
) -> None:
    """Write a part that stood at ``before``, a value and its revision, with its history."""
    table, (old, revision) = tables.part, before
    row = part_values(pen, name, value, revision + 1)
    if revision == 0:
        connection.execute(table.insert(), row)
    else:
        _WRITE_PART.on(connection, {"this": pen.assessment_id, "part": name, **row})
    pen.write(name, old, value)
    kept_up.written(connection, pen.assessment_id, {name: value}, pen.by)


def stand(connection: sa.Connection, assessment_id: str) -> Stand:
    """Return the value and the revision of each part ever written."""
    found = parts(connection, [assessment_id])[assessment_id]
    return {name: (part.value, part.revision) for name, part in found.items()}


def differing(stand: Stand, wanted: Mapping[str, str]) -> dict[str, str | None]:
    """Return each part that has to change to be as ``wanted``, with its new value."""
    return {
        name: wanted.get(name)
        for name in sorted(stand.keys() | wanted.keys())
        if stand.get(name, (None, 0))[0] != wanted.get(name)
    }


def write_parts(
    connection: sa.Connection, pen: Pen, stand: Stand, changes: Mapping[str, str | None]
) -> None:
    """Write each of ``changes`` over what stands."""
    for name, value in changes.items():
        write_part(connection, pen, name, stand.get(name, (None, 0)), value)


def finish(connection: sa.Connection, pen: Pen, values: Mapping[str, Any]) -> None:
    """Write the lines of history, and ``values`` into the assessment's own row."""
    pen.put_down(connection)
    changed = {"this": pen.assessment_id, "revision": pen.seq, "changed_at": pen.at}
    if values:
        connection.execute(_WRITE_OWN, {**changed, **values})
    else:
        _OWN_REVISION.on(connection, changed)


def header(row: Row) -> dict[str, Any]:
    """Return what the history keeps of the assessment's own row.

    A hold that is no hold any more is given as it stands: the history shows that it was altered.
    """
    names = ("framework_digest", "fictional", "created_at", "created_by", "archived")
    held = {} if row.hold is None else {"hold": _as_it_stands(row.hold)}
    return {name: getattr(row, name) for name in names} | held


def _as_it_stands(text: str) -> Any:  # noqa: ANN401  JSON
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def write_header(pen: Pen, row: Row, changes: Mapping[str, Any]) -> None:
    """Write the line of history that ``changes`` were made to the assessment's own row.

    Raises:
        Damaged: If there is a legal hold on it that can no longer be read.
    """
    if row.hold is not None:
        sound.hold(row.id, row.hold)
    before = header(row)
    after = {name: value for name, value in {**before, **changes}.items() if value is not None}
    pen.write(HEADER, canonical_text(before), canonical_text(after))


def changes(connection: sa.Connection) -> int:
    """Return how many changes were ever made here: it rises with each, of whatever kind."""
    return one_moment.once(connection, "changes", lambda: _changes(connection))


def _changes(connection: sa.Connection) -> int:
    revision, entries = tables.assessment.c.revision, tables.tombstone.c.entries
    standing = sa.select(sa.func.coalesce(sa.func.sum(revision), 0)).scalar_subquery()
    deleted = sa.select(sa.func.coalesce(sa.func.sum(entries + 1), 0)).scalar_subquery()
    decided, used = (
        sa.select(sa.func.coalesce(sa.func.max(table.c.seq), 0)).scalar_subquery()
        for table in (tables.supplier_decision, tables.questionnaire_use)
    )
    total = sa.select(standing + deleted + decided + used)
    return int(connection.execute(total).scalar_one())
