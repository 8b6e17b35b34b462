"""A table of outcomes: what was made of each assessment, so that a portfolio scores nothing anew.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table, empty: whoever asks for outcomes fills it."""
    op.create_table(
        "outcome",
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("framework_digest", sa.String(64), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_outcome"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_outcome_assessment_id"
        ),
        sa.ForeignKeyConstraint(
            ["framework_digest"],
            ["framework_version.digest"],
            name="fk_outcome_framework_digest",
        ),
    )
