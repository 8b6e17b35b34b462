"""The log of what was given out of an assessment: which file, to whom, why, and what it left out.

A line is added, chained to the one before, and never taken away, also when its assessment is
deleted: an organisation has to be able to say what it released. Of a file only name, size and
digest stay.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from procurement_risk.errors import UsageError
from procurement_risk.language import _
from procurement_risk.storage import logs, tables
from procurement_risk.storage.history import Pen

LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One file that was given out.

    Attributes:
        seq: Its number, from 1.
        about: The assessment's id.
        recipient: To whom, such as who asked, or the public.
        why: On what request or duty.
        file: What the file was called.
        size: Its size in bytes.
        digest: Its SHA-256.
        withheld: The fields that were withheld from publication at the time.
        by: Who gave it out.
        at: When, as an ISO time in UTC.
    """

    seq: int
    about: str
    recipient: str
    why: str
    file: str
    size: int
    digest: str
    withheld: tuple[str, ...]
    by: str
    at: str


def add(
    connection: sa.Connection,
    pen: Pen,
    recipient: str,
    file: tuple[str, bytes],
    withheld: Sequence[str],
) -> Release:
    """Add a line and return it; the pen's reason is why.

    Raises:
        UsageError: If nobody is named, or a name is too long.
    """
    name, content = file[0].strip(), file[1]
    if not recipient.strip():
        raise UsageError(_("Say to whom it was given: the name is empty."))
    for text in (recipient, name):
        if len(text) > LONGEST or "\x00" in text:
            words = _("{text} is no name of at most {most} characters. Shorten it.")
            raise UsageError(words.format(text=repr(text[:60]), most=LONGEST))
    row = {
        "about": pen.assessment_id,
        "recipient": recipient.strip(),
        "why": pen.reason,
        "file": name,
        "size": len(content),
        "digest": hashlib.sha256(content).hexdigest(),
        "withheld": json.dumps(list(withheld)),
        "by": pen.by,
        "at": pen.at,
    }
    return _release({**row, "seq": logs.add(connection, logs.RELEASES, row)})


def every(connection: sa.Connection, assessment_id: str = "") -> list[Release]:
    """Return every line, or those of one assessment, the newest first."""
    table = tables.release
    asked = sa.select(table).order_by(table.c.seq.desc())
    if assessment_id:
        asked = asked.where(table.c.about == assessment_id)
    return [_release(dict(row)) for row in connection.execute(asked).mappings()]


def _release(row: Mapping[str, Any]) -> Release:
    values = {name: row[name] for name in Release.__dataclass_fields__}
    return Release(**{**values, "withheld": tuple(json.loads(row["withheld"]))})
