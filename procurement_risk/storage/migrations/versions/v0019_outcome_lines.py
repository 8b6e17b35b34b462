"""What was made of each assessment as columns, so that a list is asked of the database.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Make the table, empty: whoever asks for outcomes fills it."""
    op.create_table(
        "outcome_line",
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("framework_digest", sa.String(64), nullable=False),
        sa.Column("is_scored", sa.Boolean, nullable=False),
        sa.Column("title_key", sa.Text, nullable=False),
        sa.Column("supplier", sa.Text, nullable=False),
        sa.Column("supplier_key", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("owner_key", sa.Text, nullable=False),
        sa.Column("models", sa.Text, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("recommendation", sa.String(40), nullable=False),
        sa.Column("tier_low", sa.Integer),
        sa.Column("tier_high", sa.Integer),
        sa.Column("level_low", sa.Integer),
        sa.Column("level_high", sa.Integer),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("committed", sa.BigInteger),
        sa.Column("changed", sa.String(10), nullable=False),
        sa.Column("due_set", sa.String(10), nullable=False),
        sa.Column("due_soon", sa.String(10), nullable=False),
        sa.Column("due_past", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_outcome_line"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_outcome_line_assessment_id"
        ),
    )
    for column in ("changed", "committed", "recommendation", "state"):
        op.create_index(f"ix_outcome_line_{column}", "outcome_line", [column])
