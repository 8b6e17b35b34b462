"""Who is told what waits: choices, what was noticed, the queue, webhooks.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def _text(name: str, most: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(most), nullable=False)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "notice_choice",
        _text("person_id", 40),
        _text("by", 300),
        _text("at", 40),
        sa.Column("choices", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_notice_choice"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_notice_choice_person_id"),
    )
    op.create_table(
        "noticed",
        _text("recipient", 40),
        _text("key", 64),
        _text("kind", 40),
        _text("at", 40),
        _text("told_at", 40),
        sa.PrimaryKeyConstraint("recipient", "key", name="pk_noticed"),
    )
    op.create_table(
        "webhook",
        _text("id", 40),
        _text("name", 300),
        _text("address", 500),
        _text("organisation_id", 40),
        sa.Column("kinds", sa.Text, nullable=False),
        _text("by", 300),
        _text("at", 40),
        _text("begun_at", 40),
        sa.PrimaryKeyConstraint("id", name="pk_webhook"),
    )
    op.create_table(
        "message",
        _text("id", 40),
        _text("key", 200),
        _text("person_id", 40),
        _text("webhook_id", 40),
        _text("kind", 40),
        sa.Column("body", sa.Text, nullable=False),
        _text("state", 20),
        sa.Column("attempts", sa.Integer, nullable=False),
        _text("at", 40),
        _text("due_at", 40),
        _text("tried_at", 40),
        _text("why", 40),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
    )
    op.create_index("ix_message_key", "message", ["key"], unique=True)
    op.create_index("ix_message_state", "message", ["state", "due_at"])
    op.create_table(
        "notice_turn",
        _text("name", 40),
        _text("holder", 40),
        _text("until", 40),
        _text("day", 10),
        sa.PrimaryKeyConstraint("name", name="pk_notice_turn"),
    )
