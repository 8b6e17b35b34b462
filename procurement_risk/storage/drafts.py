"""A questionnaire that somebody is working on: its text, and who changed it last."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from procurement_risk.errors import NotFound
from procurement_risk.language import _
from procurement_risk.storage import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft of a questionnaire.

    Attributes:
        id: Its name here.
        text: The YAML, whatever is wrong with it.
        revision: How many times it was saved.
        by: Who saved it last.
        at: When, as an ISO time in UTC.
    """

    id: str
    text: str
    revision: int
    by: str
    at: str


def every(connection: sa.Connection) -> list[Draft]:
    """Return all drafts, the one that was changed last first."""
    table = tables.questionnaire_draft
    rows = connection.execute(sa.select(table).order_by(table.c.at.desc())).mappings()
    return [Draft(**row) for row in rows]


def one(connection: sa.Connection, draft_id: str) -> Draft:
    """Return a draft. Raises NotFound where there is none of that id."""
    table = tables.questionnaire_draft
    row = connection.execute(sa.select(table).where(table.c.id == draft_id)).mappings().first()
    if row is None:
        raise NotFound(_("This draft is no longer here: it was put in use or deleted."))
    return Draft(**row)
