"""What waits as columns, whose it is and when; what a line shows; who is asked for something.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ASKS = sa.text(
    "(substr(name, 1, 7) IN ('handove', 'comment', 'review:') "
    "OR (name, value) = ('state', '\"in_review\"'))"
)


def upgrade() -> None:
    """Make the table, empty, and the columns: whoever asks for outcomes fills them."""
    op.add_column(
        "outcome_line", sa.Column("shown_key", sa.Text, nullable=False, server_default="")
    )
    op.create_index("ix_outcome_line_is_scored", "outcome_line", ["is_scored"])
    op.create_index(
        "ix_part_asks", "part", ["assessment_id"], sqlite_where=ASKS, postgresql_where=ASKS
    )
    op.create_table(
        "waiting_line",
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("place", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("question", sa.String(120), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("begins", sa.String(10), nullable=False),
        sa.Column("ends", sa.String(10), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("person", sa.String(300), nullable=False),
        sa.Column("beside", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", "place", name="pk_waiting_line"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_waiting_line_assessment_id"
        ),
    )
    for column in ("due", "person", "beside"):
        op.create_index(f"ix_waiting_line_{column}", "waiting_line", [column])
