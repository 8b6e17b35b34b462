"""Reviewing the section that is shown: what the reviewer found, and the form to find it."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment import Review, reviewing
from procurement_risk.assessment.asked import Verdict
from procurement_risk.assessment.document import to_document
from procurement_risk.assessment.parts import REVIEW
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import day, listed
from procurement_risk.language.text import plain
from procurement_risk.profile.walkthrough import Step
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.answer import autosave
from procurement_risk.views.shared import session


def draw(opened: session.Opened, step: Step) -> None:
    """Draw what a reviewer found of the section, and the form while the whole is in review."""
    found = opened.assessment.reviews.get(step.id)
    in_review = opened.assessment.state == "in_review"
    if opened.is_preview or (found is None and not in_review):
        return
    with st.container(border=True, key="review"):
        st.markdown(_found(opened, step, found))
        if found is not None and found.note:
            st.text(found.note)
        if is_team() and (left := _unconfirmed(opened, step)):
            st.caption(plain(left))
        if in_review and session.may_write(opened, f"{REVIEW}{step.id}"):
            _draw_form(opened, step)


def _found(opened: session.Opened, step: Step, found: Review | None) -> str:
    if found is None:
        return _("**In review.** Nobody has reviewed this section yet.")
    words = _("**Returned** by {name}, {date}.")
    if found.verdict == "accepted":
        words = _("**Accepted** by {name}, {date}.")
    said = words.format(name=plain(found.by), date=day(found.at))
    if reviewing.is_as_reviewed(opened.assessment, opened.framework, step.id):
        return said
    changed = _("It was changed since, and waits to be reviewed again.")
    return f"{said} {changed}"


def _unconfirmed(opened: session.Opened, step: Step) -> str:
    """Return what is said not to apply and still has to be accepted, as a sentence; or empty."""
    left = reviewing.unconfirmed(opened.assessment, opened.framework, step.id)
    words = ngettext(
        "{questions} is said not to apply: accepting the section confirms it.",
        "{questions} are said not to apply: accepting the section confirms them.",
        len(left),
    )
    return words.format(questions=listed(left)) if left else ""


def _draw_form(opened: session.Opened, step: Step) -> None:
    changes = session.store_of(opened.id).history(opened.id)
    filled = reviewing.fillers(changes, opened.framework, step.id)
    if message := reviewing.refused(_review(opened, step, "accepted", ""), filled):
        st.caption(plain(message))
        return
    if not is_team():
        st.caption(_("Whoever filled a section does not review it. Here that goes by name only."))
    with st.form(f"review:{opened.id}:{step.id}", border=False, enter_to_submit=False):
        note = st.text_area(_("What is to be changed, or a note"), max_chars=5_000, height=90)
        with st.container(horizontal=True):
            accepted = st.form_submit_button(_("Accept the section"))
            returned = st.form_submit_button(_("Return it"))
        if accepted or returned:
            verdict: Verdict = "accepted" if accepted else "returned"
            _save(opened, step, _review(opened, step, verdict, note or ""))


def _review(opened: session.Opened, step: Step, verdict: Verdict, note: str) -> Review:
    digest = reviewing.digest_of(opened.assessment, opened.framework, step.id)
    return Review(
        verdict=verdict, by=session.named(), at=session.now(), digest=digest, note=note.strip()
    )


def _save(opened: session.Opened, step: Step, review: Review) -> None:
    autosave.sweep()
    part = f"{REVIEW}{step.id}"
    if session.save(part, to_document(review), opened.revisions.get(part, 0)):
        st.rerun()
