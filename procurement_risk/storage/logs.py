"""The logs of a whole database, chained line by line as a history is.

    <text>_digest = sha256(<text>_salt + canonical(text)), for each text that may be struck out
    hash          = sha256(canonical(["log-1", table, values, digests of the texts, previous]))

A line that is changed, or deleted from the middle, breaks the chain; one deleted from the end is
not what ``log_head`` says was written. Lines from before there were chains are sealed as they
stood when the database was brought up to date.

Where a text is struck out, its digest stays and its salt goes. What stands there instead has a
salt of its own, and a line of ``log_erasure`` says so and holds the new digest.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from procurement_risk.canonical import canonical_bytes
from procurement_risk.errors import Problem
from procurement_risk.language import N_, _
from procurement_risk.storage import erasures, tables
from procurement_risk.storage.history import START, Pen, text_digest

Row = Mapping[str, Any]
Instead = Mapping[tuple[str, int, str], Row]
"""The last line of ``log_erasure`` about a text: by its log, its line and its column."""


@dataclass(frozen=True, slots=True)
class Log:
    """A table that is a chain.

    Attributes:
        table: The table.
        title: What it is called, to be translated.
        values: The columns that stand in the hash as they are.
        texts: The columns that stand there by a salted digest.
    """

    table: sa.Table
    title: str
    values: tuple[str, ...]
    texts: tuple[str, ...]


RELEASES = Log(
    tables.release,
    N_("the log of what was given out"),
    ("seq", "about", "size", "digest", "withheld", "at"),
    ("recipient", "why", "file", "by"),
)
TOMBSTONES = Log(
    tables.tombstone,
    N_("the log of what was deleted"),
    ("seq", "assessment_id", "at", "record_digest", "head", "entries"),
    ("by", "reason", "rule"),
)
ERASURES = Log(
    tables.log_erasure,
    N_("the log of what was struck out of logs"),
    ("seq", "log", "line", "field", "stands", "at"),
    ("instead", "by", "reason"),
)
LOGS: Mapping[str, Log] = {each.table.name: each for each in (RELEASES, TOMBSTONES, ERASURES)}


def sealed(log: Log, row: Row, seq: int, previous: str) -> dict[str, Any]:
    """Return a row of ``log`` as its line ``seq``, after the line with the hash ``previous``."""
    line = {**row, "seq": seq, "previous": previous}
    for name in log.texts:
        line[f"{name}_salt"] = secrets.token_hex(16)
        line[f"{name}_digest"] = text_digest(line[f"{name}_salt"], line[name])
    return {**line, "hash": _hash(log, line)}


def _hash(log: Log, line: Row) -> str:
    values = [line[name] for name in log.values]
    digests = [line[f"{name}_digest"] for name in log.texts]
    whole = ["log-1", log.table.name, values, digests, line["previous"]]
    return hashlib.sha256(canonical_bytes(whole)).hexdigest()


def add(connection: sa.Connection, log: Log, row: Row) -> int:
    """Add a line to a log, and return its number."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE log_head IN EXCLUSIVE MODE")
    heads, this = tables.log_head, tables.log_head.c.log == log.table.name
    last = connection.execute(sa.select(heads).where(this)).mappings().first()
    seq, previous = (last["entries"] + 1, last["hash"]) if last else (1, START)
    line = sealed(log, row, seq, previous)
    connection.execute(log.table.insert(), line)
    head = {"entries": seq, "hash": line["hash"]}
    if last:
        connection.execute(heads.update().where(this).values(head))
    else:
        connection.execute(heads.insert(), {"log": log.table.name, **head})
    return seq


def strike(
    connection: sa.Connection, log: Log, key: Row, column: str, text: str, instead: str, pen: Pen
) -> None:
    """Put ``text``, in which ``instead`` stands, in a column of a line, and note that."""
    table, salt = log.table, secrets.token_hex(16)
    this = sa.and_(*(table.c[name] == value for name, value in key.items()))
    seq = connection.execute(sa.select(table.c.seq).where(this)).scalar_one()
    connection.execute(table.update().where(this).values({column: text, f"{column}_salt": salt}))
    note = {"log": table.name, "line": seq, "field": column, "stands": text_digest(salt, text)}
    own = {"instead": instead, "by": pen.by, "reason": pen.reason, "at": pen.at}
    add(connection, ERASURES, note | own)


def faults(connection: sa.Connection) -> Iterator[Problem]:
    """Yield every line of a log that is not what was written there, or is gone."""
    lines = {name: _lines(connection, log) for name, log in LOGS.items()}
    instead = {(row["log"], row["line"], row["field"]): row for row in lines[ERASURES.table.name]}
    heads = {row["log"]: row for row in connection.execute(sa.select(tables.log_head)).mappings()}
    for name, log in LOGS.items():
        previous, expected = START, 1
        for row in lines[name]:
            if message := _fault(log, row, expected, previous, instead):
                yield _told(log, message.format(number=max(expected, row["seq"]), n=expected))
            previous, expected = row["hash"], row["seq"] + 1
        written = heads.get(name, {"entries": 0, "hash": START})
        if (written["entries"], written["hash"]) != (expected - 1, previous):
            words = _("It ends at line {last}, but {n} were written.")
            yield _told(log, words.format(last=expected - 1, n=written["entries"]))


def _lines(connection: sa.Connection, log: Log) -> list[Row]:
    query = sa.select(log.table).order_by(log.table.c.seq)
    return [dict(row) for row in connection.execute(query).mappings()]


def _fault(log: Log, row: Row, expected: int, previous: str, instead: Instead) -> str:
    """Return what is wrong with a line, as words, or nothing."""
    if row["seq"] != expected:
        return _("Line {n} is missing.")
    if row["previous"] != previous:
        return _("Line {number} does not follow the line before.")
    if row["hash"] != _hash(log, row):
        return _("Line {number} was altered after it was written.")
    for name in log.texts:
        struck = instead.get((log.table.name, row["seq"], name))
        stands = struck["stands"] if struck is not None else row[f"{name}_digest"]
        is_marked = struck is None or erasures.is_marked(row[name], struck["instead"])
        if not is_marked or text_digest(row[f"{name}_salt"], row[name]) != stands:
            return _("Line {number} was altered after it was written.")
    return ""


def _told(log: Log, message: str) -> Problem:
    advice = _("Compare with a backup.")
    return Problem(log.table.name, f"{_(log.title)}: {message} {advice}")
