"""The list of sections beside the questions: how far each has got, and where something stops."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from procurement_risk.framework import Framework
from procurement_risk.language import _, current
from procurement_risk.language.text import plain
from procurement_risk.profile.walkthrough import Step
from procurement_risk.views.answer import autosave
from procurement_risk.views.shared import session

NO_BREAK_HYPHEN = "\u2011"
LED = "question-led-to"  # where the visit keeps which question a link or a button led to


@dataclass(frozen=True, slots=True)
class Listed:
    """The list of sections as it stands: in one language, the key of its choice, what it says."""

    language: str
    key: str
    titles: dict[str, str]
    captions: tuple[str, ...]


def listed(opened: session.Opened, walk: tuple[Step, ...]) -> Listed:
    """Return what the list says."""
    titles = {step.id: plain(step.title) for step in walk}
    return Listed(current(), _key(opened.framework), titles, tuple(map(_caption, walk)))


def draw(sections: Listed) -> None:
    """Draw the list, of which ``chosen`` has said what is chosen."""
    st.radio(
        _("Sections"),
        list(sections.titles),
        format_func=sections.titles.__getitem__,
        captions=sections.captions,
        key=sections.key,
    )


def chosen(opened: session.Opened, walk: tuple[Step, ...]) -> Step:
    """Return the section that is chosen; the choice lives in the address, as the section's id.

    Streamlit can keep an address and a radio in step itself, but writes the option as it looks:
    a title, where a link needs the id, which outlives a new title. So the address is followed
    where somebody arrives at the page, and where they go back or forward in the browser. One
    that names a question leads to the section that asks it by now.
    """
    by_id = {step.id: step for step in walk}
    last_seen = st.session_state.setdefault("section-last", {})
    key = _key(opened.framework)
    _follow_question(opened, walk)
    here = st.session_state.get(key)
    run = get_script_run_ctx()
    if here is None or (run is not None and run.is_history_navigation):
        here = st.query_params.get("section", last_seen.get(opened.id))
        st.session_state[key] = here if here in by_id else walk[0].id
    elif here not in by_id:
        st.session_state[key] = walk[0].id
    step = by_id[st.session_state[key]]
    if st.query_params.get("section", walk[0].id) != step.id:
        st.query_params["section"] = step.id
    last_seen[opened.id] = step.id
    return step


def _follow_question(opened: session.Opened, walk: tuple[Step, ...]) -> None:
    """Show the section that asks the question which the address names, from that question on."""
    asked = st.query_params.pop("question", None)
    found = (step.id for step in walk for question in step.questions if question.id == asked)
    if asked and (step_id := next(found, None)):
        st.session_state[_key(opened.framework)] = step_id
        _lead(opened.id, step_id, asked)


def _lead(assessment_id: str, step_id: str, question: str) -> None:
    """Keep which question to show; once a time, so that whoever scrolls away is left alone."""
    st.session_state[LED] = assessment_id, step_id, question, secrets.token_hex(4)


def led_to(opened: session.Opened, step: Step) -> dict[str, str]:
    """Return which question of a section somebody was led to, and which time; or nothing."""
    assessment_id, step_id, question, time = st.session_state.get(LED, ("", "", "", ""))
    if (assessment_id, step_id) != (opened.id, step.id):
        st.session_state.pop(LED, None)
        return {}
    return {"question": question, "time": time}


def _caption(step: Step) -> str:
    """Return how far a section has got; the label stays as it is, for the browser sends it."""
    done = ":material/check: " if step.is_done else ""
    parts = [done + step.progress]
    if step.stops:
        ids = ", ".join(step.stops).replace("-", NO_BREAK_HYPHEN)
        parts.append(":material/block: " + _("stop {questions}").format(questions=ids))
    return " · ".join(parts)


def move(framework: Framework, assessment_id: str, step_id: str, question: str = "") -> None:
    """Show another section, and a question in it: for a button, before the page is drawn."""
    autosave.sweep()
    st.session_state[_key(framework)] = step_id
    if question:
        _lead(assessment_id, step_id, question)


def _key(framework: Framework) -> str:
    """Return the key of the list of sections: the browser sends titles, so one a language."""
    first = framework.languages[0]
    return "section" if framework.language == first else f"section-{framework.language}"
