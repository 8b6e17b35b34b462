"""The links by which suppliers answer: one supplier, one purchase, what was written so far.

    token ── digest ──> row: sent (what is asked, fixed when it was made), answers, file

Of the token only the digest is kept. What is asked does not follow the assessment: what the buyer
writes later, and so which questions would apply then, is not told to whoever holds the link.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from procurement_risk.assessment.today import today
from procurement_risk.errors import NotFound
from procurement_risk.language import _
from procurement_risk.storage import tables

Answers = Mapping[str, Mapping[str, str]]
"""What was written, by question: the text of each of its fields that holds any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLink:
    """A link, as whoever made it sees it: how far the supplier is, and nothing that it wrote.

    Attributes:
        until: The last day on which it works, as an ISO day in UTC.
        by: Who made it.
        at: When, as an ISO time in UTC, as are the others.
        opened_at: When somebody first opened a page of questions by it, or empty.
        saved_at: When something was saved last, or empty.
        submitted_at: When it was submitted, or empty.
        revoked_at: When it was revoked, or empty.
        discarded_at: When the submission was set aside without taking it in, or empty.
        answered: To how many questions something was written.
        asked: How many were asked.
        signed: Who answers for it, in a line; empty before it is submitted.
        is_taken: Whether the file that was made of it was taken in.
        has_file: Whether there is one.
    """

    id: str
    assessment_id: str
    until: str
    by: str
    at: str
    opened_at: str
    saved_at: str
    submitted_at: str
    revoked_at: str
    discarded_at: str
    answered: int
    asked: int
    signed: str
    is_taken: bool
    has_file: bool

    @property
    def waits(self) -> bool:
        """Whether what was submitted waits to be taken in."""
        return self.has_file and not (self.is_taken or self.discarded_at)

    def works(self, today: str) -> bool:
        """Whether the supplier can still write something by it."""
        return not (self.submitted_at or self.revoked_at or self.until < today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the server works with: a link that works, or was submitted.

    Attributes:
        sent: What was fixed when it was made.
        answers: What was written so far; nothing once it is submitted.
        seen: What names these answers exactly.
    """

    link: AnswerLink
    sent: Mapping[str, Any]
    answers: Answers
    seen: str
    framework_digest: str


def digest_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def named(value: object) -> str:
    """Return what names a value exactly, in a few digits."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


def of(connection: sa.Connection, assessment_id: str = "", link_id: str = "") -> list[AnswerLink]:
    """Return the links of an assessment, or of all, the newest first."""
    table = tables.answer_link
    query = _query().order_by(table.c.at.desc(), table.c.id)
    if assessment_id:
        query = query.where(table.c.assessment_id == assessment_id)
    if link_id:
        query = query.where(table.c.id == link_id)
    return [_link(row) for row in connection.execute(query).mappings()]


def draft(connection: sa.Connection, token: str) -> Draft:
    """Return what is behind a token.

    Raises:
        NotFound: If nothing is, or no longer: which, is not said.
    """
    owner = tables.assessment
    kept = tables.answer_link
    query = _query(kept.c.sent, kept.c.answers, kept.c.framework_digest)
    query = query.where(kept.c.digest == digest_of(token))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise no_link()
    link = _link(row)
    is_archived = sa.select(owner.c.archived).where(owner.c.id == link.assessment_id)
    gone = connection.execute(is_archived).scalar()
    if gone or not (link.works(today()) or (link.submitted_at and not link.revoked_at)):
        raise no_link()
    answers = {} if link.submitted_at else json.loads(row["answers"])
    return Draft(
        link=link,
        sent=json.loads(row["sent"]),
        answers=answers,
        seen=named(answers),
        framework_digest=row["framework_digest"],
    )


def lock(connection: sa.Connection, link_id: str) -> None:
    """Keep other writers off a link until the end."""
    table = tables.answer_link
    connection.execute(sa.select(table.c.id).where(table.c.id == link_id).with_for_update())


def write(connection: sa.Connection, link_id: str, **values: object) -> None:
    """Write columns of a link."""
    table = tables.answer_link
    connection.execute(table.update().where(table.c.id == link_id).values(**values))


def drop_files(connection: sa.Connection, digests: Collection[str]) -> None:
    """Let no link need one of these files, which are taken out."""
    table = tables.answer_link
    connection.execute(table.update().where(table.c.file.in_(digests)).values(file=None))


def no_link() -> NotFound:
    """Return the error that a link does not work."""
    return NotFound(_("This link does not work here, or no longer. Ask whoever sent it to you."))


def _query(*more: sa.Column[Any]) -> sa.Select[Any]:
    link, taken = tables.answer_link, tables.supplier_return
    is_taken = (
        sa.select(taken.c.digest)
        .where(taken.c.assessment_id == link.c.assessment_id, taken.c.digest == link.c.file)
        .exists()
    )
    has_file = link.c.file.is_not(None)
    names = AnswerLink.__dataclass_fields__.keys() & link.c.keys()
    shown = [link.c[name] for name in sorted(names)]
    return sa.select(*shown, *more, is_taken.label("is_taken"), has_file.label("has_file"))


def _link(row: sa.RowMapping) -> AnswerLink:
    return AnswerLink(**{name: row[name] for name in AnswerLink.__dataclass_fields__})
