"""The append-only history of an assessment: a chain in which each line seals the one before.

    body_digest   = sha256(salt + canonical([before, after]))
    by_digest     = sha256(by_salt + canonical(by)), and likewise reason_digest
    hash          = sha256(canonical(["line-2", assessment_id, seq, part, at, body_digest,
                                      by_digest, reason_digest, previous]))

The chain rests on digests and not on names and values, so either can later be struck out (with
its salt, so that it cannot be guessed) and the chain still holds; ``erasures`` says when that is
believed. It shows later alteration to whoever kept the hash of an earlier line; it cannot show
that the whole of it was written anew.

Older lines have no ``by_digest``: their hash covers the name and the reason themselves, as
``sha256(canonical([assessment_id, seq, part, by, at, reason, body_digest, previous]))``.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from procurement_risk.canonical import canonical_bytes
from procurement_risk.storage import tables
from procurement_risk.storage.prepared import Prepared

START = "0" * 64
"""What the first line names as the hash of the one before."""

_ADD = Prepared(tables.history.insert(), tables.history.c.keys())

HEADER = "assessment"
"""The part of the history that tells of the assessment's own row: framework, origin, archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One change: ``part`` went from ``before`` to ``after``; None is an empty part.

    Attributes:
        seq: Number of the line, from 1, without gaps.
        salt: Random text mixed into ``body_digest``; empty where the values were taken out.
        by_digest: Digest of ``by`` with ``by_salt``; empty in an older line, which has neither.
        reason_digest: The same of ``reason``.
    """

    seq: int
    part: str
    before: Any
    after: Any
    by: str
    at: str
    reason: str
    salt: str
    body_digest: str
    previous: str
    hash: str
    by_salt: str = ""
    by_digest: str = ""
    reason_salt: str = ""
    reason_digest: str = ""

    @property
    def is_redacted(self) -> bool:
        """Whether something was taken out of the two values, leaving only their digest."""
        return not self.salt

    @property
    def is_bare(self) -> bool:
        """Whether nothing stands in place of the values that were taken out."""
        return not self.salt and self.before is None and self.after is None


@dataclass(slots=True, kw_only=True)
class Pen:
    """Writes lines of history within one transaction, all by one person for one reason.

    Attributes:
        seq: Number of the last line written.
        previous: Hash of the last line written.
    """

    assessment_id: str
    by: str
    at: str
    reason: str
    seq: int = 0
    previous: str = START
    _rows: list[dict[str, Any]] = field(default_factory=list)

    def write(self, part: str, before: str | None, after: str | None) -> None:
        """Add the line that ``part`` went from ``before`` to ``after``, both canonical JSON."""
        self.seq += 1
        salt, by_salt, reason_salt = (secrets.token_hex(16) for _each in range(3))
        row = {
            "assessment_id": self.assessment_id,
            "seq": self.seq,
            "part": part,
            "before": before,
            "after": after,
            "salt": salt,
            "body_digest": body_digest(salt, before, after),
            "by": self.by,
            "at": self.at,
            "by_salt": by_salt,
            "by_digest": text_digest(by_salt, self.by),
            "reason": self.reason,
            "reason_salt": reason_salt,
            "reason_digest": text_digest(reason_salt, self.reason),
            "previous": self.previous,
        }
        self.previous = row["hash"] = line_hash(row)
        self._rows.append(row)

    def put_down(self, connection: sa.Connection) -> None:
        """Send the lines to the database."""
        if len(self._rows) == 1:  # as every click has it
            _ADD.on(connection, self._rows[0])
        else:
            connection.execute(tables.history.insert(), self._rows)
        self._rows.clear()


def canonical_text(value: object) -> str:
    """Return ``value`` as the one JSON text that digests are taken over."""
    return canonical_bytes(value).decode()


def body_digest(salt: str, before: str | None, after: str | None) -> str:
    """Return the digest of a change between two values in canonical JSON."""
    body = f"{salt}[{_or_null(before)},{_or_null(after)}]"
    return hashlib.sha256(body.encode()).hexdigest()


def text_digest(salt: str, text: str) -> str:
    """Return the digest of a name or a reason."""
    return hashlib.sha256(f"{salt}{canonical_text(text)}".encode()).hexdigest()


def _or_null(value: str | None) -> str:
    return "null" if value is None else value


_SEALED_OLDER = ("assessment_id", "seq", "part", "by", "at", "reason", "body_digest", "previous")
_SEALED = (
    "assessment_id", "seq", "part", "at", "body_digest", "by_digest", "reason_digest", "previous",
)  # fmt: skip


def line_hash(line: Mapping[str, Any]) -> str:
    """Return the hash that seals one line of history."""
    if line["by_digest"]:
        sealed = ["line-2", *(line[key] for key in _SEALED)]
    else:
        sealed = [line[key] for key in _SEALED_OLDER]
    return hashlib.sha256(canonical_bytes(sealed)).hexdigest()


def entry(row: Mapping[str, Any]) -> HistoryEntry:
    """Return the line of history in a database row."""
    values = {key: row[key] for key in HistoryEntry.__dataclass_fields__}
    for key in ("before", "after"):
        values[key] = None if row[key] is None else json.loads(row[key])
    return HistoryEntry(**values)
