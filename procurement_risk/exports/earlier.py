"""What an assessment follows: the one before it, or itself before it was moved.

Frameworks come as they are stored, in their first language, from whatever thread.
"""

from __future__ import annotations

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.parts import assessment_from_parts
from procurement_risk.canonical import digest_of
from procurement_risk.errors import Damaged, NotFound
from procurement_risk.exports.export import Earlier
from procurement_risk.framework import Framework
from procurement_risk.storage import Store, Stored
from procurement_risk.storage.erasures import ERASURE
from procurement_risk.storage.history import HEADER, HistoryEntry

DIGEST = "framework_digest"


def assessment_before(store: Store, assessment: Assessment, framework: Framework) -> Stored | None:
    """Return the assessment that this one follows, or None.

    It is the one it says it replaces; failing that, the newest earlier one of the same purchase
    from the same supplier, or of the same supplier as an organisation.
    """
    if assessment.replaces and assessment.replaces != assessment.id:
        try:
            return store.load_many([assessment.replaces])[0]
        except (NotFound, Damaged):
            pass  # it is on another machine, or cannot be read: look for one here
    ids = store.beside(assessment)
    about = framework.subject
    earlier = [
        stored
        for stored in store.read_many(ids).stored
        if stored.framework.subject == about
        and (about == "supplier" or stored.assessment.purchase.id == assessment.purchase.id)
        and stored.assessment.replaces != assessment.id
        and _age(stored.assessment) < _age(assessment)
    ]
    return max(earlier, key=lambda stored: _age(stored.assessment), default=None)


def _age(assessment: Assessment) -> tuple[str, str]:
    return assessment.answer_set.as_of, assessment.created_at


def look_before(store: Store, assessment: Assessment, framework: Framework) -> Earlier | None:
    """Return the framework and answers of the look before, if the store still has them.

    That is the assessment it follows, or itself as it was before it was moved to another version.
    """
    if not assessment.replaces:
        return before_the_move(store, assessment.id, framework)
    try:
        (followed,) = store.load_many([assessment.replaces])
    except (NotFound, Damaged):
        return None
    return followed.framework, followed.assessment.answer_set


def before_the_move(store: Store, assessment_id: str, framework: Framework) -> Earlier | None:
    """Return the version it was moved from last and what was answered then, or None.

    None too where the history no longer holds the values, because they were taken out.
    """
    entries = store.history(assessment_id)
    moved = [entry for entry in entries if _moves(entry)]
    if not moved:
        return None
    last = moved[-1]
    digest = last.before[DIGEST]
    known = store.frameworks(framework.id)
    left = [each for each in known if digest_of(dict(each.document)) == digest]
    earlier = [entry for entry in entries[: last.seq - 1] if not _together(entry, last)]
    if not left or any(entry.is_bare for entry in earlier):
        return None
    parts = {entry.part: entry.after for entry in earlier if entry.part not in (HEADER, ERASURE)}
    then = assessment_from_parts(
        parts, id=assessment_id, fictional=False, created_at="", created_by=""
    )
    return left[0], then.answer_set


def _moves(entry: HistoryEntry) -> bool:
    if entry.part != HEADER or not entry.before or not entry.after:
        return False
    return bool(entry.before.get(DIGEST) != entry.after.get(DIGEST))


def _together(one: HistoryEntry, other: HistoryEntry) -> bool:
    """Return whether two lines were written at once: a record brought in writes answers first."""
    return (one.at, one.by, one.reason) == (other.at, other.by, other.reason)
