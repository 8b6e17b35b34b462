"""What was carried over from an earlier look: on its card, and for a section as a whole."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import partial

import streamlit as st

from procurement_risk.assessment import CarriedAnswer, Mitigation
from procurement_risk.assessment.document import carried_to_document
from procurement_risk.assessment.parts import CARRIED, HANDOVER
from procurement_risk.assessment.words import answer_text, mitigation_status
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework import Question
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.profile import confirming
from procurement_risk.profile.carrying import carried_mitigations, unconfirmed, without_mitigation
from procurement_risk.profile.confirming import Confirmation
from procurement_risk.profile.walkthrough import Step
from procurement_risk.storage.looks import confirm
from procurement_risk.storage.reading import Stored
from procurement_risk.views.answer import autosave
from procurement_risk.views.answer.words import words_of
from procurement_risk.views.shared import as_before, day_field, session

SAID = "carried-said"  # where the visit keeps what was left at the last click, and why
SINCE = "carried-since"
DROPPED = "Its condition was dropped"  # stored, so in English whatever the language


def draw_title(opened: session.Opened, step: Step) -> None:
    """Draw the title of a section, and in the same line what confirms what it was given.

    The line stays as high as it is for the visit, so that no question moves.
    """
    if not _is_carrying(opened):
        as_before.draw_here("title", partial(_draw_header, step.title), step.title)
        return
    everywhere = unconfirmed(opened.assessment)
    with st.container(
        horizontal=True, vertical_alignment="center", gap="xsmall", key="carried-title"
    ):
        st.header(plain(step.title), anchor=False)
        if _may_confirm(opened, step):
            if unconfirmed(opened.assessment, _asked(step)):
                st.button(
                    _("Confirm this section"),
                    key="confirm-section",
                    on_click=_confirm_section,
                    args=(opened.id, step.id),
                )
            if everywhere:
                _draw_since(opened)
    if _may_confirm(opened, step):
        _draw_left(opened, everywhere)


def _draw_header(title: str) -> None:
    st.header(plain(title), anchor=False)


def draw_section(opened: session.Opened, step: Step) -> None:
    """Say, below its questions, how many answers of a section wait to be confirmed."""
    if _is_carrying(opened):
        here = unconfirmed(opened.assessment, _asked(step))
        st.caption(_counted(len(here), len(unconfirmed(opened.assessment))))


def _is_carrying(opened: session.Opened) -> bool:
    """Whether anything waits to be confirmed, or did when the person last confirmed."""
    return bool(_said(opened) or unconfirmed(opened.assessment))


def _may_confirm(opened: session.Opened, step: Step) -> bool:
    return session.may_write(opened, f"{HANDOVER}{step.id}")  # it is of the same section


def _asked(step: Step) -> frozenset[str]:
    return frozenset(question.id for question in step.questions)


def _draw_left(opened: session.Opened, waiting: Collection[str]) -> None:
    """Say what the last click left as it was, and why."""
    said = _said(opened)
    if said.get(""):
        st.error(plain(said[""]))
    left = {name: why for name, why in said.items() if name in waiting}
    if left:
        label = counted(len(left), "Why {n} was left", "Why {n} were left")
        with st.expander(label, type="compact"):
            asked = {name: opened.framework.by_id[name] for name in left}
            called = {name: words_of(opened.framework, asked[name]).called for name in left}
            st.markdown(
                "\n".join(f"- **{called[name]}** {plain(why)}" for name, why in left.items())
            )


def _counted(here: int, everywhere: int) -> str:
    if not everywhere:
        return _("All that was carried over is confirmed or was answered anew.")
    words = counted(
        here,
        "{n} answer in this section is carried over and not confirmed yet.",
        "{n} answers in this section are carried over and not confirmed yet.",
    )
    if not here:
        words = _("All that was carried over in this section is confirmed or was answered anew.")
    if everywhere > here:
        more = everywhere - here
        words += " " + counted(more, "{n} more in others.", "{n} more in others.")
    return words + " " + _("They count as open.")


def _draw_since(opened: session.Opened) -> None:
    with st.popover(_("Confirm by age")):
        st.markdown(
            _(
                "In all sections: every answer from this day on that rests on evidence, and whose "
                "evidence has not run out. Of each that is left it says why."
            )
        )
        today = date.fromisoformat(session.today())
        year_ago = today.replace(year=today.year - 1, day=min(today.day, 28))
        day_field.draw(_("From this day on"), SINCE, year_ago)
        st.button(
            _("Confirm all of these"), key="confirm-since", on_click=_confirm_since,
            args=(opened.id,),
        )  # fmt: skip


def draw(opened: session.Opened, question: Question) -> None:
    """Draw what an earlier look held of a question, with what confirms it."""
    if question.id not in opened.assessment.carried:
        return
    carried = unconfirmed(opened.assessment, {question.id}).get(question.id)
    mitigations = carried_mitigations(opened.assessment)
    mitigation = next((m for m in mitigations if m.question == question.id), None)
    if carried is None and mitigation is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"carried-{question.id}"):
        lines = [_answered(question, carried)] if carried else []
        lines += [_agreed(question, mitigation)] if mitigation else []
        st.markdown("  \n".join(lines), width="stretch")
        label = _("Confirm {question}") if carried else _("Confirm the condition on {question}")
        label = _("Confirm this fact") if question.is_fact else label
        st.button(
            label.format(question=question.id),
            key=f"confirm-{opened.id}-{question.id}",
            on_click=_confirm_one,
            args=(opened.id, question.id),
        )
        if mitigation:
            st.button(
                _("Drop the condition on {question}").format(question=question.id),
                key=f"drop-{opened.id}-{question.id}",
                type="tertiary",
                on_click=_drop_mitigation,
                args=(opened.id, question.id),
            )
    if why := _said(opened).get(question.id):
        st.warning(plain(_("Not confirmed. {why}").format(why=why)))


def _answered(question: Question, carried: CarriedAnswer) -> str:
    answer = carried.answer
    assert answer is not None
    lead = _("From {date}, not confirmed yet:").format(date=day(carried.day))
    said = [answer_text(question, answer)]
    if not question.is_fact and answer.state == "answered":
        said.append(answer.evidence)
    if answer.valid_until:
        said.append(_("valid until {date}").format(date=day(answer.valid_until)))
    said += [_("by {name}").format(name=answer.by)] if answer.by else []
    said += [_("note: {note}").format(note=answer.note)] if answer.note else []
    return f":material/history: {plain(lead)} **{plain(said[0])}** {plain(' · '.join(said[1:]))}"


def _agreed(question: Question, mitigation: Mitigation) -> str:
    option = question.option(mitigation.target)
    said = [mitigation_status(mitigation.status)]
    said += [option.label] if option else []
    said += [mitigation.owner] if mitigation.owner else []
    said += [_("due {date}").format(date=day(mitigation.due))] if mitigation.due else []
    said += [mitigation.clause] if mitigation.clause else []
    lead = _("Its condition, not confirmed yet: it lowers nothing.")
    return f"{plain(lead)} {plain(' · '.join(said))}"


# --- Buttons ------------------------------------------------------------------------------


def _said(opened: session.Opened) -> dict[str, str]:
    """Return what the last click left and why, by question; by no question what failed."""
    found = st.session_state.get(SAID, ("", {}))
    return dict(found[1]) if found[0] == opened.id else {}


def _confirm_one(assessment_id: str, question: str) -> None:
    _confirm(
        assessment_id,
        lambda now, by: confirming.confirm_one(
            now.assessment, now.framework, question, by, session.now()
        ),
    )


def _drop_mitigation(assessment_id: str, question: str) -> None:
    """Carry the condition no longer; what was agreed then stays in the earlier look."""
    autosave.sweep()
    store = session.store_of(assessment_id)
    stored = store.load(assessment_id)
    part, left = f"{CARRIED}{question}", without_mitigation(stored.assessment, question)
    value, revision = carried_to_document(left) if left else None, stored.revisions.get(part, 0)
    try:
        store.save(
            assessment_id, part, value, revision, session.actor(), DROPPED, stored.framework
        )
    except ProcurementRiskError as error:
        st.session_state[SAID] = assessment_id, {"": str(error)}


def _confirm_section(assessment_id: str, section: str) -> None:
    _confirm(
        assessment_id,
        lambda now, by: confirming.confirm_section(
            now.assessment, now.framework, section, by, session.now()
        ),
    )


def _confirm_since(assessment_id: str) -> None:
    since: date | None = st.session_state.get(SINCE)
    if since is None:
        return
    _confirm(
        assessment_id,
        lambda now, by: confirming.confirm_since(
            now.assessment, now.framework, since.isoformat(), by, session.now()
        ),
    )


def _confirm(assessment_id: str, find: Callable[[Stored, str], Confirmation]) -> None:
    """Save what is typed, then what is confirmed; keep what was left, to be said in its place."""
    autosave.sweep()
    store, by = session.store_of(assessment_id), session.actor()
    stored = store.load(assessment_id)
    done = find(stored, by)
    try:
        confirm(store, stored, done, by)
    except ProcurementRiskError as error:
        st.session_state[SAID] = assessment_id, {"": str(error)}
        return
    for name in done.answers:
        autosave.show_latest(assessment_id, name)
    st.session_state[SAID] = assessment_id, {**done.left, "": ""}
    number = len(done.answers.keys() | done.mitigations.keys())
    st.toast(counted(number, "{n} confirmed", "{n} confirmed"))
