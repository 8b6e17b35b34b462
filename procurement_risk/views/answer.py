"""The Answer page: one section at a time, every change saved at once.

    progress
    questions of the section        | tier, stops, sections' ranges
    back, next
"""

from __future__ import annotations

import streamlit as st

from procurement_risk.views import answer_panel, answer_question, autosave, session
from procurement_risk.walkthrough import Step, steps
from procurement_risk.wording import plain


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    walk = steps(opened.framework, opened.result)
    step = _choose_step(walk)
    autosave.visit("answer", opened.id, step.id)
    session.heading("Answer", opened)
    _progress(opened, walk)
    questions, panel = st.columns([3, 1], gap="large")
    with questions:
        _draw_step(opened, step)
        _draw_moves(walk, step)
    with panel:
        answer_panel.draw(opened)
    autosave.leave()


def _choose_step(walk: tuple[Step, ...]) -> Step:
    """Let the person choose a section; the choice lives in the address."""
    by_id = {step.id: step for step in walk}
    asked = st.session_state.get("section")
    if asked is not None and asked not in by_id:
        st.session_state["section"] = walk[0].id
    with st.sidebar:
        chosen = st.radio(
            "Sections",
            list(by_id),
            format_func=lambda step_id: by_id[step_id].title,
            captions=[step.progress for step in walk],
            key="section",
            bind="query-params",
        )
    return by_id.get(chosen, walk[0])


def _progress(opened: session.Opened, walk: tuple[Step, ...]) -> None:
    answered = sum(step.answered for step in walk)
    asked = sum(len(step.questions) for step in walk)
    share = answered / asked if asked else 1.0
    st.progress(share, text=f"{answered} of {asked} questions answered. Every change is saved.")


def _draw_step(opened: session.Opened, step: Step) -> None:
    st.header(plain(step.title), anchor=False)
    if step.intro:
        st.markdown(plain(step.intro))
    if not step.questions:
        st.info("Nothing in this section applies, as far as the answers go.")
    for note in autosave.changed_elsewhere(opened, step.questions):
        st.info(f"{note.id} was changed by a colleague while you had it open.")
        st.button("Show their version", key=f"latest:{note.id}", on_click=autosave.show_latest)
    for question in step.questions:
        answer_question.draw(opened, question)


def _draw_moves(walk: tuple[Step, ...], step: Step) -> None:
    place = [s.id for s in walk].index(step.id)
    back, forward = st.columns(2)
    if place > 0:
        back.button(
            f"Back: {walk[place - 1].title}", on_click=_move, args=(walk[place - 1].id,)
        )
    if place + 1 < len(walk):
        forward.button(
            f"Next: {walk[place + 1].title}",
            type="primary",
            on_click=_move,
            args=(walk[place + 1].id,),
        )
    elif forward.button("See the risk profile", type="primary"):
        session.go("profile", assessment=st.session_state.get("assessment", ""))


def _move(step_id: str) -> None:
    autosave.sweep()
    st.session_state["section"] = step_id

