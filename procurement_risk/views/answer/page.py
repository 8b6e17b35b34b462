"""The Answer page: one section at a time, every change saved at once.

It shows the progress over all sections; under it the questions of the section, with the tier,
the stops and the sections' ranges beside them; and last the ways back and on.
"""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.language.text import paragraphs, plain
from procurement_risk.profile.walkthrough import Step, progress, steps
from procurement_risk.views.answer import (
    autosave,
    panel,
    question,
)
from procurement_risk.views.shared import heading, session
from procurement_risk.views.shared.pages import Page


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    walk = steps(opened.framework, opened.outcome)
    step = _choose_step(opened, walk)
    autosave.visit("answer", opened.id, step.id)
    heading.draw(_("Questions"), opened)
    _progress(opened, walk)
    questions, beside = st.columns([3, 1], gap="large")
    with questions:
        _draw_step(opened, step)
        _draw_moves(opened, walk, step)
    with beside:
        panel.draw(opened)


def _choose_step(opened: session.Opened, walk: tuple[Step, ...]) -> Step:
    """Let the person choose a section; the choice lives in the address, as the section's id.

    Streamlit can keep an address and a radio in step itself, but writes the option as it looks:
    a title, where a link needs the id, which outlives a new title. So the address is followed
    where somebody arrives at the page, and where they go back or forward in the browser.
    """
    by_id = {step.id: step for step in walk}
    last_seen = st.session_state.setdefault("section-last", {})
    key = _section_key(opened.framework)
    here = st.session_state.get(key)
    run = get_script_run_ctx()
    if here is None or (run is not None and run.is_history_navigation):
        here = st.query_params.get("section", last_seen.get(opened.id))
        st.session_state[key] = here if here in by_id else walk[0].id
    elif here not in by_id:
        st.session_state[key] = walk[0].id
    with st.sidebar:
        chosen = st.radio(
            _("Sections"),
            list(by_id),
            format_func=lambda step_id: plain(by_id[step_id].title),
            captions=[step.progress for step in walk],
            key=key,
        )
    step = by_id.get(chosen, walk[0])
    if st.query_params.get("section", walk[0].id) != step.id:
        st.query_params["section"] = step.id
    last_seen[opened.id] = step.id
    return step


def _section_key(framework: Framework) -> str:
    """Return the key of the list of sections: the browser sends titles, so one a language."""
    first = framework.languages[0]
    return "section" if framework.language == first else f"section-{framework.language}"


def _progress(opened: session.Opened, walk: tuple[Step, ...]) -> None:
    answered, asked = progress(walk)
    share = answered / asked if asked else 1.0
    waiting = autosave.unsaved(opened)
    if waiting:
        names = ", ".join(waiting)
        st.warning(_("Not saved, and waiting for you: {questions}.").format(questions=names))
        words = _("{n} of {all} questions answered. Every other change is saved.")
    else:
        words = _("{n} of {all} questions answered. Every change is saved.")
    if opened.is_preview:
        words = _("{n} of {all} questions answered. Nothing is kept.")
    st.progress(share, text=words.format(n=answered, all=asked))


def _draw_step(opened: session.Opened, step: Step) -> None:
    st.header(plain(step.title), anchor=False)
    # Streamlit keeps how far the page was scrolled; a script of another address runs anew.
    st.html(
        f'<script src="app/static/to-top.js?{quote(step.id)}"></script>',
        unsafe_allow_javascript=True,
    )
    if step.intro:
        st.markdown(paragraphs(step.intro))
    if not step.questions:
        st.info(_("Nothing in this section applies, as far as the answers go."))
    for changed in autosave.changed_elsewhere(opened, step.questions):
        words = _("{question} was changed by a colleague while you had it open.")
        st.info(words.format(question=changed.id))
        st.button(
            _("Show their version of {question}").format(question=changed.id),
            key=f"latest-{changed.id}",
            on_click=autosave.show_latest,
            args=(opened.id, changed.id),
        )
    for asked in step.questions:
        question.draw(opened, asked)


def _draw_moves(opened: session.Opened, walk: tuple[Step, ...], step: Step) -> None:
    key = _section_key(opened.framework)
    place = [s.id for s in walk].index(step.id)
    back, forward = st.columns(2)
    if place > 0:
        before = walk[place - 1]
        label = _("Back: {section}").format(section=before.title)
        back.button(label, on_click=_move, args=(key, before.id))
    if place + 1 < len(walk):
        after = walk[place + 1]
        label = _("Next: {section}").format(section=after.title)
        forward.button(label, type="primary", on_click=_move, args=(key, after.id))
    elif forward.button(_("See the risk profile"), type="primary"):
        session.go("profile", assessment=opened.id)


def _move(key: str, step_id: str) -> None:
    autosave.sweep()
    st.session_state[key] = step_id


PAGE = Page("answer", lambda: _("Questions"), "edit_note", page, "assessment")
