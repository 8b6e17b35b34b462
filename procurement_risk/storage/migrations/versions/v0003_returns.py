"""Tables of what suppliers sent back: each file once, and the assessments it was taken into.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables, empty."""
    op.create_table(
        "kept_file",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_kept_file"),
    )
    op.create_table(
        "supplier_return",
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("supplier", sa.Text, nullable=False),
        sa.Column("framework_digest", sa.String(64), nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", "digest", name="pk_supplier_return"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_supplier_return_assessment_id"
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["kept_file.digest"], name="fk_supplier_return_digest"
        ),
        sa.ForeignKeyConstraint(
            ["framework_digest"],
            ["framework_version.digest"],
            name="fk_supplier_return_framework_digest",
        ),
    )
