"""Drafts of questionnaires: begun, saved as one types, deleted."""

from __future__ import annotations

from uuid import uuid4

from procurement_risk.errors import UsageError
from procurement_risk.framework.yaml_source import MAX_BYTES
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.storage import checked, drafts, tables
from procurement_risk.storage.database import Database
from procurement_risk.storage.drafts import Draft


def begin_draft(database: Database, text: str, actor: str) -> Draft:
    """Keep ``text`` as a new draft, and return it. Raises UsageError where it is too long."""
    pen = checked.pen("", actor, "")
    _refuse_too_long(text)
    begun = Draft(id=str(uuid4()), text=text, revision=1, by=pen.by, at=pen.at)
    values = {name: getattr(begun, name) for name in ("id", "text", "revision", "by", "at")}
    with database.writing() as connection:
        connection.execute(tables.questionnaire_draft.insert(), values)
    return begun


def save_draft(
    database: Database, draft_id: str, text: str, expected_revision: int, actor: str
) -> Draft:
    """Save the text of a draft, and return it as it is then.

    Raises:
        NotFound: If there is no such draft.
        UsageError: If somebody saved it since ``expected_revision``; theirs stands.
    """
    pen = checked.pen("", actor, "")
    _refuse_too_long(text)
    table = tables.questionnaire_draft
    with database.writing() as connection:
        held = drafts.one(connection, draft_id)
        if held.revision != expected_revision:
            message = _(
                "{name} changed this draft while you were working on it, so this change was not "
                "saved. Look at their version, which is shown now, and make it again."
            )
            raise UsageError(message.format(name=held.by))
        values = {"text": text, "revision": held.revision + 1, "by": pen.by, "at": pen.at}
        connection.execute(table.update().where(table.c.id == draft_id).values(**values))
        return drafts.one(connection, draft_id)


def delete_draft(database: Database, draft_id: str) -> None:
    """Delete a draft, if it is there."""
    table = tables.questionnaire_draft
    with database.writing() as connection:
        connection.execute(table.delete().where(table.c.id == draft_id))


def _refuse_too_long(text: str) -> None:
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        message = _("A questionnaire may have {most} bytes. Shorten its texts.")
        raise UsageError(message.format(most=grouped(MAX_BYTES)))
