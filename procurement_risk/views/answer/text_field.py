"""A field to type in, whose text is saved as it is typed; and one for a day."""

from __future__ import annotations

from datetime import date

import streamlit as st

from procurement_risk.assessment.answers_schema import LONGEST_NOTE
from procurement_risk.framework import Question
from procurement_risk.views.answer import autosave
from procurement_risk.views.shared import day_field, session


def draw_text(
    opened: session.Opened,
    question: Question,
    name: str,
    label: str,
    limit: int,
    example: str = "",
) -> str | None:
    """Draw one text field of an answer, and return what stands in it.

    Args:
        opened: The assessment on screen.
        question: The question.
        name: The field, one of those of ``fields.values_of``.
        label: What it is called; read out only, where it is the answer itself.
        limit: The most characters; as many as a note may have make it several lines high.
        example: What to show while it is empty.
    """
    key, value = autosave.widget(opened, question, name)
    draw = st.text_area if limit == LONGEST_NOTE else st.text_input
    text: str | None = draw(
        label,
        value,
        max_chars=limit if len(value) <= limit else None,  # a stored text is never cut to fit
        placeholder=example or None,
        label_visibility="collapsed" if name == "value" else "visible",
        key=key,
        on_change=autosave.sweep,
        disabled=autosave.is_locked(opened, question),
    )
    return text


def draw_day(
    opened: session.Opened, question: Question, name: str, label: str, width: int
) -> date | None:
    """Draw a field with a calendar for a day of an answer, and return the day."""
    key, value = autosave.widget(opened, question, name)
    return day_field.draw(
        label,
        key,
        value,
        label_visibility="collapsed" if name == "value" else "visible",
        width=width,
        on_change=autosave.sweep,
        disabled=autosave.is_locked(opened, question),
    )
