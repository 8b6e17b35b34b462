"""Handing a section over: the banner for whoever opens the link, and the form to ask somebody."""

from __future__ import annotations

from datetime import date
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from procurement_risk.assessment import HandOver
from procurement_risk.assessment.colleagues import done, is_same_person, problems
from procurement_risk.assessment.document import to_document
from procurement_risk.assessment.parts import HANDOVER
from procurement_risk.assessment.two_answers import is_under_way
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _, current
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.profile.walkthrough import Step
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.answer import alone, autosave
from procurement_risk.views.shared import as_before, day_field, session

PROBLEM = "handover-problem"


def draw(opened: session.Opened, step: Step) -> None:
    """Draw who is asked to answer the section, with *Done*; nothing where nobody is."""
    handed = opened.assessment.handovers.get(step.id)
    if handed is None or handed.done_at:
        return
    if is_under_way(handed):
        alone.draw(opened, step, handed)
        return
    with st.container(border=True, key="handed-over"):
        st.markdown(_asked(handed))
        if handed.note:
            st.text(handed.note)
        with st.container(horizontal=True, vertical_alignment="center"):
            if session.may_write(opened, f"{HANDOVER}{step.id}"):
                mine = is_same_person(handed.owner, session.actor())
                st.button(
                    _("Done: this section is answered"),
                    key="handover-done",
                    type="primary" if mine else "secondary",
                    on_click=_done,
                    args=(opened.id, step.id),
                )
            _draw_link(opened, step)


def _asked(handed: HandOver) -> str:
    words = _("**{by}** asks **{owner}** to answer this section.")
    if is_same_person(handed.owner, session.actor()):
        words = _("**{by}** asks you to answer this section.")
    said = words.format(by=plain(handed.by), owner=plain(handed.owner))
    if not handed.due:
        return said
    due = _("By {date}.").format(date=plain(day(handed.due)))
    if handed.due < session.today():
        due = _("By {date}, which has passed.").format(date=plain(day(handed.due)))
    return f"{said} {due}"


def _draw_link(opened: session.Opened, step: Step) -> None:
    """Draw the address to send to whoever is asked."""
    with st.popover(_("Link to send")):
        st.markdown(_("Whoever opens it sees this section and what is asked."))
        place = urlencode({"assessment": opened.id, "section": step.id})
        st.code(f"{st.context.url or ''}?{place}", language=None)


def draw_control(opened: session.Opened, step: Step) -> None:
    """Draw what hands the section over, where nobody is asked to answer it now."""
    last = opened.assessment.handovers.get(step.id)
    if opened.is_preview or (last is not None and not last.done_at):
        return
    if not session.may_write(opened, f"{HANDOVER}{step.id}"):
        return
    as_before.draw_named(
        "hand-over",
        partial(st.container, horizontal=True, vertical_alignment="center"),
        partial(_draw_hand_over, opened, step, last),
        (opened.id, current(), step.id, step.title, last),
    )


def _draw_hand_over(opened: session.Opened, step: Step, last: HandOver | None) -> None:
    pressed = st.button(
        _("Hand this section over"),
        key="hand-over",
        type="tertiary",
        icon=":material/person_add:",
        on_click=autosave.sweep,
    )
    if last is not None:
        words = _("Done by {name}, {date}.")
        st.caption(plain(words.format(name=last.done_by, date=day(last.done_at))))
    if pressed:
        st.session_state.pop(PROBLEM, None)
        title = _("Hand over: {section}").format(section=step.title)
        st.dialog(title, width="medium", position="right")(_draw_form)(opened.id, step.id)


def _draw_form(assessment_id: str, section: str) -> None:
    with st.form(f"handover-{section}", border=False):
        st.text_input(_("Who is to answer it"), max_chars=200, key="handover-owner")
        if is_team():
            st.text_input(
                _("Let a second person answer it alone as well"),
                max_chars=200,
                key="handover-second",
                help=_(
                    "Neither sees the other's answers until both are done. Then both stand side "
                    "by side where they differ, and they agree on one."
                ),
            )
        day_field.draw(_("By"), "handover-due")
        st.text_area(_("Note"), max_chars=5_000, key="handover-note")
        pressed = st.form_submit_button(
            _("Hand over"), type="primary", on_click=_hand_over, args=(assessment_id, section)
        )
    if problem := st.session_state.get(PROBLEM):
        st.error(plain(problem))
    elif pressed:
        st.rerun()


# --- Buttons ------------------------------------------------------------------------------


def _hand_over(assessment_id: str, section: str) -> None:
    kept = st.session_state
    due: date | None = kept.get("handover-due")
    handed = HandOver(
        owner=str(kept.get("handover-owner") or "").strip(),
        second=str(kept.get("handover-second") or "").strip(),
        due=due.isoformat() if due else "",
        note=str(kept.get("handover-note") or "").strip(),
        by=session.actor(),
        at=session.now(),
    )
    session.use_language()
    if found := problems(handed):
        kept[PROBLEM] = " ".join(found)
        return
    if _save(assessment_id, section, handed):
        kept["handover-owner"] = kept["handover-note"] = kept["handover-second"] = ""
        kept["handover-due"] = None


def _done(assessment_id: str, section: str) -> None:
    handed = session.store_of(assessment_id).load(assessment_id).assessment.handovers.get(section)
    if handed is not None:
        _save(assessment_id, section, done(handed, session.actor(), session.now()))


def _save(assessment_id: str, section: str, handed: HandOver) -> bool:
    autosave.sweep()
    store, part = session.store_of(assessment_id), f"{HANDOVER}{section}"
    revision = store.load(assessment_id).revisions.get(part, 0)
    try:
        store.save(assessment_id, part, to_document(handed), revision, session.actor())
    except ProcurementRiskError as error:
        st.session_state[PROBLEM] = str(error)
        return False
    st.session_state.pop(PROBLEM, None)
    return True
