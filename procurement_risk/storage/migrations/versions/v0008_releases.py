"""What was given out of an assessment, to whom and why: lines that are only ever added.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table, empty. It names no assessment by key, so that it outlives a deleted one."""
    op.create_table(
        "release",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("about", sa.String(100), nullable=False),
        sa.Column("recipient", sa.String(300), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("file", sa.String(300), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("withheld", sa.Text, nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_release"),
    )
