"""Links by which suppliers answer: made, shown and revoked here; used by the server."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from procurement_risk.assessment import today as calendar
from procurement_risk.assessment.answers import is_day
from procurement_risk.errors import NotFound, UsageError
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.storage import answer_links, checked, returns, rows, tables
from procurement_risk.storage.answer_links import AnswerLink, Answers, Draft
from procurement_risk.storage.database import Database
from procurement_risk.storage.history import HEADER, Pen
from procurement_risk.storage.history_words import LINKED
from procurement_risk.storage.operations import writing
from procurement_risk.storage.rows import Row

LONGEST_DAYS = 366
MOST_LINKS = 50
"""How many links of one assessment work at a time."""
MOST_TEXT = 1_200_000
"""How many characters are kept of all that a supplier wrote by one link."""


def make_answer_link(
    database: Database,
    assessment_id: str,
    sent: Mapping[str, Any],
    until: str,
    framework: Framework,
    actor: str,
) -> str:
    """Make a link, and return its token, which nobody can be told again.

    Args:
        database: Which.
        assessment_id: The assessment whose supplier answers.
        sent: What is asked, as ``imports.answer_link`` fixes it.
        until: The last ISO day on which it works.
        framework: The version whose questions they are.
        actor: Who makes it.

    Raises:
        UsageError: If it has no end within a year, too many work already, or the assessment is
            archived.
        StaleFramework: If the assessment stands on another version by now.
    """
    today = date.fromisoformat(calendar.today())
    last = (today + timedelta(days=LONGEST_DAYS)).isoformat()
    if not (is_day(until) and today.isoformat() <= until <= last):
        message = _("Write the last day on which it works: from today to {last}.")
        raise UsageError(message.format(last=last))
    pen = checked.pen(assessment_id, actor, f"{LINKED} made, which works until {until}")
    token = secrets.token_urlsafe(32)
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        writing.refuse_other_version(database, row, framework, _("the link"))
        checked.refuse_archived(row)
        there = answer_links.of(connection, assessment_id)
        if sum(each.works(today.isoformat()) for each in there) >= MOST_LINKS:
            raise UsageError(_("So many links work for this assessment already. Revoke some."))
        values = {
            "id": uuid4().hex,
            "digest": answer_links.digest_of(token),
            "assessment_id": assessment_id,
            "framework_digest": row.framework_digest,
            "until": until,
            "sent": json.dumps(sent, ensure_ascii=False),
            "asked": len(sent["asked"]),
            "by": pen.by,
            "at": pen.at,
        }
        connection.execute(tables.answer_link.insert(), values)
        _tell(connection, pen, row)
    return token


def revoke_answer_link(database: Database, assessment_id: str, link_id: str, actor: str) -> None:
    """Let a link work no longer. What was submitted by it stays."""
    pen = checked.pen(assessment_id, actor, f"{LINKED} revoked")
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        if _one(connection, assessment_id, link_id).revoked_at:
            return
        answer_links.write(connection, link_id, revoked_at=pen.at)
        _tell(connection, pen, row)


def discard_answer_link(database: Database, assessment_id: str, link_id: str, actor: str) -> None:
    """Set a submission aside that is not wanted, so that it waits no longer."""
    pen = checked.pen(assessment_id, actor, f"{LINKED}: what it submitted was discarded")
    with database.writing() as connection:
        row = rows.take(connection, assessment_id)
        if not _one(connection, assessment_id, link_id).waits:
            return
        answer_links.write(connection, link_id, discarded_at=pen.at)
        _tell(connection, pen, row)


def answer_link_file(database: Database, assessment_id: str, link_id: str) -> bytes:
    """Return the workbook that was made of a submission. Raises NotFound where there is none."""
    table = tables.answer_link
    with database.reading() as connection:
        _one(connection, assessment_id, link_id)
        query = sa.select(table.c.file).where(table.c.id == link_id)
        return returns.content(connection, connection.execute(query).scalar() or "")


# --- What whoever holds the link may do ---------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What the server shows of an assessment to whoever holds a link, and nothing else of it."""

    title: str
    buyer: str
    supplier: str
    fictional: bool
    framework: Framework
    draft: Draft


