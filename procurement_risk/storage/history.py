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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import sqlalchemy as sa

from procurement_risk.canonical import canonical_bytes
from procurement_risk.errors import Problem
from procurement_risk.language import N_, _, ngettext
from procurement_risk.storage import erasures, tables

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


def check_chain(rows: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Yield each line that is not what was written there, in order of the lines."""
    previous, expected = START, 1
    struck = erasures.struck_lines(rows)
    for row in rows:
        where = f"history[{row['seq']}]"
        if row["seq"] != expected:
            message = _("Line {number} of the history is missing.")
            yield _altered(where, message.format(number=expected))
        elif row["previous"] != previous:
            message = _("Line {number} does not follow the line before.")
            yield _altered(where, message.format(number=row["seq"]))
        if message := _fault(row, struck.get(row["seq"])):
            yield _altered(where, message.format(number=row["seq"]))
        previous, expected = row["hash"], row["seq"] + 1


def _fault(row: Mapping[str, Any], struck: erasures.Struck | None) -> str:
    """Return what is wrong with one line, as words with a ``{number}``, or nothing."""
    if struck is not None and not erasures.stands(row, struck):
        return _("Line {number} is not what the erasure left of it.")
    gone = struck.gone if struck is not None else frozenset()
    named = {"by", "reason"} & gone
    if row["hash"] != line_hash(row) and (row["by_digest"] or not named):
        return _("Line {number} was altered after it was written.")
    if row["by_digest"] and not all(map(partial(_text_holds, row, gone), ("by", "reason"))):
        return _("Line {number} was altered after it was written.")
    if not _body_holds(row, gone):
        return _("The values in line {number} were altered after they were written.")
    return ""


def _text_holds(row: Mapping[str, Any], gone: Collection[str], name: str) -> bool:
    salt = row[f"{name}_salt"]
    if not salt:
        return name in gone
    return bool(row[f"{name}_digest"] == text_digest(salt, row[name]))


_ADVICE = N_("Compare with a backup or an exported record.")


def _altered(where: str, message: str) -> Problem:
    return Problem(where, f"{message} {_(_ADVICE)}")


def _body_holds(row: Mapping[str, Any], gone: Collection[str]) -> bool:
    before, after, salt = row["before"], row["after"], row["salt"]
    if salt:
        return bool(row["body_digest"] == body_digest(salt, before, after))
    if "values" in gone:
        return True
    # Before there were erasures, a value could be taken out without an entry that says so.
    return not row["by_digest"] and before is None and after is None


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
    for name in sorted((stands.keys() | led_to.keys()) - {erasures.ERASURE}):
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
    bare = not row["salt"] and row["before"] is None and row["after"] is None
    return stands[1] == count and (bare or stands[0] == row["after"])


def check_framework_text(document: str, digest: str) -> Iterator[Problem]:
    """Yield a problem where the stored framework ``document`` is not the one it was."""
    if hashlib.sha256(document.encode()).hexdigest() != digest:
        yield _altered("framework", _("The questionnaire was altered after it was stored."))
