"""When each framework was put in use here: null where it only came in with records.

That stands in the history: whoever starts an assessment, or moves one, writes a line about the
assessment's own row, and a record that is brought in gives itself as the reason of its lines.

There is no way down: to go back, restore a backup.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BROUGHT_IN = "Imported from record "


def upgrade() -> None:
    """Add the column, and fill it from the history."""
    op.add_column("framework_version", sa.Column("adopted_at", sa.String(40)))
    connection = op.get_bind()
    for digest, at in _put_in_use(connection).items():
        connection.execute(
            sa.text("UPDATE framework_version SET adopted_at = :at WHERE digest = :digest"),
            {"at": at, "digest": digest},
        )


def _put_in_use(connection: sa.Connection) -> dict[str, str]:
    """Return when each framework was first put in use, by its digest."""
    lines = connection.execute(
        sa.text('SELECT "before", "after", at, reason FROM history WHERE part = \'assessment\'')
    )
    found: dict[str, str] = {}
    for line in lines:
        before, after = (json.loads(each) if each else {} for each in (line.before, line.after))
        digest = (after or {}).get("framework_digest")
        stayed = digest == (before or {}).get("framework_digest")
        if digest and not stayed and not line.reason.startswith(BROUGHT_IN):
            found[digest] = min(line.at, found.get(digest, line.at))
    return found
