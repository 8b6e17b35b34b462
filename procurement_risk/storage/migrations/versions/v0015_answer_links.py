"""Links by which suppliers answer without an account, and what they have written so far.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table; a file that was made of a submission lies in the one there is."""
    empty = [
        sa.Column(name, sa.String(40), nullable=False, server_default="")
        for name in ("opened_at", "saved_at", "submitted_at", "revoked_at", "discarded_at")
    ]
    op.create_table(
        "answer_link",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("framework_digest", sa.String(64), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.Column("sent", sa.Text, nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        *empty,
        sa.Column("asked", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("answers", sa.Text, nullable=False, server_default="{}"),
        sa.Column("signed", sa.Text, nullable=False, server_default=""),
        sa.Column("file", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_answer_link"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_answer_link_assessment_id"
        ),
        sa.ForeignKeyConstraint(
            ["framework_digest"],
            ["framework_version.digest"],
            name="fk_answer_link_framework_digest",
        ),
        sa.ForeignKeyConstraint(["file"], ["kept_file.digest"], name="fk_answer_link_file"),
    )
    op.create_index("ix_answer_link_digest", "answer_link", ["digest"], unique=True)
    op.create_index("ix_answer_link_assessment_id", "answer_link", ["assessment_id"])
