"""All that the card of a question says and depends on, where nothing about it is unusual.

What a card says of two people, of an earlier look or of what is not saved is drawn each time.
"""

from __future__ import annotations

from procurement_risk.framework import Question
from procurement_risk.language import current
from procurement_risk.profile.effect_words import standing
from procurement_risk.views.answer import autosave, evidence
from procurement_risk.views.shared import session


def says(opened: session.Opened, question: Question) -> object:
    """Return all that the card of ``question`` says and depends on; None where it is unusual."""
    shown = autosave.on_screen(opened, question)
    answer = opened.assessment.answer_set.answers.get(question.id)
    if shown is None or not autosave.is_ordinary(opened, question):
        return None
    if question.id in opened.assessment.carried or (answer is not None and answer.alone):
        return None
    if evidence.is_open(opened, question):
        return None
    change = shown.change
    return (
        opened.id,
        current(),
        opened.framework,
        question,
        answer,
        shown.document,
        dict(shown.values),
        shown.saved_at,
        None if change is None else (change.at, change.did),
        autosave.can_undo(shown),
        autosave.is_locked(opened, question),
        standing(opened.outcome, question),
        opened.assessment.comments.get(question.id),
        session.may("comment", opened.id),
    )
