"""Two answers to one question, side by side where they differ, and agreeing on one of them."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment.answers_schema import LONGEST_NOTE
from procurement_risk.assessment.document import answer_to_document
from procurement_risk.assessment.parts import ANSWER
from procurement_risk.assessment.two_answers import agreed_on, is_same_answer, unsettled
from procurement_risk.framework import Question
from procurement_risk.language import _
from procurement_risk.language.phrases import listed
from procurement_risk.language.text import plain
from procurement_risk.views.answer import autosave
from procurement_risk.views.answer.conflict import describe
from procurement_risk.views.answer.words import words_of
from procurement_risk.views.shared import session

AGREED = "Agreed by two who differed"  # stored, so in English whatever the language


def draw(opened: session.Opened, question: Question) -> None:
    """Draw what two people answered alone: to be agreed on, or how it was; nothing where none."""
    answer = opened.assessment.answer_set.answers.get(question.id)
    if answer is None or not answer.alone or autosave.is_alone(opened, question):
        return
    if unsettled(answer):
        _draw_open(opened, question)
        return
    names = listed([each.by for each in answer.alone])
    if answer.agreed:
        words = _("{names} answered alone and differed. They agreed on this one: {reason}")
        st.caption(plain(words.format(names=names, reason=answer.agreed)))
        _draw_both(opened, question)
    elif len(answer.alone) > 1:
        st.caption(plain(_("{names} each answered this alone, and the same.").format(names=names)))
    else:
        st.caption(plain(_("Of two people only {name} answered this.").format(name=names)))


def _draw_both(opened: session.Opened, question: Question) -> None:
    answer = opened.assessment.answer_set.answers[question.id]
    for column, each in zip(st.columns(len(answer.alone)), answer.alone, strict=True):
        with column:
            said = describe(question, answer_to_document(each))
            taken = is_same_answer(each, answer)
            lead = _("**{name}**, agreed on") if taken else _("**{name}**")
            st.markdown(f"{lead.format(name=plain(each.by))}  \n{said}")


def _draw_open(opened: session.Opened, question: Question) -> None:
    """Draw both, and the form that agrees on one of them."""
    st.warning(_("Two people answered this alone and differ. Until they agree, both count."))
    _draw_both(opened, question)
    if not session.may_write(opened, f"{ANSWER}{question.id}") or opened.archived:
        return
    answer = opened.assessment.answer_set.answers[question.id]
    with st.form(f"agree:{opened.id}:{question.id}", border=False, enter_to_submit=False):
        called = words_of(opened.framework, question).called
        label = _("Why {question} is answered so").format(question=called)
        reason = st.text_area(label, max_chars=LONGEST_NOTE, height=70)
        with st.container(horizontal=True):
            pressed = [
                st.form_submit_button(
                    _("Agree on the answer of {name}").format(name=plain(each.by)),
                    key=f"agree:{question.id}:{place}",
                )
                for place, each in enumerate(answer.alone)
            ]
    if True in pressed:
        _agree(opened, question, pressed.index(True), reason or "")


def _agree(opened: session.Opened, question: Question, place: int, reason: str) -> None:
    if not reason.strip():
        st.error(_("Write why you agreed on this one."))
        return
    answer = opened.assessment.answer_set.answers[question.id]
    agreed = agreed_on(answer, place, reason.strip(), session.actor(), session.now())
    value = answer_to_document(agreed, multiple=question.type == "multiple")
    part = f"{ANSWER}{question.id}"
    if session.save(part, value, opened.revisions.get(part, 0), AGREED):
        autosave.show_latest(opened.id, question.id)
        st.rerun()
