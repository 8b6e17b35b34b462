"""Answers that two people give alone, until both are done and both are taken in.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "alone_answer",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("question", sa.String(120), nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alone_answer"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_alone_answer_assessment_id"
        ),
    )
    op.create_index("ix_alone_answer_assessment_id", "alone_answer", ["assessment_id"])
