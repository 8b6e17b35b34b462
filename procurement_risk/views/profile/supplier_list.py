"""The list for the supplier: to copy, or to download as text."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.profile import supplier_questions
from procurement_risk.views.shared import chart_view
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw the list folded away, where the supplier has something to answer."""
    framework, result = opened.framework, opened.outcome
    asked = supplier_questions.to_ask(framework, result)
    if not asked:
        return
    label = counted(
        len(asked),
        "A ready list for the supplier: {n} question",
        "A ready list for the supplier: {n} questions",
    )
    with st.expander(label):
        st.markdown(
            _(
                "The open questions that the supplier answers, alone or with you. It shows no "
                "weights, no risk values and no red flags, and may be sent as it is."
            )
        )
        text = supplier_questions.as_letter(opened.assessment, framework, result)
        st.code(text, language=None, wrap_lines=True)
        st.download_button(
            _("Download the list as text"),
            text.encode("utf-8"),
            file_name=f"{chart_view.safe_file_name(f'questions-{opened.id}')}.txt",
            mime="text/plain; charset=utf-8",
            on_click="ignore",
            key="supplier-list",
        )
