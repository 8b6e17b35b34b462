"""By which assessment each purchase counts, as columns for the figures of a portfolio.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

LEANS = sa.text("names <> ''")
STANDS = ("assessment_id", "revision", "made_by", "is_scored", "framework_digest")
FEW = (
    "place", "is_newest", "state", "recommendation", "decided", "framework_digest", "tier_low",
    "tier_high", "fictional", "is_foreign", "committed", "scaled", "assessment_id",
)  # fmt: skip


def upgrade() -> None:
    """Make the table, empty: whoever asks for a portfolio fills it."""
    op.create_index("ix_outcome_line_stands", "outcome_line", list(STANDS))
    op.create_table(
        "purchase_line",
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("purchase_id", sa.String(100), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("made_by", sa.String(100), nullable=False),
        sa.Column("framework_digest", sa.String(64), nullable=False),
        sa.Column("supplier_id", sa.String(40), nullable=False),
        sa.Column("is_foreign", sa.Boolean, nullable=False),
        sa.Column("names", sa.Text, nullable=False),
        sa.Column("place", sa.String(10), nullable=False),
        sa.Column("is_newest", sa.Boolean, nullable=False),
        sa.Column("fictional", sa.Boolean, nullable=False),
        sa.Column("committed", sa.BigInteger),
        sa.Column("scaled", sa.BigInteger),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("recommendation", sa.String(40), nullable=False),
        sa.Column("decided", sa.String(40), nullable=False),
        sa.Column("tier_low", sa.Integer),
        sa.Column("tier_high", sa.Integer),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("asked", sa.String(20), nullable=False),
        sa.Column("asked_from", sa.String(10), nullable=False),
        sa.Column("asked_due", sa.String(10), nullable=False),
        sa.Column("due_set", sa.String(10), nullable=False),
        sa.Column("due_soon", sa.String(10), nullable=False),
        sa.Column("due_past", sa.String(10), nullable=False),
        sa.Column("buyer", sa.Text, nullable=False),
        sa.Column("buyer_key", sa.Text, nullable=False),
        sa.Column("capability", sa.Text, nullable=False),
        sa.Column("capability_key", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("owner_key", sa.Text, nullable=False),
        sa.Column("supplier", sa.Text, nullable=False),
        sa.Column("company_number", sa.Text, nullable=False),
        sa.Column("hangs_on", sa.Text, nullable=False),
        sa.Column("model_keys", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_purchase_line"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_purchase_line_assessment_id"
        ),
    )
    op.create_index("ix_purchase_line_purchase_id", "purchase_line", ["purchase_id"])
    op.create_index("ix_purchase_line_few", "purchase_line", list(FEW))
    op.create_index(
        "ix_purchase_line_names",
        "purchase_line",
        ["supplier_id"],
        sqlite_where=LEANS,
        postgresql_where=LEANS,
    )
