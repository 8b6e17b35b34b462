"""What is looked at before anything is written: who writes, and what."""

from __future__ import annotations

from datetime import UTC, datetime

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.document import assessment_to_document
from procurement_risk.assessment.parts import (
    PART_BYTE_LIMIT,
    assessment_to_parts,
    check_part,
    normal_part,
)
from procurement_risk.assessment.shape import check_assessment
from procurement_risk.canonical import JSON, canonical_bytes
from procurement_risk.errors import InvalidDocument, Problem, UsageError
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.storage.history import Pen, canonical_text
from procurement_risk.storage.rows import Row

LONGEST_NAME, LONGEST_REASON = 200, 5_000


def pen(assessment_id: str, actor: str, reason: str) -> Pen:
    """Return what writes the history of one change, now; refuse a name or reason that is unfit."""
    actor, reason = actor.strip(), reason.strip()
    if not actor:
        raise UsageError(_("Say who makes this change: the name is empty."))
    too_long = ngettext(
        "The name has {n} character. Shorten it to {most}.",
        "The name has {n} characters. Shorten it to {most}.",
        len(actor),
    )
    ill = _("The name holds a character that no text has. Type it again.")
    _refuse_unfit(actor, LONGEST_NAME, too_long, ill)
    too_long = ngettext(
        "The reason has {n} character. Shorten it to {most}.",
        "The reason has {n} characters. Shorten it to {most}.",
        len(reason),
    )
    ill = _("The reason holds a character that no text has. Type it again.")
    _refuse_unfit(reason, LONGEST_REASON, too_long, ill)
    canonical_bytes([actor, reason])
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Pen(assessment_id=assessment_id, by=actor, at=now, reason=reason)


def pen_with_reason(assessment_id: str, actor: str, reason: str) -> Pen:
    """Return what writes the history of a change that needs a reason; refuse one without."""
    if not reason.strip():
        raise UsageError(_("Say why: the reason is empty."))
    return pen(assessment_id, actor, reason)


def _refuse_unfit(text: str, most: int, too_long: str, ill: str) -> None:
    if len(text) > most:
        raise UsageError(too_long.format(n=grouped(len(text)), most=grouped(most)))
    if "\x00" in text:
        raise UsageError(ill)


def checked_part(name: str, value: JSON) -> JSON:
    """Return ``value`` as it is kept. Raises InvalidDocument where it cannot be that part."""
    problems = check_part(name, value)
    if problems:
        raise InvalidDocument(name, problems)
    return None if value is None else normal_part(name, value)


def checked_parts(assessment: Assessment) -> dict[str, str]:
    """Return each filled part's canonical JSON by name.

    Raises:
        InvalidDocument: If something in it cannot be stored; it lists every problem.
    """
    problems = check_assessment(assessment_to_document(assessment))
    if "\x00" in assessment.created_by:  # PostgreSQL keeps none
        ill = _("The name holds a character that no text has. Type it again.")
        problems.append(Problem("created_by", ill))
    if problems:
        raise InvalidDocument("assessment", problems)
    parts = assessment_to_parts(assessment)
    texts = {name: canonical_text(value) for name, value in parts.items()}
    # With the whole in shape, all that can be wrong with a part is its size.
    for name, text in texts.items():
        if len(text.encode()) > PART_BYTE_LIMIT:
            checked_part(name, parts[name])
    return texts


def refuse_archived(row: Row) -> None:
    """Raise UsageError where the assessment of ``row`` is archived."""
    if row.archived:
        message = _("The assessment {id} is archived. Restore it to change it.")
        raise UsageError(message.format(id=repr(row.id)))
