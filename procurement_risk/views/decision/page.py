"""The Decision page: what stands in the way, the conditions, and what a named person decides.

    what is recommended · what was decided
    stops and flags, overrides, conditions │ the decision · the sign-off · where it stands
    reasons to look again

The tool recommends; a named person decides. What may be recorded, ``profile.deciding`` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from procurement_risk.assessment import Mitigation, StopOverride, Trigger
from procurement_risk.assessment.document import to_documents
from procurement_risk.assessment.vocabulary import TRIGGERS, id_of, in_words
from procurement_risk.assessment.words import trigger_state, workflow_state
from procurement_risk.assessment.workflow import next_states
from procurement_risk.errors import Problem
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import (
    gates,
    method_words,
    overriding,
    signers,
    words as profile_words,
)
from procurement_risk.profile.carrying import open_triggers
from procurement_risk.report import red_flags
from procurement_risk.report.red_flags import Group
from procurement_risk.report.subject import asked_and_answered
from procurement_risk.views.decision import conditions, overrides, record, sign_off
from procurement_risk.views.shared import (
    blocks,
    change_state,
    forms,
    heading,
    look_again as looks,
    question_link,
    session,
    tables,
)
from procurement_risk.views.shared.session import Opened, may_write


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    heading.draw(_("Decision"), opened)
    _draw_recommended(opened)
    before, decided = st.columns([3, 2], gap="large")
    with before:
        _draw_stands(opened)
        overrides.draw_left(opened)
        conditions.draw(opened)
    with decided:
        record.draw(opened)
        sign_off.draw(opened)
        _draw_state(opened)
    _draw_reasons(opened)
    st.caption(_(profile_words.LIMITS))


def _draw_recommended(opened: Opened) -> None:
    """Draw what was found, who is to sign, and what was decided."""
    found = opened.outcome
    lead = (
        _("Recommended: {recommendation}.")
        if found.recommendation
        else _("Found: {recommendation}.")
    )
    lines = [f"**{lead.format(recommendation=plain(method_words.headline(found)))}**"]
    if isinstance(found, Result):
        lines.append(signers.to_be_signed(found, plain))
    lines.append(signers.assessed_by(opened.assessment, plain))
    st.markdown(" ".join(filter(None, lines)))
    decided = opened.assessment.decision
    if decided is None:
        return
    line = _("**{decision}**, decided by {name}, {date}.").format(
        decision=plain(gates.decided(opened.framework, decided)),
        name=plain(decided.by),
        date=plain(day(decided.at)),
    )
    if decided.review_by:
        line += " " + _("To be reviewed by {date}.").format(date=plain(day(decided.review_by)))
    if found.recommendation not in ("", decided.decision):
        line += " " + _("This differs from what is recommended now.")
    st.markdown(line)
    if decided.reason:
        st.text(_("Reason: {reason}").format(reason=decided.reason))


# Where the assessment stands, and the one action that takes it on.


def _draw_state(opened: Opened) -> None:
    """Draw the state, the way into life once it was decided, and the ways elsewhere."""
    now = opened.assessment.state
    st.header(_("Where it stands"), anchor=False)
    st.markdown(f"**{workflow_state(now)}**")
    moves = [each for each in next_states(opened.assessment) if may_write(opened, "state", each)]
    goes_on = now == "decided" and "live" in moves
    label = _("It is in use: put it in life")
    if goes_on and st.button(label, type="primary", key="state:live"):
        change_state.save(opened.id, "live")
    if now == "draft" and "in_review" in moves and st.button(_("Submit it for review")):
        change_state.save(opened.id, "in_review")
    if moves and st.button(_("Change the state"), disabled=opened.archived):
        change_state.ask(opened)


# Reasons to look again, and what became of them.


def _draw_reasons(opened: Opened) -> None:
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


# The stops and flags that stand, each with what may be done about it, and the way to do it.

_FIRST_FLAGS = 4


def _draw_stands(opened: Opened) -> None:
    """Draw what stands, the gravest first; the later flags are folded away."""
    result = opened.outcome
    if not isinstance(result, Result):
        return
    st.header(_("What stands in the way"), anchor=False)
    stops, *others = red_flags.fired(result)
    flags = [(group, name) for group in others for name in group.questions]
    if not stops.questions and not flags:
        st.markdown(_("No stop and no flag fired."))
    for name in stops.questions:
        _draw_one(opened, stops, name)
    for group, name in flags[:_FIRST_FLAGS]:
        _draw_one(opened, group, name)
    _draw_folded(opened, flags[_FIRST_FLAGS:])


def _draw_folded(opened: Opened, flags: Sequence[tuple[Group, str]]) -> None:
    if flags:
        label = counted(len(flags), "{n} more flag fired", "{n} more flags fired")
        with st.expander(label, type="compact"):
            for group, name in flags:
                _draw_one(opened, group, name)


def _draw_one(opened: Opened, group: Group, name: str) -> None:
    """Draw one stop or flag: a link to its question, its answer, and how it can be dealt with."""
    about = blocks.subject(opened)
    with st.container(border=True, gap="xsmall"):
        question_link.draw(opened, name, group.lead.format(question=name))
        st.markdown(plain(asked_and_answered(about, about.framework.by_id[name])))
        condition = _condition(opened, name)
        if condition is not None:
            words = red_flags.conditioned(about, condition, session.today())
            st.markdown(f":material/handshake: **{plain(words)}**")
        override = _override(opened, name)
        if override is not None:
            overrides.draw_recorded(opened, override)
        elif name in overriding.overridable(opened.outcome):
            st.markdown(_("Meet it, or let a senior officer override it."))
            overrides.draw_form(opened, name)
        elif name in overriding.duties_among(opened.outcome):
            st.markdown(
                _(
                    "**A legal duty.** It can only be met, not overridden: "
                    "nothing goes ahead over it."
                )
            )
        elif condition is None:
            st.markdown(_("Meet it, or put a condition on it."))


def _condition(opened: Opened, name: str) -> Mitigation | None:
    recorded = opened.assessment.answer_set.mitigations
    return next((each for each in recorded if each.question == name), None)


def _override(opened: Opened, name: str) -> StopOverride | None:
    recorded = opened.assessment.overrides
    return next((each for each in recorded if each.question == name), None)
