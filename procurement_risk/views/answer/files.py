"""The files that show an answer: how many there are, and the drawer in which they are kept."""

from __future__ import annotations

from functools import partial

import streamlit as st

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.evidence import files_of
from procurement_risk.framework import GRADES, Question
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import one_line, plain
from procurement_risk.views.answer import autosave
from procurement_risk.views.shared import evidence_files, forms, session

PROBLEM, ADDED = "evidence-problem", "evidence-added"


def draw_control(opened: session.Opened, question: Question) -> None:
    """Draw what opens the drawer; it says how many files there are."""
    if opened.is_preview:
        return
    number = len(files_of(opened.assessment, question.id))
    label = counted(number, "{n} file", "{n} files") if number else _("Add a file")
    pressed = st.button(
        label,
        key=f"files-{opened.id}-{question.id}",
        type="tertiary",
        icon=":material/attach_file:",
        on_click=autosave.sweep,
    )
    if pressed:
        st.session_state.pop(PROBLEM, None)
        title = _("Files for {question}").format(question=question.id)
        drawer = st.dialog(title, width="medium", position="right", on_dismiss="rerun")
        drawer(_draw)(opened.id, question.id, not autosave.is_locked(opened, question))


def _draw(assessment_id: str, question: str, may_write: bool) -> None:
    assessment = session.store_of(assessment_id).load(assessment_id).assessment
    files = files_of(assessment, question)
    for place, (digest, file) in enumerate(files.items(), 1):
        with st.container(border=True):
            st.markdown(f"**{plain(file.name)}**")
            st.caption(plain(evidence_files.words(file, assessment.answer_set.as_of)))
            evidence_files.draw_fetch(assessment_id, digest, file)
            if may_write:
                st.button(
                    _("Take file {n} off this answer").format(n=place),
                    key=f"evidence-off-{digest}",
                    type="tertiary",
                    on_click=_take_off,
                    args=(assessment_id, question, digest),
                )
    if not may_write:
        return
    if problem := st.session_state.get(PROBLEM):
        st.error(plain(problem))
    _draw_known(assessment, question)
    _draw_new(assessment, question)


def _draw_known(assessment: Assessment, question: str) -> None:
    """Draw the choice among the files that the assessment has for other answers."""
    here = files_of(assessment, question)
    others = {n: one_line(each.name) for n, each in assessment.files.items() if n not in here}
    if not others:
        return
    label, hint = _("A file that is here already"), _("Choose a file")
    key = f"evidence-known-{question}"
    chosen = forms.choose(label, others, key, placeholder=hint)
    st.button(
        _("Use it here too"),
        key=f"evidence-use-{question}",
        disabled=not chosen,
        on_click=_use,
        args=(assessment.id, question, chosen),
    )


def _draw_new(assessment: Assessment, question: str) -> None:
    answer = assessment.answer_set.answers.get(question)
    grade, until = (answer.evidence, answer.valid_until) if answer else (GRADES[0], "")
    key = f"evidence-{question}-{st.session_state.get(ADDED, 0)}"
    with st.form(key, border=False, enter_to_submit=False):
        evidence_files.ask(key, grade, until)
        st.caption(
            _(
                "The answer takes over the grade and the day, unless it rests on a better grade "
                "already."
            )
        )
        place = assessment.id, question, key
        st.form_submit_button(_("Add the file"), type="primary", on_click=_add, args=place)


# --- Buttons ------------------------------------------------------------------------------


def _add(assessment_id: str, question: str, key: str) -> None:
    session.use_language()
    problem = evidence_files.add(assessment_id, key, [question])
    if _done(assessment_id, question, problem):
        st.session_state[ADDED] = st.session_state.get(ADDED, 0) + 1


def _take_off(assessment_id: str, question: str, digest: str) -> None:
    session.use_language()
    store, actor = session.store_of(assessment_id), session.actor()
    act = partial(store.unlink_evidence, assessment_id, digest, question, actor)
    _done(assessment_id, question, evidence_files.carried_out(act))


def _use(assessment_id: str, question: str, digest: str) -> None:
    session.use_language()
    store, actor = session.store_of(assessment_id), session.actor()
    act = partial(store.link_evidence, assessment_id, digest, actor, [question])
    _done(assessment_id, question, evidence_files.carried_out(act))


def _done(assessment_id: str, question: str, problem: str) -> bool:
    """Keep why it was refused; else have the page show what is stored. Return whether it went."""
    if problem:
        st.session_state[PROBLEM] = problem
        return False
    st.session_state.pop(PROBLEM, None)
    autosave.show_latest(assessment_id, question)
    return True
