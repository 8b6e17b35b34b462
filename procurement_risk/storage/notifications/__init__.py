"""Who is told what waits: what each person chose, what was noticed, the queue, the webhooks.

notice_choice   what a person wants to be told, and how soon
noticed         what waits for somebody, so that it is told once
message         the queue: a mail or a call of a webhook, in numbers and never in names
webhook         where other systems want to be told
notice_turn     whose turn it is to look, and on which day digests were last made

Nothing here holds an e-mail address: that of a person stands in the list of people alone.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

# Moments as this room writes them: ISO times in UTC that sort as they follow each other.


def moment(at: datetime) -> str:
    """Return ``at`` as it stands in a row."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


# Rows that are written once, whoever comes first, on either database.


def put_new(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """Write a row, and return whether it was not there; of two at the same time one is told so."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table).on_conflict_do_nothing()
    kept = insert.execution_options(preserve_rowcount=True)  # else it is not kept of an insert
    return connection.execute(kept, dict(row)).rowcount > 0
