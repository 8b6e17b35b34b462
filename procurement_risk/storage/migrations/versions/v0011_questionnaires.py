"""Questionnaires put in use and retired, and drafts of them.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make both tables; what stands in the folders of frameworks stays in use."""
    op.create_table(
        "questionnaire_use",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("framework_id", sa.String(200), nullable=False),
        sa.Column("version", sa.String(1_000), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_questionnaire_use"),
    )
    op.create_table(
        "questionnaire_draft",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questionnaire_draft"),
    )
