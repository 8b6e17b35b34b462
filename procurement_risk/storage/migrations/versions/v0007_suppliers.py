"""Suppliers that are kept by themselves, what was decided about them, and words to search in.

The tables are filled when the database is opened. There is no way down: to go back, restore a
backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "supplier",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_supplier"),
    )
    op.create_table(
        "supplier_link",
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("supplier_id", sa.String(40), nullable=False),
        sa.Column("spelling", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_supplier_link"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_supplier_link_assessment_id"
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["supplier.id"], name="fk_supplier_link_supplier_id"
        ),
    )
    op.create_index("ix_supplier_link_supplier_id", "supplier_link", ["supplier_id"])
    op.create_table(
        "supplier_mark",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("mark", "assessment_id", name="pk_supplier_mark"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_supplier_mark_assessment_id"
        ),
    )
    op.create_index("ix_supplier_mark_assessment_id", "supplier_mark", ["assessment_id"])
    op.create_table(
        "supplier_decision",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("supplier_id", sa.String(40), nullable=False),
        sa.Column("other_id", sa.String(40), nullable=False),
        sa.Column("assessments", sa.Text, nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_supplier_decision"),
    )
    op.create_table(
        "search_text",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("part", sa.String(120), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_text"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_search_text_assessment_id"
        ),
    )
    op.create_index("ix_search_text_part", "search_text", ["assessment_id", "part"], unique=True)
