"""The list as it opens, in its order; how many lines there are; what is set aside.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("ix_outcome_line_made_by", "outcome_line", ["made_by", "assessment_id"])
    if op.get_bind().dialect.name == "postgresql":
        order = ("changed DESC", 'title_key COLLATE "C"', 'assessment_id COLLATE "C"')
        named = [sa.text(each) for each in order]
        op.create_index("ix_outcome_line_newest", "outcome_line", named)
    op.create_index(
        "ix_assessment_archived",
        "assessment",
        ["id"],
        sqlite_where=sa.text("archived = 1"),
        postgresql_where=sa.text("archived"),
    )
