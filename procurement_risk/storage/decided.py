"""What may be written as a decision, an override or a state, and what a decision moves.

Pages ask the same rules beforehand; this is for whoever comes by another way. A record that is
brought in is somebody's history, and is kept as it is.
"""

from __future__ import annotations

import sqlalchemy as sa

from procurement_risk.assessment import (
    Assessment,
    RecordedDecision,
    Review,
    StopOverride,
    reviewing,
)
from procurement_risk.assessment.document import from_document
from procurement_risk.assessment.parts import REVIEW
from procurement_risk.assessment.today import today
from procurement_risk.assessment.workflow import after_decision, refused
from procurement_risk.canonical import JSON
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.methods import evaluate
from procurement_risk.profile import deciding, overriding
from procurement_risk.storage import reading, rows
from procurement_risk.storage.history import canonical_text, entry

JUDGED = ("decision", "state", "overrides")
"""The parts that are looked at beside everything else before they are written."""


def follows(
    connection: sa.Connection, row: rows.Row, framework: Framework, part: str, value: JSON
) -> dict[str, str]:
    """Return what else changes with a decision or a state, as canonical JSON by part.

    Raises:
        InvalidDocument: If the decision cannot be recorded over what was found.
        UsageError: If it cannot be in that state, a legal duty would be overridden, a review would
            be taken back, or somebody would review what they filled, or what they did not see.
    """
    if value is None and part.startswith(REVIEW):
        raise UsageError(
            _("A review is not taken back. Look at the section, and review it again.")
        )
    if value is None or not (part in JUDGED or part.startswith(REVIEW)):
        return {}
    parts = rows.parts(connection, [row.id])[row.id]
    assessment = reading.stored(row, parts, framework).assessment
    if part.startswith(REVIEW):
        _refuse_review(connection, assessment, framework, part.removeprefix(REVIEW), value)
        return {}
    if part == "overrides":
        made = [from_document(StopOverride, each) for each in value]
        known = {each.question for each in assessment.overrides}
        new = [each for each in made if each not in assessment.overrides]
        unknown = [each.question for each in new if each.question not in known]
        if message := overriding.refused(framework, unknown):
            raise UsageError(message)
        if found := [each for one in new for each in overriding.problems(one, today())]:
            raise InvalidDocument(part, found)
        return {}
    if part == "state":
        if message := refused(value, assessment.decision):
            raise UsageError(message)
        return {}
    decision = from_document(RecordedDecision, value)
    result = evaluate(framework, assessment.answer_set)
    found = deciding.problems(decision, result, assessment.decision)
    if found:
        raise InvalidDocument(part, found)
    state = after_decision(assessment.state)
    return {} if state == assessment.state else {"state": canonical_text(state)}


def _refuse_review(
    connection: sa.Connection,
    assessment: Assessment,
    framework: Framework,
    section: str,
    value: JSON,
) -> None:
    """Raise UsageError where a section may not be reviewed so."""
    review = from_document(Review, value)
    changes = map(entry, rows.lines(connection, assessment.id))
    filled = reviewing.fillers(changes, framework, section)
    if message := reviewing.refused(review, filled):
        raise UsageError(message)
    if review.digest != reviewing.digest_of(assessment, framework, section):
        raise UsageError(
            _("The section was changed since you opened it. Look at it again, then review it.")
        )
