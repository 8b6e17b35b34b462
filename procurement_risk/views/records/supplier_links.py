"""Links by which a supplier answers instead of in a workbook: made, watched, revoked, taken in."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from procurement_risk.imports import answer_link
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.portfolio.submitted import submitted
from procurement_risk.server import modes
from procurement_risk.storage.answer_links import AnswerLink
from procurement_risk.views.shared import forms, session

MADE = "supplier-link-made"
Draw = Callable[[bytes, str, str], None]


def draw(assessment_id: str) -> None:
    """Draw the links of one assessment, and what makes another. Only a team's server has any."""
    running = modes.served()
    if running is None or not session.may("take_back", assessment_id):
        return
    st.subheader(_("Or a link instead of the file"), anchor=False)
    st.markdown(
        _(
            "The supplier answers the same questions on a page of this server, without an "
            "account. Whoever has the link can answer until its last day, or until it is "
            "submitted, once, by name. What is submitted waits under *Bring in or check*, and "
            "nothing is written before you accept it. The link is shown once: only its digest "
            "is kept."
        )
    )
    until = forms.ask_day(_("Last day of the link"), "", "supplier-link-until", kept=True)
    contact = st.text_input(
        _("Whom the supplier may ask"),
        key="supplier-link-contact",
        max_chars=answer_link.LONGEST_CONTACT,
        autocomplete="off",
    )
    if st.button(_("Make a link"), key="supplier-link-make"):
        _make(assessment_id, until, contact or "")
    made = st.session_state.get(MADE)
    if made and made[0] == assessment_id:
        st.success(_("Copy the link now, and send it to the supplier alone:"))
        st.code(f"{running.team.origin}{made[1]}", language=None, wrap_lines=True)
    for link in session.store().answer_links(assessment_id):
        _draw_one(link)


def draw_waiting(draw_file: Draw) -> None:
    """Draw what was submitted by links and waits; ``draw_file`` draws what each would change."""
    store = session.store()
    for each in submitted(store):
        link = each.link
        if not session.may("take_back", link.assessment_id):
            continue
        with st.container(border=True):
            words = _("Submitted by a link on {date}, answered for by {person}")
            said = words.format(date=day(link.submitted_at), person=plain(link.signed))
            st.markdown(f"**{plain(each.supplier)}** · {plain(each.purchase)} · {said}")
            st.button(
                _("Set it aside without taking it in"),
                key=f"supplier-link-discard-{link.id}",
                on_click=store.discard_answer_link,
                args=(link.assessment_id, link.id, session.actor()),
            )
            data = store.answer_link_file(link.assessment_id, link.id)
            draw_file(data, file_name(link), link.assessment_id)


def file_name(link: AnswerLink) -> str:
    """Return what the workbook that was made of a submission is called."""
    return f"submitted-{link.submitted_at[:10]}.xlsx"


def _make(assessment_id: str, until: str, contact: str) -> None:
    with session.refusals_said():
        path = answer_link.make(
            session.store(),
            assessment_id,
            until,
            contact,
            session.actor(),
            session.wanted_language(),
        )
        st.session_state[MADE] = (assessment_id, path)


def _draw_one(link: AnswerLink) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(" · ".join(plain(each) for each in standing(link)))
        if link.works(session.today()):
            st.button(
                _("Revoke"),
                key=f"supplier-link-revoke-{link.id}",
                help=_("The link works no longer. What was written by it is not taken in."),
                on_click=session.store().revoke_answer_link,
                args=(link.assessment_id, link.id, session.actor()),
            )


def standing(link: AnswerLink) -> list[str]:
    """Return how a link stands, in a few words each."""
    made = _("made on {date} by {person}, until {last}")
    said = [made.format(date=day(link.at), person=link.by, last=day(link.until))]
    if link.submitted_at:
        words = _("submitted on {date}, answered for by {person}")
        said.append(words.format(date=day(link.submitted_at), person=link.signed))
        if link.is_taken:
            said.append(_("taken in"))
        elif link.discarded_at:
            said.append(_("set aside"))
        return said
    if link.revoked_at:
        said.append(_("revoked on {date}").format(date=day(link.revoked_at)))
    elif not link.works(session.today()):
        said.append(_("ended"))
    if not link.opened_at:
        return [*said, _("not opened yet")]
    said.append(_("opened on {date}").format(date=day(link.opened_at)))
    if link.saved_at:
        said.append(_("last saved on {date}").format(date=day(link.saved_at)))
    done = _("{done} of {all} answered")
    return [*said, done.format(done=link.answered, all=link.asked)]
