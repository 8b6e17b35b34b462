"""Noting what was given out: a line in the log, with what was withheld that day."""

from __future__ import annotations

from procurement_risk.assessment.publication import publish
from procurement_risk.assessment.today import today
from procurement_risk.storage import Release, Store


def note(
    store: Store, assessment_id: str, recipient: str, why: str, file: tuple[str, bytes], actor: str
) -> Release:
    """Add that ``file`` was given out to ``recipient``, and return the line.

    Args:
        store: Where the assessment is.
        assessment_id: What the file is about.
        recipient: To whom it was given.
        why: On what request or duty.
        file: Its name and its bytes as they were given.
        actor: Who gave it out.

    Raises:
        NotFound: If there is no such assessment.
        UsageError: If nobody or no reason is named.
    """
    shown = publish(store.load(assessment_id).assessment, today())
    withheld = [each.path for each in shown.withheld if each.ground != "inside"]
    return store.add_release(assessment_id, recipient, file, withheld, actor, why)
