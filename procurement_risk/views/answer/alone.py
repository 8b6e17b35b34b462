"""A section that two people answer alone: what each is told, and saying that one is done."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment import HandOver
from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.assessment.parts import HANDOVER
from procurement_risk.assessment.two_answers import answers_alone, assessors
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day, listed
from procurement_risk.language.text import plain
from procurement_risk.profile.walkthrough import Step
from procurement_risk.views.answer import autosave
from procurement_risk.views.shared import session


def draw(opened: session.Opened, step: Step, handed: HandOver) -> None:
    """Draw who answers the section alone, how far they are, and what ends it."""
    with st.container(border=True, key="answered-alone"):
        st.markdown(_said(handed))
        if handed.note:
            st.text(handed.note)
        if answers_alone(handed, session.actor()):
            _draw_mine(opened, step, handed)
        elif session.may_write(opened, f"{HANDOVER}{step.id}"):
            _draw_end(opened, step)


def _said(handed: HandOver) -> str:
    names = [plain(each) for each in assessors(handed)]
    me = session.actor()
    other = next((e for e in assessors(handed) if not is_same_person(e, me)), "")
    words = _(
        "**{names}** each answer this section alone. Nobody sees either until both are done."
    )
    if answers_alone(handed, me):
        words = _(
            "**You and {other}** each answer this section alone. Neither of you sees the other's "
            "answers until both are done."
        )
    said = [words.format(names=listed(names), other=plain(other))]
    if handed.answered:
        done = listed([plain(each) for each in handed.answered])
        said.append(_("Done: {names}.").format(names=done))
    if handed.due:
        said.append(_("By {date}.").format(date=plain(day(handed.due))))
    return " ".join(said)


def _draw_mine(opened: session.Opened, step: Step, handed: HandOver) -> None:
    """Draw how much this person has answered, and the button that says it is done."""
    own = session.store_of(opened.id).alone_answers(opened.id, session.actor())
    mine = [question for question in step.questions if autosave.is_alone(opened, question)]
    given = sum(question.id in own for question in mine)
    asked = counted(len(mine), "{n} question", "{n} questions")
    st.caption(_("You have answered {given} of {asked}.").format(given=given, asked=asked))
    if len(mine) < len(step.questions):
        st.caption(_("The facts of the purchase among them are answered once, for both."))
    if any(is_same_person(each, session.actor()) for each in handed.answered):
        st.caption(_("You are done. You can still change your answers until the other is too."))
    elif st.button(_("I am done with this section"), key="alone-done", type="primary"):
        _finish(opened, step, for_both=False)


def _draw_end(opened: session.Opened, step: Step) -> None:
    with st.popover(_("End it now")):
        st.markdown(
            _("What both have answered until now is taken in, whether they are done or not.")
        )
        if st.button(_("Take in what there is"), key="alone-end"):
            _finish(opened, step, for_both=True)


def _finish(opened: session.Opened, step: Step, *, for_both: bool) -> None:
    autosave.sweep()
    with session.refusals_said():
        store = session.store_of(opened.id)
        is_over = store.finish_alone(opened.id, step.id, session.actor(), for_both=for_both)
        session.flash(_("Both are taken in.") if is_over else _("Noted: you are done."))
        st.rerun()
