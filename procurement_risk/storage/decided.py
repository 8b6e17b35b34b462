"""What may be written as a decision, an override or a state, and what a decision moves.

Pages ask the same rules beforehand; this is for whoever comes by another way. A record that is
brought in is somebody's history, and is kept as it is.
"""

from __future__ import annotations

import sqlalchemy as sa

from procurement_risk.assessment import RecordedDecision
from procurement_risk.assessment.document import from_document
from procurement_risk.assessment.workflow import after_decision, refused
from procurement_risk.canonical import JSON
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.framework import Framework
from procurement_risk.methods import evaluate
from procurement_risk.profile import deciding, overriding
from procurement_risk.storage import reading, rows
from procurement_risk.storage.history import canonical_text

JUDGED = ("decision", "state", "overrides")
"""The parts that are looked at beside everything else before they are written."""


def follows(
    connection: sa.Connection, row: rows.Row, framework: Framework, part: str, value: JSON
) -> dict[str, str]:
    """Return what else changes with a decision or a state, as canonical JSON by part.

    Raises:
        InvalidDocument: If the decision cannot be recorded over what was found.
        UsageError: If it cannot be in that state, or a legal duty would be overridden.
    """
    if part not in JUDGED or value is None:
        return {}
    parts = rows.parts(connection, [row.id])[row.id]
    assessment = reading.stored(row, parts, framework).assessment
    if part == "overrides":
        known = {each.question for each in assessment.overrides}
        new = [each["question"] for each in value if each["question"] not in known]
        if message := overriding.refused(framework, new):
            raise UsageError(message)
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
