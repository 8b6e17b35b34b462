"""What a portfolio keeps in memory of an assessment, beside its line.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the column, empty: whoever asks for outcomes fills it."""
    op.add_column("outcome_line", sa.Column("brief", sa.Text, nullable=False, server_default=""))
