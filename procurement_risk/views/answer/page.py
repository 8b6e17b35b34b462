"""The Questions page: one section at a time, every change saved at once.

    header
    list of sections │ the questions, a card each; what they come to so far
    ─────────────────┴───────────────────────────────────────────────────────
    bar: verdict, progress, whether all is saved, the ways back and on

Nothing that comes and goes stands above a question: the page never jumps.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

import streamlit as st

from procurement_risk.framework.words import mixed_cases
from procurement_risk.language import _
from procurement_risk.language.text import paragraphs
from procurement_risk.profile.walkthrough import Step, steps
from procurement_risk.views.answer import (
    autosave,
    bar,
    carried,
    handover,
    later,
    panel,
    question,
    review,
    sections,
)
from procurement_risk.views.shared import as_before, heading, session
from procurement_risk.views.shared.styles import style_sheets

STYLE = f"<style>{style_sheets('questions')}</style>"

KEYS = '<script src="app/static/radio-keys.js"></script>'


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    walk = steps(opened.framework, opened.outcome)
    heading.draw(_("Questions"), opened, walk)
    step = sections.chosen(opened, walk)
    autosave.visit("answer", opened.id, step.id)
    beside, questions = st.columns([2, 7], gap="medium")
    listed = sections.listed(opened, walk)
    said = listed, mixed_cases(opened.framework), _place(opened, step)
    as_before.draw_named(
        "sections", partial(beside.container, key="sections"), partial(_draw_beside, *said), said
    )
    with questions:
        _draw_step(opened, step)
        later.draw(opened)
        panel.draw(opened)
    bar.draw(opened, walk, step)


def _place(opened: session.Opened, step: Step) -> str:
    """Return what is shown: a section from its top, a question of it, or where it was left."""
    return urlencode({"place": f"{opened.id}/{step.id}", **sections.led_to(opened, step)})


def _draw_beside(listed: sections.Listed, rule: str, place: str) -> None:
    """Draw the list of sections, the rule for mixed cases, and the script that keeps the place."""
    sections.draw(listed)
    if rule:
        st.caption(rule)
    script = f'<script src="app/static/questions-place.js?{place}"></script>'
    st.html(STYLE + KEYS + script, unsafe_allow_javascript=True)


def _draw_step(opened: session.Opened, step: Step) -> None:
    carried.draw_title(opened, step)
    handover.draw(opened, step)
    if not step.questions:
        st.info(_("Nothing in this section applies, as far as the answers go."))
    for asked in step.questions:
        question.draw(opened, asked)
    carried.draw_section(opened, step)
    if step.intro:
        as_before.draw_here("intro", partial(_draw_intro, step.intro), step.intro)
    handover.draw_control(opened, step)
    review.draw(opened, step)


def _draw_intro(intro: str) -> None:
    st.caption(paragraphs(intro))
