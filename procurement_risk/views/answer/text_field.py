"""A field to type in, whose text is saved as it is typed."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment.answers_schema import LONGEST_NOTE
from procurement_risk.framework import Question
from procurement_risk.language.phrases import day, typed_day
from procurement_risk.language.text import plain
from procurement_risk.views.answer import autosave
from procurement_risk.views.shared import session


def draw_text(
    opened: session.Opened,
    question: Question,
    name: str,
    label: str,
    limit: int,
    example: str = "",
    width: int = 0,
) -> str | None:
    """Draw one text field of an answer, and return what stands in it.

    Args:
        opened: The assessment on screen.
        question: The question.
        name: The field, one of those of ``fields.values_of``.
        label: What it is called; read out only, where it is the answer itself.
        limit: The most characters; as many as a note may have make it several lines high.
        example: What to show while it is empty.
        width: In pixels; 0: as wide as there is room.
    """
    key, value = autosave.widget(opened, question, name)
    draw = st.text_area if limit == LONGEST_NOTE else st.text_input
    text: str | None = draw(
        label,
        value,
        max_chars=limit if len(value) <= limit else None,  # a stored text is never cut to fit
        placeholder=example or None,
        label_visibility="collapsed" if name == "value" else "visible",
        width=width or "stretch",
        key=key,
        on_change=autosave.sweep,
        disabled=autosave.is_locked(opened, question),
    )
    return text


def say_day(text: str | None) -> None:
    """Draw in words the day that stands in a field, once it is one.

    A field with a calendar would drop a day that is half typed when the page is left.
    """
    if found := typed_day(text or ""):
        st.caption(plain(day(found)), width="content")
