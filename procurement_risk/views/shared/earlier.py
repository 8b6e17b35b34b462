"""What an assessment follows: the one before it, or itself before it was moved."""

from __future__ import annotations

from procurement_risk.assessment import AnswerSet, Assessment
from procurement_risk.assessment.parts import assessment_from_parts
from procurement_risk.canonical import digest_of
from procurement_risk.errors import NotFound
from procurement_risk.framework import Framework
from procurement_risk.storage import Store, Stored
from procurement_risk.storage.history import HEADER, HistoryEntry
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened

DIGEST = "framework_digest"


def assessment_before(opened: Opened) -> Stored | None:
    """Return the assessment that this one follows, or None.

    It is the one it says it replaces; failing that, the newest earlier one of the same purchase
    from the same supplier, or of the same supplier as an organisation.
    """
    assessment, store = opened.assessment, session.store_of(opened.id)
    if assessment.replaces and assessment.replaces != opened.id:
        try:
            return store.load(assessment.replaces)
        except NotFound:
            pass  # it is on another machine: look for one here
    ids = [each for each in store.of_supplier(assessment.supplier) if each != opened.id]
    about = opened.framework.subject
    earlier = [
        stored
        for stored in store.load_many(ids)
        if stored.framework.subject == about
        and (about == "supplier" or stored.assessment.purchase.id == assessment.purchase.id)
        and stored.assessment.replaces != opened.id
        and _age(stored.assessment) < _age(assessment)
    ]
    return max(earlier, key=lambda stored: _age(stored.assessment), default=None)


def _age(assessment: Assessment) -> tuple[str, str]:
    return assessment.answer_set.as_of, assessment.created_at


def before_the_move(opened: Opened) -> tuple[Framework, AnswerSet] | None:
    """Return the version it was moved from last and what was answered then, or None.

    None too where the history no longer holds the values, because they were taken out.
    """
    found = from_history(session.store_of(opened.id), opened)
    return None if found is None else (session.spoken(found[0]), found[1])


def from_history(store: Store, opened: Opened) -> tuple[Framework, AnswerSet] | None:
    """Return the same with the framework in its first language, from whatever thread."""
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
    return left[0], then.answer_set


def _moves(entry: HistoryEntry) -> bool:
    if entry.part != HEADER or not entry.before or not entry.after:
        return False
    return bool(entry.before.get(DIGEST) != entry.after.get(DIGEST))


def _together(one: HistoryEntry, other: HistoryEntry) -> bool:
    """Return whether two lines were written at once: a record brought in writes answers first."""
    return (one.at, one.by, one.reason) == (other.at, other.by, other.reason)
