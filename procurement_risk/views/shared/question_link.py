"""A link to one question, wherever it is asked."""

from __future__ import annotations

from procurement_risk.language.text import plain
from procurement_risk.profile.walkthrough import FACTS
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened, question_id: str, lead: str, words: str = "") -> None:
    """Draw a line that leads to a question: what it is in bold, then ``words`` of somebody."""
    question = opened.framework.by_id[question_id]
    section = FACTS if question.is_fact else question.section
    label = f"**{plain(lead)}** {plain(words)}".strip()
    session.link("answer", label, assessment=opened.id, section=section)
