"""Reasons to look again, and what became of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from procurement_risk.assessment import Trigger
from procurement_risk.assessment.document import to_documents
from procurement_risk.assessment.vocabulary import TRIGGERS, id_of, in_words
from procurement_risk.assessment.words import trigger_state
from procurement_risk.errors import Problem
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.profile.carrying import open_triggers
from procurement_risk.views.shared import forms, look_again as looks, session, tables
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw what called for a new look, and the form to add something that does."""
    st.header(_("Reasons to look again"), anchor=False)
    triggers = opened.assessment.triggers
    if triggers:
        rows = [[in_words(t.what), day(t.at), trigger_state(t), t.note] for t in triggers]
        columns = [_("What happened"), _("When"), _("State"), _("Note")]
        tables.draw(_("Reasons to look again"), columns, rows)
    else:
        st.markdown(_("None recorded."))
    may = session.may_write(opened, "triggers")
    for place, trigger in enumerate(triggers if may else ()):
        if not trigger.resolved_at and st.button(
            _("Mark as dealt with: {reason}").format(reason=plain(in_words(trigger.what))),
            key=f"deal:{place}",
        ):
            dealt = replace(trigger, resolved_at=session.now())
            changed = [dealt if at == place else t for at, t in enumerate(triggers)]
            revision = opened.revisions.get("triggers", 0)
            if session.save("triggers", to_documents(changed), revision):
                st.rerun()
    begins = session.may("start", opened.id) and open_triggers(opened.assessment)
    if begins and st.button(
        _("Look again at what it touches"), key="look-again", disabled=opened.archived
    ):
        looks.ask(opened)
    forms.draw(opened, "triggers", _("Add the reason"), partial(_ask_trigger, opened))


def _ask_trigger(opened: Opened, key: str) -> tuple[list[Problem], object | None]:
    what = st.selectbox(
        _("What happened"),
        list(TRIGGERS),
        index=None,
        format_func=session.worded(TRIGGERS, in_words),
        placeholder=_("Choose, or write your own"),
        accept_new_options=True,
        key=f"{key}:what",
    )
    forms.say_fault(f"{key}:what")
    at = forms.ask_day(_("When"), session.today(), f"{key}:at")
    note = forms.ask_note(_("Note on what happened"), "", f"{key}:note")
    what = id_of((what or "").strip()[:300], TRIGGERS)
    trigger = Trigger(what=what, at=at, note=note)
    problems = [] if trigger.what else [Problem("what", _("Write what happened."))]
    problems += [] if at else [Problem("at", _("Give the day on which it happened."))]
    return problems, to_documents([*opened.assessment.triggers, trigger])
