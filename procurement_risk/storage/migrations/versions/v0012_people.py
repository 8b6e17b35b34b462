"""Organisations, people and their roles, tokens, settings, and the log of what was read.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

from procurement_risk.storage import append_only

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables; who buys in each assessment is kept when the store is opened."""
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
    )
    op.create_table(
        "organisation_buyer",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.String(40), nullable=False),
        sa.Column("buyer", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation_buyer"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_organisation_buyer_organisation_id",
        ),
    )
    op.create_table(
        "assessment_buyer",
        sa.Column("assessment_id", sa.String(100), nullable=False),
        sa.Column("buyer", sa.String(300), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_assessment_buyer"),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name="fk_assessment_buyer_assessment_id",
        ),
    )
    op.create_index("ix_assessment_buyer_buyer", "assessment_buyer", ["buyer"])
    op.create_table(
        "agreement",
        sa.Column("organisation_id", sa.String(40), nullable=False),
        sa.Column("other_id", sa.String(40), nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", "other_id", name="pk_agreement"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_agreement_organisation_id",
        ),
        sa.ForeignKeyConstraint(["other_id"], ["organisation.id"], name="fk_agreement_other_id"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("email", sa.String(300), nullable=False),
        sa.Column("claims", sa.Text, nullable=False),
        sa.Column("first_at", sa.String(40), nullable=False),
        sa.Column("last_at", sa.String(40), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    op.create_index("ix_person_subject", "person", ["issuer", "subject"], unique=True)
    op.create_table(
        "role_grant",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=True),
        sa.Column("claim", sa.String(300), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.String(40), nullable=False),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("ended_by", sa.String(300), nullable=False),
        sa.Column("ended_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_role_grant"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_role_grant_person_id"),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.String(40), nullable=False),
        sa.Column("sections", sa.Text, nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("last_at", sa.String(40), nullable=False),
        sa.Column("revoked_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_token"),
    )
    op.create_index("ix_api_token_digest", "api_token", ["digest"], unique=True)
    op.create_table(
        "setting",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    op.create_table(
        "read_log",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("person_id", sa.String(40), nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("about", sa.String(100), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_read_log"),
    )
    op.create_index("ix_read_log_at", "read_log", ["at"])
    append_only.make(op.get_bind(), "read_log")
