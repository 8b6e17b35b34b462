"""Comments of colleagues on a question: how many are open, and the drawer with all of them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from procurement_risk.assessment import Comment
from procurement_risk.assessment.colleagues import resolved, unresolved
from procurement_risk.assessment.document import to_documents
from procurement_risk.assessment.parts import COMMENTS
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework import Question
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.views.answer import autosave
from procurement_risk.views.shared import session

LONGEST = 5_000
PROBLEM = "comment-problem"
Change = Callable[[tuple[Comment, ...]], tuple[Comment, ...]]


def draw_control(opened: session.Opened, question: Question) -> None:
    """Draw what opens the comments; it says how many are open."""
    there = opened.assessment.comments.get(question.id)
    if opened.is_preview or not (there or session.may("comment", opened.id)):
        return
    number = len(unresolved(opened.assessment, question.id))
    label = counted(number, "{n} comment", "{n} comments") if number else _("Comment")
    pressed = st.button(
        label,
        key=f"comments-{opened.id}-{question.id}",
        type="tertiary",
        icon=":material/mark_chat_unread:" if number else ":material/chat_bubble:",
        on_click=autosave.sweep,
    )
    if pressed:
        st.session_state.pop(PROBLEM, None)
        about = plain(question.ask) if question.is_fact else question.id
        title = _("Comments on {question}").format(question=about)
        drawer = st.dialog(title, width="medium", position="right", on_dismiss="rerun")
        drawer(_draw)(opened.id, question.id)


def _draw(assessment_id: str, question: str) -> None:
    stored = session.store_of(assessment_id).load(assessment_id)
    st.caption(_("For colleagues: nothing here goes to the supplier or is published."))
    for place, comment in enumerate(stored.assessment.comments.get(question, ())):
        _draw_one(assessment_id, question, place, comment)
    if not session.may("comment", assessment_id):
        return
    with st.form(f"comment-{question}", border=False):
        st.text_area(
            _("Your comment. Do not enter personal data"),
            max_chars=LONGEST,
            key=_text_key(question),
        )
        st.form_submit_button(
            _("Add the comment"), type="primary", on_click=_add, args=(assessment_id, question)
        )
    if problem := st.session_state.get(PROBLEM):
        st.error(plain(problem))


def _draw_one(assessment_id: str, question: str, place: int, comment: Comment) -> None:
    with st.container(border=True):
        st.text(comment.text)
        words = _("{name}, {date}").format(name=comment.by, date=day(comment.at))
        if comment.resolved_at:
            settled = _("settled by {name}, {date}").format(
                name=comment.resolved_by, date=day(comment.resolved_at)
            )
            st.caption(plain(f"{words} · {settled}"))
            return
        st.caption(plain(words))
        if not session.may("comment", assessment_id):
            return
        st.button(
            _("Settle comment {n}").format(n=place + 1),
            key=f"settle-{question}-{place}",
            on_click=_settle,
            args=(assessment_id, question, place),
        )


def _text_key(question: str) -> str:
    return f"comment-text-{question}"


# --- Buttons ------------------------------------------------------------------------------


def _add(assessment_id: str, question: str) -> None:
    text = str(st.session_state.get(_text_key(question), "")).strip()
    if text:
        said = Comment(text=text, by=session.actor(), at=session.now())
        if _save(assessment_id, question, lambda kept: (*kept, said)):
            st.session_state[_text_key(question)] = ""


def _settle(assessment_id: str, question: str, place: int) -> None:
    by, at = session.actor(), session.now()
    _save(assessment_id, question, lambda kept: resolved(kept, place, by, at))


def _save(assessment_id: str, question: str, change: Change) -> bool:
    """Write the comments as they stand now, changed: nobody's is written over."""
    session.use_language()
    store = session.store_of(assessment_id)
    stored = store.load(assessment_id)
    part = f"{COMMENTS}{question}"
    value = to_documents(change(stored.assessment.comments.get(question, ())))
    try:
        store.save(assessment_id, part, value, stored.revisions.get(part, 0), session.actor())
    except ProcurementRiskError as error:
        st.session_state[PROBLEM] = str(error)
        return False
    st.session_state.pop(PROBLEM, None)
    return True
