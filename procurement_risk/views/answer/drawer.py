"""The drawer beside the questions: why one is asked, what good looks like, and its sources."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework import Question
from procurement_risk.language import _
from procurement_risk.views.answer.words import Words


def draw_control(question: Question, words: Words, place: str) -> None:
    """Draw what opens the drawer; it takes no room on the page."""
    pressed = st.button(
        _("Why we ask"),
        key=f"why-{place}",
        type="tertiary",
        icon=":material/help:",
    )
    if pressed:
        title = _("About {question}").format(question=question.id)
        st.dialog(title, width="medium", position="right")(_draw)(words)


def _draw(words: Words) -> None:
    st.markdown(words.ask)
    st.markdown(words.guidance)
