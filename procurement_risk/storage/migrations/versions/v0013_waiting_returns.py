"""Files that suppliers sent back and that wait until somebody takes them in or discards them.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the table; the files themselves lie in the one there is."""
    op.create_table(
        "waiting_return",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("assessment_id", sa.String(100), nullable=False, server_default=""),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waiting_return"),
        sa.ForeignKeyConstraint(["digest"], ["kept_file.digest"], name="fk_waiting_return_digest"),
    )
