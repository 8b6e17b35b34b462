"""What programs were answered, taken out where it tells of what is gone.

An answer is kept for a day, so that its request may come a second time. The request stays known:
it is not carried out anew, and is answered that there is nothing left of it.
"""

from __future__ import annotations

import json

import sqlalchemy as sa

from procurement_risk.storage import tables
from procurement_risk.storage.mentions import Mention

GONE, STATUS = '{"body": null, "headers": {}}', 410


def forget(connection: sa.Connection, assessment_id: str) -> None:
    """Take out every answer that names an assessment."""
    told = tables.kept_answer.c.answer
    _take_out(connection, told.contains(json.dumps(assessment_id), autoescape=True))


def forget_mention(connection: sa.Connection, mention: Mention) -> None:
    """Take out every answer in which a name or a passage stands, in whatever field."""
    table = tables.kept_answer
    for row in connection.execute(sa.select(table.c.id, table.c.answer)).all():
        if row.answer and mention.is_in(json.dumps(json.loads(row.answer), ensure_ascii=False)):
            _take_out(connection, table.c.id == row.id)


def _take_out(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    values = {"answer": GONE, "status": STATUS}
    connection.execute(tables.kept_answer.update().where(which).values(values))
