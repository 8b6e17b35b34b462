"""The words for what every assessment has: states of answers, mitigations and work.

The tables in capitals are in English: translate them where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from procurement_risk.assessment.answered import Answer
from procurement_risk.assessment.decided import Trigger
from procurement_risk.framework import Question
from procurement_risk.language import N_, _, pgettext
from procurement_risk.language.phrases import day, label

STATE_LABELS: Mapping[str, str] = {
    "answered": N_("Answered"),
    "unanswered": N_("Not answered yet"),
    "unknown": N_("We don't know yet"),
    "withheld": N_("Supplier will not say"),
    "not_applicable": N_("Not applicable"),
    "hidden": N_("Not asked, because its condition is not met"),
    "out_of_pack": N_("Not asked in this pack"),
}


MITIGATION_LABELS: Mapping[str, str] = {
    "proposed": N_("Proposed"),
    "agreed": N_("Agreed"),
    "verified": N_("Verified"),
}


WORKFLOW_LABELS: Mapping[str, str] = {
    "draft": N_("Draft"),
    "in_review": N_("In review"),
    "decided": N_("Decided"),
    "live": N_("In life"),
    "closed": N_("Closed"),
    "withdrawn": N_("Withdrawn"),
    "not_chosen": N_("Not chosen"),
}


def state_label(state: str) -> str:
    """Return the words for an answer's state."""
    return label(STATE_LABELS, state)


def mitigation_status(status: str) -> str:
    """Return the words for a mitigation's status."""
    return label(MITIGATION_LABELS, status)


def workflow_state(state: str) -> str:
    """Return the words for where an assessment stands."""
    return label(WORKFLOW_LABELS, state)


def trigger_state(trigger: Trigger) -> str:
    """Return whether what calls for a new look is still open, or when it was dealt with."""
    if not trigger.resolved_at:
        return pgettext("not dealt with", "Open")
    return _("Dealt with, {date}").format(date=day(trigger.resolved_at))


def answer_text(question: Question, answer: Answer | None) -> str:
    """Return what was answered: option labels, the text, or why there is neither."""
    if answer is None:
        return state_label("unanswered")
    if answer.state != "answered":
        return state_label(answer.state)
    chosen = [question.option(option_id) for option_id in answer.options]
    labels = [option.label for option in chosen if option is not None]
    return "; ".join(labels) or answer.text or state_label("unanswered")
