"""The verdict at the top of the Overview, and the one step that comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from procurement_risk.exports.export import Export, file_name
from procurement_risk.exports.leadership import html as leadership_html, pdf as leadership_pdf
from procurement_risk.exports.slides import assessment as slides
from procurement_risk.framework.places import FACTS
from procurement_risk.framework.proposals import proposal_words
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.profile import gates, signers, walkthrough
from procurement_risk.profile.method_words import verdict
from procurement_risk.storage.people.permissions import Action
from procurement_risk.views.shared import question_link, session
from procurement_risk.views.shared.session import Opened
from procurement_risk.views.shared.written import when_asked

ANSWER, DECIDE, LIFE = (
    N_("Continue answering"),
    N_("Decide"),
    N_("Put it in life"),
)
SUBMIT = N_("Submit it for review")
PAGES = {ANSWER: "answer", DECIDE: "decision", LIFE: "decision", SUBMIT: "decision"}
NEEDS: Mapping[str, Action] = {DECIDE: "decide", LIFE: "conclude", SUBMIT: "submit"}


def draw(opened: Opened, headline: str, lines: Sequence[str]) -> None:
    """Draw the headline in the colour of what it says, Markdown lines under it, and the ways on.

    Args:
        opened: The assessment.
        headline: What it comes to.
        lines: What that means, as Markdown.
    """
    with st.container(border=True, gap="small", key="verdict"):
        st.header(plain(headline), anchor=False, divider=verdict(opened.outcome).look.colour)
        assessed = signers.assessed_by(opened.assessment, plain)
        st.markdown(" ".join(filter(None, (*lines, assessed))))
        if proposed := proposal_words(opened.framework, opened.assessment.answer_set.pack):
            st.markdown(plain(proposed))
        if recorded := _recorded(opened):
            st.markdown(recorded)
        with st.container(horizontal=True, vertical_alignment="center"):
            _draw_steps(opened)
            _draw_downloads(opened)


def next_step(opened: Opened) -> str:
    """Return what comes next, in English; empty where nothing does."""
    assessment, outcome = opened.assessment, opened.outcome
    if outcome.open and (outcome.recommendation in ("", "not_ready")):
        return ANSWER
    if assessment.decision is None:
        return DECIDE
    goes_on = assessment.decision.decision != "do_not_proceed"
    return LIFE if assessment.state == "decided" and goes_on else ""


def _draw_steps(opened: Opened) -> None:
    """Draw the next step as the one button that stands out, and answering where it is not that."""
    if opened.archived:  # nothing can be changed until it is brought back
        return
    step = next_step(opened)
    if step == DECIDE and opened.assessment.state == "draft" and not _may(opened, DECIDE):
        step = SUBMIT
    if step and _may(opened, step) and st.button(_(step), type="primary"):
        _go(opened, step)
    others = step != ANSWER and opened.outcome.open and _may(opened, ANSWER)
    if others and st.button(_(ANSWER)):
        _go(opened, ANSWER)


def _may(opened: Opened, step: str) -> bool:
    """Whether the person of this visit may take a step; to answer, in any section."""
    if step in NEEDS:
        return session.may(NEEDS[step], opened.id)
    sections = (FACTS, *(section.id for section in opened.framework.sections))
    return any(session.may("answer", opened.id, each) for each in sections)


def _go(opened: Opened, step: str) -> None:
    """Go where a step is taken; to answer, to the first question without an answer."""
    asked = walkthrough.first_open(opened.framework, opened.outcome) if step == ANSWER else None
    session.go(PAGES[step], **question_link.place(opened, asked))


def _recorded(opened: Opened) -> str:
    decided = opened.assessment.decision
    if decided is None:
        return ""
    line = _("**Decided: {decision}**, by {name}, {date}.").format(
        decision=plain(gates.decided(opened.framework, decided)),
        name=plain(decided.by),
        date=day(decided.at),
    )
    if opened.outcome.recommendation not in ("", decided.decision):
        line += " " + _("This differs from what is recommended now.")
    return line


# The leadership page of the assessment on screen, to take away as PDF, HTML or slides.


def _draw_downloads(opened: Opened) -> None:
    """Draw a button for each form; nothing is made before somebody asks for it."""
    if opened.is_preview or not session.may("export", opened.id):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_button(opened, leadership_pdf.EXPORT)
        _draw_button(opened, leadership_html.EXPORT)
        _draw_button(opened, slides.EXPORT)
        session.link("records", _("Other formats"), assessment=opened.id)
    if leadership_pdf.EXPORT.unavailable:
        st.caption(plain(_(leadership_pdf.EXPORT.unavailable)))


def _draw_button(opened: Opened, export: Export) -> None:
    if export.unavailable:
        return
    st.download_button(
        _(export.title),
        data=when_asked(export, [opened.id]),
        file_name=file_name(opened.assessment, export.ending, "leadership"),
        mime=export.media_type,
        on_click="ignore",
        key=f"download:{export.name}",
    )