def asking_by(database: Database, token: str) -> Asking:
    """Return what is asked by a link. Raises NotFound where it does not work."""
    with database.reading() as connection:
        draft = answer_links.draft(connection, token)
        name = draft.link.assessment_id
        purchase = json.loads(rows.part_value(connection, name, "purchase") or "{}")
        supplier = json.loads(rows.part_value(connection, name, "supplier") or "{}")
        row = rows.assessments(connection, [name])[name]
        framework = database.kept_frameworks.of(connection, draft.framework_digest)
    return Asking(
        title=purchase.get("title", ""),
        buyer=purchase.get("buyer", ""),
        supplier=supplier.get("name", ""),
        fictional=row.fictional,
        framework=framework,
        draft=draft,
    )


def note_opened(database: Database, draft: Draft) -> None:
    """Note that somebody opened a page of questions, the first time."""
    if not draft.link.opened_at:
        with database.writing() as connection:
            answer_links.write(connection, draft.link.id, opened_at=calendar.now())


def save_by_link(
    database: Database, token: str, written: Answers, shown: Mapping[str, str]
) -> frozenset[str]:
    """Save what was written to some questions, and return those that somebody else changed.

    Of those nothing is saved. ``shown`` names exactly what each question's fields held on the
    page that was filled in: what was not touched there changes nothing.

    Raises:
        NotFound: If the link works no longer.
        UsageError: If all of it is too much.
    """
    with database.writing() as connection:
        draft = _locked(connection, token)
        answers, changed = dict(draft.answers), set()
        for name, value in written.items():
            stands = answers.get(name, {})
            if value == stands or answer_links.named(value) == shown.get(name):
                continue
            if answer_links.named(stands) != shown.get(name):
                changed.add(name)
            elif value:
                answers[name] = value
            else:
                answers.pop(name, None)
        if answers != draft.answers:
            text = json.dumps(answers, sort_keys=True, ensure_ascii=False)
            if len(text) > MOST_TEXT:
                raise UsageError(_("That is more than can be kept. Shorten some of it."))
            now = {"answers": text, "answered": len(answers), "saved_at": calendar.now()}
            answer_links.write(connection, draft.link.id, **now)
    return frozenset(changed)


def submit_by_link(database: Database, token: str, seen: str, content: bytes, signed: str) -> bool:
    """Keep the file that was made of the answers, and close the link.

    Returns:
        False where the answers are not those that were ``seen``: then nothing was done.

    Raises:
        NotFound: If the link works no longer.
    """
    digest = hashlib.sha256(content).hexdigest()
    with database.reading() as connection:
        about = answer_links.draft(connection, token).link.assessment_id
        supplier = json.loads(rows.part_value(connection, about, "supplier") or "{}")
    who = str(supplier.get("name", ""))[: checked.LONGEST_NAME] or _("The supplier")
    why = f"{LINKED}: submitted, SHA-256 {digest}, answered for by {signed}"
    pen = checked.pen(about, who, why)
    dialect = postgresql if database.engine.dialect.name == "postgresql" else sqlite
    with database.writing() as connection:
        row = rows.take(connection, about)
        draft = _locked(connection, token)
        if draft.seen != seen:
            return False
        file = dialect.insert(tables.kept_file).on_conflict_do_nothing()
        connection.execute(file, {"digest": digest, "content": content})
        closed = {"file": digest, "submitted_at": pen.at, "signed": signed}
        answer_links.write(connection, draft.link.id, **closed)
        _tell(connection, pen, row)
    return True


def _locked(connection: sa.Connection, token: str) -> Draft:
    draft = answer_links.draft(connection, token)
    answer_links.lock(connection, draft.link.id)
    draft = answer_links.draft(connection, token)
    if draft.link.submitted_at:
        raise answer_links.no_link()
    return draft


def _one(connection: sa.Connection, assessment_id: str, link_id: str) -> AnswerLink:
    found = answer_links.of(connection, assessment_id, link_id) if link_id else []
    if not found:
        raise NotFound(_("There is no such link of this assessment. Look at the list again."))
    return found[0]


def _tell(connection: sa.Connection, pen: Pen, row: Row) -> None:
    """Write the line of history, which changes nothing else."""
    rows.take_up(connection, pen, row.revision, HEADER)
    rows.write_header(pen, row, {})
    rows.finish(connection, pen, {})
