"""Where an assessment may go from where it stands, and what a decision does to that.

draft, in review ── a decision ──> decided ── one action ──> in life ──> closed
       └─────────── withdrawn, not chosen: from anywhere, and back ──────────┘

Nothing can be called decided or in life that nobody decided, or that was decided against.
"""

from __future__ import annotations

from procurement_risk.assessment.decided import RecordedDecision
from procurement_risk.assessment.model import WORKFLOW_STATES, Assessment, WorkflowState
from procurement_risk.language import _

UNDECIDED: tuple[WorkflowState, ...] = ("draft", "in_review")


def after_decision(state: WorkflowState) -> WorkflowState:
    """Return where an assessment stands once a decision is recorded; later states stay."""
    return "decided" if state in UNDECIDED else state


def refused(state: WorkflowState, decision: RecordedDecision | None) -> str:
    """Return why nothing can be in ``state`` with that decision, as a sentence; else empty."""
    if state not in ("decided", "live"):
        return ""
    if decision is None:
        return _("Nobody has decided yet. Record the decision first.")
    if state == "live" and decision.decision == "do_not_proceed":
        return _("It was decided not to proceed, so it cannot be in life. Decide again first.")
    return ""


def next_states(assessment: Assessment) -> tuple[WorkflowState, ...]:
    """Return the states it may be put in from where it stands, in their order."""
    return tuple(
        state
        for state in WORKFLOW_STATES
        if state != assessment.state and not refused(state, assessment.decision)
    )
