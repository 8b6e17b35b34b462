"""Names of a supplier that no assessment has: a decision about it may be about a name.

There is no way down: to go back, restore a backup.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column; it is empty for every decision that was made before."""
    name = sa.Column("name", sa.String(300), nullable=False, server_default="")
    op.add_column("supplier_decision", name)
