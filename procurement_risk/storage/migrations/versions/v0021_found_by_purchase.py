"""Assessments found by their purchase and by their last change; whose words are kept.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

OF_PEOPLE = sa.text("part = 'people'")


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_assessment_purchase_id", "assessment", ["purchase_id"])
    op.create_index("ix_assessment_changed_at", "assessment", ["changed_at"])
    op.create_index(
        "ix_search_text_people",
        "search_text",
        ["assessment_id"],
        sqlite_where=OF_PEOPLE,
        postgresql_where=OF_PEOPLE,
    )
