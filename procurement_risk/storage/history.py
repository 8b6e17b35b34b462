"""The append-only history of an assessment: a chain in which each line seals the one before.

    body_digest = sha256(salt + canonical([before, after]))
    hash        = sha256(canonical([assessment_id, seq, part, by, at, reason, body_digest,
                                    previous]))

The chain rests on the body's digest and not on the body, so a value can later be taken out (with
its salt, so that it cannot be guessed) and the chain still holds. It shows later alteration to
whoever kept the hash of an earlier line; it cannot show that the whole of it was written anew.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from procurement_risk.canonical import canonical_bytes
from procurement_risk.errors import Problem
from procurement_risk.language import N_, _, ngettext
from procurement_risk.storage import tables

START = "0" * 64
"""What the first line names as the hash of the one before."""

HEADER = "assessment"
"""The part of the history that tells of the assessment's own row: framework, origin, archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One change: ``part`` went from ``before`` to ``after``; None is an empty part.

    Attributes:
        seq: Number of the line, from 1, without gaps.
        salt: Random text mixed into ``body_digest``; empty where the values were taken out.
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

    @property
    def is_redacted(self) -> bool:
        """Whether the two values were taken out, leaving only their digest."""
        return not self.salt


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
        salt = secrets.token_hex(16)
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
            "reason": self.reason,
            "previous": self.previous,
        }
        self.previous = row["hash"] = line_hash(row)
        self._rows.append(row)

    def put_down(self, connection: sa.Connection) -> None:
        """Send the lines to the database."""
        connection.execute(tables.history.insert(), self._rows)
        self._rows.clear()


def canonical_text(value: object) -> str:
    """Return ``value`` as the one JSON text that digests are taken over."""
    return canonical_bytes(value).decode()


def body_digest(salt: str, before: str | None, after: str | None) -> str:
    """Return the digest of a change between two values in canonical JSON."""
    body = f"{salt}[{_or_null(before)},{_or_null(after)}]"
    return hashlib.sha256(body.encode()).hexdigest()


def _or_null(value: str | None) -> str:
    return "null" if value is None else value


_SEALED = ("assessment_id", "seq", "part", "by", "at", "reason", "body_digest", "previous")


def line_hash(line: Mapping[str, Any]) -> str:
    """Return the hash that seals one line of history."""
    return hashlib.sha256(canonical_bytes([line[key] for key in _SEALED])).hexdigest()


def entry(row: Mapping[str, Any]) -> HistoryEntry:
    """Return the line of history in a database row."""
    values = {key: row[key] for key in HistoryEntry.__dataclass_fields__}
    for key in ("before", "after"):
        values[key] = None if row[key] is None else json.loads(row[key])
    return HistoryEntry(**values)


def check_chain(rows: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield each line that is not what was written there, in order of the lines."""
    previous, expected = START, 1
    for row in rows:
        where = f"history[{row['seq']}]"
        if row["seq"] != expected:
            message = _("Line {number} of the history is missing.")
            yield _altered(where, message.format(number=expected))
        elif row["previous"] != previous:
            message = _("Line {number} does not follow the line before.")
            yield _altered(where, message.format(number=row["seq"]))
        if row["hash"] != line_hash(row):
            message = _("Line {number} was altered after it was written.")
            yield _altered(where, message.format(number=row["seq"]))
        elif not _body_holds(row):
            message = _("The values in line {number} were altered after they were written.")
            yield _altered(where, message.format(number=row["seq"]))
        previous, expected = row["hash"], row["seq"] + 1


_ADVICE = N_("Compare with a backup or an exported record.")


def _altered(where: str, message: str) -> Problem:
    return Problem(where, f"{message} {_(_ADVICE)}")


def _body_holds(row: Mapping[str, Any]) -> bool:
    before, after, salt = row["before"], row["after"], row["salt"]
    if not salt:  # taken out on purpose
        return before is None and after is None
    return bool(row["body_digest"] == body_digest(salt, before, after))


def check_present(
    rows: Iterable[Mapping[str, Any]],
    parts: Mapping[str, tuple[str | None, int]],
    header: str,
    revision: int,
) -> Iterator[Problem]:
    """Yield where what stands now is not what the history leads to.

    Args:
        rows: The history, in order.
        parts: Each part's value as canonical JSON, and its revision.
        header: The assessment's own row as canonical JSON.
        revision: The assessment's revision.
    """
    led_to: dict[str, tuple[Mapping[str, Any], int]] = {}
    last = 0
    for row in rows:
        count = led_to[row["part"]][1] if row["part"] in led_to else 0
        led_to[row["part"]], last = (row, count + 1), row["seq"]
    if last != revision:
        message = ngettext(
            "The history ends at line {last}, but {n} was written.",
            "The history ends at line {last}, but {n} were written.",
            revision,
        )
        yield _altered("history", message.format(last=last, n=revision))
    stands = {**parts, HEADER: (header, led_to[HEADER][1] if HEADER in led_to else 0)}
    for name in sorted(stands.keys() | led_to.keys()):
        if not _agrees(stands.get(name), led_to.get(name)):
            message = _(
                "{part} is not what the history leads to: it was changed without a line of "
                "history."
            )
            yield _altered(name, message.format(part=name))


def _agrees(
    stands: tuple[str | None, int] | None, led_to: tuple[Mapping[str, Any], int] | None
) -> bool:
    if stands is None or led_to is None:
        return False
    row, count = led_to
    return stands[1] == count and (not row["salt"] or stands[0] == row["after"])


def check_framework_text(document: str, digest: str) -> Iterator[Problem]:
    """Yield a problem where the stored framework ``document`` is not the one it was."""
    if hashlib.sha256(document.encode()).hexdigest() != digest:
        yield _altered("framework", _("The framework was altered after it was stored."))
