"""The way to one question, wherever it is asked."""

from __future__ import annotations

from procurement_risk.framework import Question
from procurement_risk.framework.places import place_of
from procurement_risk.language.text import plain
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened, question_id: str, lead: str, words: str = "") -> None:
    """Draw a line that leads to a question: what it is in bold, then somebody's ``words``."""
    label = f"{f'**{plain(lead)}**' if lead else ''} {plain(words)}".strip()
    session.link("answer", label, **place(opened, opened.framework.by_id[question_id]))


def place(opened: Opened, question: Question | None) -> dict[str, str]:
    """Return the address of a question on its page; without one that of the page."""
    if question is None:
        return {"assessment": opened.id}
    section = place_of(opened.framework, question)
    return {"assessment": opened.id, "section": section, "question": question.id}
