"""What was put in use, retired and brought back of questionnaires: which, who, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from procurement_risk.storage import tables
from procurement_risk.storage.history import Pen

What = Literal["in_use", "retired", "brought_back"]
# What every click asks, put together once.
_ALL = sa.select(tables.questionnaire_use).order_by(tables.questionnaire_use.c.seq.desc())


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One time that a person put a questionnaire in use, retired it or brought it back.

    Attributes:
        seq: Its number, from 1.
        what: Which of the three.
        framework_id: The questionnaire.
        version: The version that was in use then.
        digest: The SHA-256 of that version.
        by: Who did it.
        at: When, as an ISO time in UTC.
        reason: Why, or empty.
    """

    seq: int
    what: What
    framework_id: str
    version: str
    digest: str
    by: str
    at: str
    reason: str


def uses(connection: sa.Connection) -> list[Use]:
    """Return everything that was done, the newest first."""
    return [Use(**row) for row in connection.execute(_ALL).mappings()]


def retired(found: Iterable[Use]) -> dict[str, Use]:
    """Return how each questionnaire that is retired now came to be so, by its id."""
    last: dict[str, Use] = {}
    for each in sorted(found, key=lambda use: use.seq):
        last[each.framework_id] = each
    return {name: use for name, use in last.items() if use.what == "retired"}


_times = 0


def times() -> int:
    """Return how often something was done in this process, for what is kept of it in memory."""
    return _times


def write(connection: sa.Connection, what: What, about: tuple[str, str, str], pen: Pen) -> None:
    """Write down that something was done; ``about`` is the id, the version and the digest."""
    global _times
    _times += 1
    table = tables.questionnaire_use
    last = sa.select(sa.func.coalesce(sa.func.max(table.c.seq), 0))
    framework_id, version, digest = about
    connection.execute(
        table.insert(),
        {
            "seq": int(connection.execute(last).scalar_one()) + 1,
            "what": what,
            "framework_id": framework_id,
            "version": version,
            "digest": digest,
            "by": pen.by,
            "at": pen.at,
            "reason": pen.reason,
        },
    )
