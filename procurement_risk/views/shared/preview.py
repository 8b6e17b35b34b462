"""A framework tried out on an assessment that is kept nowhere."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.framework import Framework, Pack
from procurement_risk.language import _
from procurement_risk.storage import Store, open_memory_store
from procurement_risk.views.shared import session


def notice(opened: session.Opened) -> None:
    """Say on every page of a preview that nothing is kept, and how to leave it."""
    if opened.is_preview:
        st.warning(
            _(
                "This is a preview of the questionnaire. It answers and scores like "
                "the real thing, "
                "and nothing of it is kept: it is gone once you end it, reload or close the page."
            )
        )
        if st.button(_("End the preview"), key="end-preview"):
            end()


def start(framework: Framework) -> None:
    """Try ``framework`` out on an assessment that is kept nowhere, and go to its Questions."""
    _forget()
    held = open_memory_store()
    st.session_state["preview"] = held
    assessment = Assessment(
        id=f"{session.PREVIEW}{uuid4()}",
        purchase=Purchase(id="preview", title=_("Preview"), buyer=_("Nobody")),
        supplier=Supplier(name=_("No supplier")),
        answer_set=AnswerSet(as_of=session.today(), pack=largest_pack(framework).id),
    )
    held.create(assessment, framework, session.actor())
    session.go("answer", assessment=assessment.id)


def end() -> None:
    """Drop the preview, and go to the page Questionnaires."""
    _forget()
    st.session_state.pop("assessment", None)
    session.go("frameworks")


def _forget() -> None:
    held = st.session_state.pop("preview", None)
    if isinstance(held, Store):
        held.close()


def largest_pack(framework: Framework) -> Pack:
    """Return the pack that asks most, the first of several."""
    asked = list(framework.questions())
    return max(framework.packs, key=lambda pack: sum(pack.asks(q.id) for q in asked))
