"""Names and reasons of new lines behind salted digests; legal holds; tombstones.

Lines that are there already stay as they are, with their hashes. There is no way down: to go
back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"

DIGESTS = ("by_salt", "by_digest", "reason_salt", "reason_digest")


def upgrade() -> None:
    """Add the columns and the table."""
    for name in DIGESTS:
        column = sa.Column(name, sa.String(64), nullable=False, server_default="")
        op.add_column("history", column)
    op.add_column("assessment", sa.Column("hold", sa.Text))
    op.create_table(
        "tombstone",
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("record_digest", sa.String(64), nullable=False),
        sa.Column("head", sa.String(64), nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", "at", name="pk_tombstone"),
    )
