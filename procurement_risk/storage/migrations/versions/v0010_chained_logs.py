"""What was given out and what was deleted, chained line by line.

Lines that are there already are sealed as they stand now. There is no way down: to go back,
restore a backup.
"""

import sqlalchemy as sa
from alembic import op

from procurement_risk.storage import append_only, logs
from procurement_risk.storage.history import START

revision = "0010"
down_revision = "0009"

TEXTS = {"release": ("recipient", "why", "file", "by"), "tombstone": ("by", "reason", "rule")}
ORDER = {"release": ("seq",), "tombstone": ("at", "assessment_id")}
KEYS = {"release": ("seq",), "tombstone": ("assessment_id", "at")}


def sealing(*texts: str) -> list[sa.Column[str]]:
    """Return the columns that seal a line."""
    names = [f"{text}_{kind}" for text in texts for kind in ("salt", "digest")]
    return [
        sa.Column(name, sa.String(64), nullable=False, server_default="")
        for name in (*names, "previous", "hash")
    ]


def upgrade() -> None:
    """Add the columns and the tables, seal what is there, and refuse every later change of it."""
    number = sa.Column("seq", sa.Integer, nullable=False, server_default=sa.text("0"))
    op.add_column("tombstone", number)
    for table, texts in TEXTS.items():
        for column in sealing(*texts):
            op.add_column(table, column)
    op.create_table(
        "log_erasure",
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("log", sa.String(40), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.Column("stands", sa.String(64), nullable=False),
        sa.Column("instead", sa.Text, nullable=False),
        sa.Column("by", sa.String(300), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        *sealing("instead", "by", "reason"),
        sa.PrimaryKeyConstraint("seq", name="pk_log_erasure"),
    )
    heads = op.create_table(
        "log_head",
        sa.Column("log", sa.String(40), nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("log", name="pk_log_head"),
    )
    connection = op.get_bind()
    for table in TEXTS:
        if head := seal(connection, table):
            connection.execute(heads.insert(), head)
    for table in (*TEXTS, "log_erasure"):
        append_only.make(connection, table)


def seal(connection: sa.Connection, name: str) -> dict[str, object]:
    """Seal every line of a log, and return what its head is then; nothing where it has none."""
    log = logs.LOGS[name]
    table = log.table
    head: dict[str, object] = {}
    order = [table.c[each] for each in ORDER[name]]
    rows = connection.execute(sa.select(table).order_by(*order)).mappings().all()
    for place, row in enumerate(rows, start=1):
        number = place if name == "tombstone" else row["seq"]
        line = logs.sealed(log, dict(row), number, str(head.get("hash", START)))
        this = sa.and_(*(table.c[key] == row[key] for key in KEYS[name]))
        connection.execute(table.update().where(this).values(line))
        head = {"log": name, "entries": number, "hash": line["hash"]}
    return head
