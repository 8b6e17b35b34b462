"""All that a backup holds, taken over into a database that is empty."""

from __future__ import annotations

import sqlalchemy as sa

from procurement_risk.errors import InvalidDocument, StorageError, UsageError
from procurement_risk.language import _
from procurement_risk.storage import copying, verifying
from procurement_risk.storage.notifications import forgetting


def fill(source: sa.Connection, target: sa.Connection, *, lenient: bool) -> dict[str, int]:
    """Copy everything from one database into another; return the number of rows by table.

    Args:
        source: What to copy. Every history is verified first.
        target: Where to; nothing may be there.
        lenient: Whether to copy what does not verify.

    Raises:
        UsageError: If something is there already.
        InvalidDocument: If something in the source was altered; it lists every problem.
    """
    if any(verifying.counts(target).values()):
        raise UsageError(
            _(
                "There is something in this database already, and nothing was written over it. "
                "Restore into an empty database, or put this one aside first: "
                "python -m procurement_risk restore --replace BACKUP"
            )
        )
    problems = [] if lenient else list(verifying.faults(source))
    if problems:
        raise InvalidDocument("backup", problems)
    copying.copy_all(source, target)
    counts = verifying.counts(target)
    if counts != verifying.counts(source):
        raise StorageError(_("Not all of the backup arrived. Nothing was written: try again."))
    forgetting.hold_back(target)
    return counts
