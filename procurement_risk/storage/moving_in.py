"""An assessment of another store, taken over as it is: history, files, who and when.

    another database ── whole_of ──┐
    an audit pack ── imports.moved ┴─> Whole ── take ──> this database, and one line more

The line says by whom it was moved, and from where. The lines before stay as they are, with their
hashes: a checkpoint that was kept from the other store still holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from procurement_risk.assessment.parts import FILE
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.framework.origin import shipped
from procurement_risk.language import _
from procurement_risk.storage import answer_links, kept_up, rows, tables, verifying
from procurement_risk.storage.history import HEADER, Pen

Taken = Literal["moved", "here"]
Would = Taken | Literal["other"]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Everything about one assessment, as rows of our tables.

    Attributes:
        assessment: Its own row.
        frameworks: Every questionnaire that the rows below name.
        lines: Its history, the first line first.
        returns: What its supplier sent back.
        files: The bytes of that, by digest.
        evidence: The bytes of its files of evidence, as far as they came along.
        alone: What two people answer alone, and nobody has taken in; an audit pack has none of it.
        waiting: Whether something that was written by a link to its supplier stays behind.
    """

    assessment: Values
    frameworks: Sequence[Values]
    parts: Sequence[Values]
    lines: Sequence[Values]
    returns: Sequence[Values]
    files: Mapping[str, bytes]
    evidence: Mapping[str, bytes] = field(default_factory=dict)
    alone: Sequence[Values] = ()
    waiting: bool = False

    @property
    def id(self) -> str:
        """The assessment's id."""
        return str(self.assessment["id"])

    @property
    def evidence_named(self) -> frozenset[str]:
        """The SHA-256 of each file of evidence that it names."""
        named = (str(each["name"]) for each in self.parts if each["value"] is not None)
        return frozenset(name.removeprefix(FILE) for name in named if name.startswith(FILE))


def whole_of(connection: sa.Connection, assessment_id: str) -> Whole:
    """Return everything about an assessment that a database holds."""
    row = rows.assessments(connection, [assessment_id])[assessment_id]
    returns = _rows(connection, tables.supplier_return, "assessment_id", [assessment_id])
    digests = {row.framework_digest, *(each["framework_digest"] for each in returns)}
    kept = _rows(connection, tables.kept_file, "digest", {each["digest"] for each in returns})
    return Whole(
        assessment=dict(row._mapping),
        frameworks=_rows(connection, tables.framework_version, "digest", digests),
        parts=_rows(connection, tables.part, "assessment_id", [assessment_id]),
        lines=rows.lines(connection, assessment_id),
        returns=returns,
        files={each["digest"]: bytes(each["content"]) for each in kept},
        alone=_rows(connection, tables.alone_answer, "assessment_id", [assessment_id]),
        waiting=any(
            each.waits or (each.saved_at and not each.submitted_at and not each.revoked_at)
            for each in answer_links.of(connection, assessment_id)
        ),
    )


def _rows(
    connection: sa.Connection, table: sa.Table, column: str, wanted: set[str] | list[str]
) -> list[dict[str, Any]]:
    query = sa.select(table).where(table.c[column].in_(sorted(wanted)))
    return [dict(each) for each in connection.execute(query).mappings()]


def take(connection: sa.Connection, whole: Whole, pen: Pen) -> Taken:
    """Write an assessment of another store, and with ``pen`` the line that it was moved.

    Raises:
        UsageError: If something else stands here under its id.
        InvalidDocument: If its history does not hold; the transaction has to be undone.
    """
    row = rows.locked(connection, whole.id)
    would = would_take(connection, whole) if row is not None else "moved"
    if would == "other":
        message = _(
            "There is an assessment {id} here already, with another history. It stays as it is."
        )
        raise UsageError(message.format(id=repr(whole.id)))
    if would == "here":
        return "here"
    adopted = [_as_adopted(connection, each) for each in whole.frameworks]
    _put(connection, tables.framework_version, adopted)
    connection.execute(tables.assessment.insert(), dict(whole.assessment))
    connection.execute(tables.part.insert(), [dict(each) for each in whole.parts])
    connection.execute(tables.history.insert(), [dict(each) for each in whole.lines])
    files = [{"digest": name, "content": data} for name, data in whole.files.items()]
    _put(connection, tables.kept_file, files)
    _put(connection, tables.supplier_return, whole.returns)
    _put(connection, tables.alone_answer, whole.alone)
    problems = verifying.faults_of(connection, whole.id)
    if problems:
        raise InvalidDocument(whole.id, problems)
    row = rows.take(connection, whole.id)
    rows.take_up(connection, pen, row.revision, HEADER)
    rows.write_header(pen, row, {})
    rows.finish(connection, pen, {"changed_at": row.changed_at})
    kept_up.renew(connection, whole.id)
    return "moved"


def would_take(connection: sa.Connection, whole: Whole) -> Would:
    """Return what ``take`` would do: ``other`` where something else stands under the id.

    It is ``here`` where what stands began with the same history, and may have gone on since.
    """
    here = [line["hash"] for line in rows.lines(connection, whole.id)]
    there = [str(line["hash"]) for line in whole.lines]
    if not here:
        return "moved"
    return "here" if here[: len(there)] == there else "other"


def _as_adopted(connection: sa.Connection, framework: Values) -> Values:
    """Return the row of a questionnaire, adopted here as it was there.

    Unless it bears the name of one that is known here and says something else: then it is foreign.
    """
    table, name = tables.framework_version, (framework["framework_id"], framework["version"])
    known = sa.select(table.c.digest).where(
        table.c.framework_id == name[0],
        table.c.version == name[1],
        table.c.adopted_at.is_not(None),
    )
    digests = {*connection.execute(known).scalars()}
    digests |= {digest for digest, each in shipped().items() if each == name}
    is_other = bool(digests) and framework["digest"] not in digests
    return {**framework, "adopted_at": None} if is_other else framework


def _put(connection: sa.Connection, table: sa.Table, values: Sequence[Values]) -> None:
    """Write rows of which some may be here already."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    for each in values:
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), dict(each))
