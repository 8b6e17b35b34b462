"""What suppliers sent back: each file once, by its digest, and who took it into what, when."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from procurement_risk.assessment import Supplier
from procurement_risk.assessment.document import from_document
from procurement_risk.assessment.reviewing import ACCEPTED
from procurement_risk.errors import Damaged, NotFound, StorageError
from procurement_risk.language import _
from procurement_risk.storage import sound, supplier_links, tables
from procurement_risk.storage.history import Pen
from procurement_risk.storage.rows import Row
from procurement_risk.storage.waiting_returns import LONGEST_NAME


@dataclass(frozen=True, slots=True)
class KeptReturn:
    """A file that a supplier sent back, as it was taken into one assessment.

    Attributes:
        assessment_id: The assessment.
        digest: The SHA-256 of the file.
        name: What the file was called.
        size: How many bytes it has.
        supplier: Who it came from: the assessment's supplier then.
        framework_digest: The framework whose questions it answers.
        by: Who took it in.
        at: When, as an ISO time in UTC; the first time, where it was taken in again.
    """

    assessment_id: str
    digest: str
    name: str
    size: int
    supplier: Supplier
    framework_digest: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """Out of which file an answer was accepted, and who answers for it on the supplier's side."""

    digest: str
    issue: str
    signed: str = ""

    @property
    def reason(self) -> str:
        """What the history says of it."""
        said = f"{ACCEPTED}{self.issue}, SHA-256 {self.digest}"
        return f"{said}, answered for by {self.signed}" if self.signed else said


def keep(connection: sa.Connection, pen: Pen, row: Row, name: str, content: bytes) -> str:
    """Keep a file for the assessment in ``row``, unless it is kept already; return its digest."""
    digest = hashlib.sha256(content).hexdigest()
    part = tables.part
    supplier = connection.execute(
        sa.select(part.c.value).where(part.c.assessment_id == row.id, part.c.name == "supplier")
    ).scalar_one()
    values = {
        "assessment_id": row.id,
        "digest": digest,
        "name": name[:LONGEST_NAME],
        "size": len(content),
        "supplier": supplier,
        "framework_digest": row.framework_digest,
        "by": pen.by,
        "at": pen.at,
    }
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    inserts: list[tuple[sa.Table, dict[str, Any]]] = [
        (tables.kept_file, {"digest": digest, "content": content}),
        (tables.supplier_return, values),
    ]
    for table, value in inserts:
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), value)
    return digest


def found(
    connection: sa.Connection, framework_digest: str, supplier: Supplier
) -> list[KeptReturn]:
    """Return what the same supplier sent back to one framework, the newest first.

    Of what nobody can tell who sent it any more, ``taken_into`` tells.
    """
    table = tables.supplier_return
    query = (
        sa.select(table)
        .where(table.c.framework_digest == framework_digest)
        .order_by(table.c.at.desc(), table.c.assessment_id)
    )
    kept = []
    for row in connection.execute(query).mappings():
        with suppress(Damaged):
            kept.append(_kept(row))
    meant = supplier_links.meant(connection, supplier)
    return [each for each in kept if meant & supplier_links.meant(connection, each.supplier)]


def taken_into(connection: sa.Connection, assessment_id: str) -> list[KeptReturn]:
    """Return what was taken into one assessment, the oldest first.

    Raises:
        Damaged: If nobody can tell any more who sent one of them.
    """
    table = tables.supplier_return
    query = (
        sa.select(table)
        .where(table.c.assessment_id == assessment_id)
        .order_by(table.c.at, table.c.digest)
    )
    return [_kept(row) for row in connection.execute(query).mappings()]


def _kept(row: sa.RowMapping) -> KeptReturn:
    supplier = sound.value("supplier", row["supplier"])
    if supplier is None:
        raise Damaged(row["assessment_id"], [sound.damaged("return")])
    return KeptReturn(**{**row, "supplier": from_document(Supplier, supplier)})


def no_file(digest: str) -> NotFound:
    """Return the error that no such file is kept."""
    return NotFound(_("No file with the SHA-256 {digest} is kept here.").format(digest=digest))


def content(connection: sa.Connection, digest: str) -> bytes:
    """Return the file ``digest``, just as it was kept.

    Raises:
        NotFound: If there is no such file.
        StorageError: If it was altered since.
    """
    table = tables.kept_file
    query = sa.select(table.c.content).where(table.c.digest == digest)
    kept = connection.execute(query).scalar()
    if kept is None:
        raise no_file(digest)
    if hashlib.sha256(kept).hexdigest() != digest:
        message = _("The file {digest} was altered after it was kept. Restore a backup.")
        raise StorageError(message.format(digest=digest))
    return bytes(kept)
