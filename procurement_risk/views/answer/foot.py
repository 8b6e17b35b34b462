"""The foot of a question's card: what the answer did, whether it is saved, and what is at hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from procurement_risk.assessment.document import answer_from_document
from procurement_risk.framework import Question
from procurement_risk.language import _, current
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.profile.effect import effect_of
from procurement_risk.profile.effect_words import Said, sentences, standing
from procurement_risk.views.answer import autosave, comments, drawer, evidence, files
from procurement_risk.views.answer.autosave import OnScreen
from procurement_risk.views.answer.fields import KINDS, Document
from procurement_risk.views.answer.words import Words
from procurement_risk.views.shared import as_before, session

ICONS = {"stop": ":material/block: ", "flag": ":material/warning: ", "plain": ""}


def draw(opened: session.Opened, question: Question, words: Words) -> None:
    """Draw the foot."""
    shown = autosave.on_screen(opened, question)
    _draw_effect(opened, question, shown)
    if shown is not None and shown.problem:
        st.error(plain(shown.problem))
    place = opened.id, question.id
    noted = not question.is_fact and evidence.is_open(opened, question)
    with st.container(horizontal=True, vertical_alignment="center", key=f"foot-{question.id}"):
        saved = _saved(shown)
        as_before.draw_here("saved", partial(_draw_saved, saved), saved)
        locked = autosave.is_locked(opened, question)
        if shown is not None and autosave.can_undo(shown) and not locked:
            _draw_button(_("Undo"), "undo", autosave.undo, place)
        if _is_cleared_here(shown) and not locked:
            _draw_button(_("Clear this answer"), "clear", autosave.clear, place)
        as_before.draw_here(
            "at-hand",
            partial(_draw_at_hand, opened, question, words),
            (current(), opened.id, question, words, noted, *_at_hand(opened, question)),
        )
    if noted:
        evidence.draw_note(opened, question)
        if shown is None or not shown.alone:
            files.draw_control(opened, question)
    if noted and not locked:
        _draw_button(_("Clear this answer"), "clear", autosave.clear, place)


def _draw_saved(words: str) -> None:
    st.caption(words, width="content")


def _at_hand(opened: session.Opened, question: Question) -> tuple[object, ...]:
    """Return what the controls at hand depend on, beside the question and its words."""
    said = opened.assessment.comments.get(question.id)
    return evidence.kept(opened, question), said, session.may("comment", opened.id)


def _draw_at_hand(opened: session.Opened, question: Question, words: Words) -> None:
    """Draw what shows more of a question: note and link, why it is asked, comments."""
    if not question.is_fact:
        evidence.draw_control(opened, question)
    if words.guidance:
        drawer.draw_control(question, words, "-".join((opened.id, question.id)))
    comments.draw_control(opened, question)


def _draw_button(
    label: str, what: str, act: Callable[[str, str], None], place: tuple[str, str]
) -> None:
    st.button(label, key="-".join((what, *place)), type="tertiary", on_click=act, args=place)


def _is_cleared_here(shown: OnScreen | None) -> bool:
    """Return whether an answer can be taken back only by a button that is always at hand.

    So are facts, which have no note; and a state that stands in place of a text or a list.
    """
    if shown is None or shown.document is None:
        return False
    declared = shown.document.get("state", "unanswered") != "unanswered"
    return shown.question.is_fact or (declared and not KINDS[shown.question.type].holds_states)


def draw_standing(opened: session.Opened, question: Question) -> None:
    """Draw the stop or the flag that stands because of this answer, if any."""
    stands = standing(opened.outcome, question)
    if stands is not None:
        drawn = st.error if stands.weight == "stop" else st.warning
        drawn(plain(stands.text), icon=ICONS[stands.weight].strip())


def _draw_effect(opened: session.Opened, question: Question, shown: OnScreen | None) -> None:
    """Say what the last answer did, beside the stop or flag that it fired."""
    if shown is None or shown.change is None or shown.unsaved or shown.alone:
        return
    if shown.change.did is None:
        shown.change.did = _did(opened, question, shown.change.former)
    lines = " ".join(f"{ICONS[said.weight]}{plain(said.text)}" for said in shown.change.did)
    as_before.draw_here("did", partial(_draw_lines, lines), lines)


def _draw_lines(lines: str) -> None:
    st.markdown(lines)


def _did(opened: session.Opened, question: Question, former: Document | None) -> list[Said]:
    before = answer_from_document(former) if former else None
    return sentences(effect_of(opened.outcome, question, before, opened.before))


def _saved(shown: OnScreen | None) -> str:
    """Return when it was saved, and by whom where it was not this visit."""
    if shown is not None and shown.saved_at:
        words = _("Last saved at {time} UTC") if shown.unsaved else _("Saved at {time} UTC")
        if shown.alone and not shown.unsaved:
            words = _("Saved at {time} UTC, for you alone")
        return words.format(time=shown.saved_at[11:19])
    if shown is not None and shown.document is not None:
        by = plain(str(shown.document.get("by", ""))) or _("somebody")
        at = str(shown.document.get("at", ""))
        words = _("Saved {date} by {name}") if at else _("Saved by {name}")
        return words.format(date=plain(day(at)), name=by)
    return _("Not answered yet")
