"""An assessment as it stood before it was moved to another version, from its history."""

from __future__ import annotations

from procurement_risk.assessment import AnswerSet
from procurement_risk.assessment_document import assessment_from_parts
from procurement_risk.canonical import digest_of
from procurement_risk.framework import Framework
from procurement_risk.storage.history import HEADER, HistoryEntry
from procurement_risk.views import session
from procurement_risk.views.session import Opened

DIGEST = "framework_digest"


def before_the_move(opened: Opened) -> tuple[Framework, AnswerSet] | None:
    """Return the version it was moved from last and what was answered then, or None.

    None too where the history no longer holds the values, because they were taken out.
    """
    store = session.store_of(opened.id)
    entries = store.history(opened.id)
    moved = [entry for entry in entries if _moves(entry)]
    if not moved:
        return None
    last = moved[-1]
    digest = last.before[DIGEST]
    known = store.frameworks(opened.framework.id)
    left = [each for each in known if digest_of(dict(each.document)) == digest]
    earlier = [entry for entry in entries[: last.seq - 1] if not _together(entry, last)]
    if not left or any(entry.is_redacted for entry in earlier):
        return None
    parts = {entry.part: entry.after for entry in earlier if entry.part != HEADER}
    then = assessment_from_parts(
        parts, id=opened.id, fictional=False, created_at="", created_by=""
    )
    return session.spoken(left[0]), then.answer_set


def _moves(entry: HistoryEntry) -> bool:
    if entry.part != HEADER or not entry.before or not entry.after:
        return False
    return bool(entry.before.get(DIGEST) != entry.after.get(DIGEST))


def _together(one: HistoryEntry, other: HistoryEntry) -> bool:
    """Return whether two lines were written at once: a record brought in writes answers first."""
    return (one.at, one.by, one.reason) == (other.at, other.by, other.reason)
