"""What people did: the decision, stops overridden by somebody senior, and reasons to look again.

The tool recommends; a named person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from procurement_risk.assessment import RecordedDecision, StopOverride, Trigger
from procurement_risk.assessment.document import to_document, to_documents
from procurement_risk.assessment.vocabulary import TRIGGERS, id_of, in_words
from procurement_risk.framework import DECISIONS
from procurement_risk.framework import words as framework_words
from procurement_risk.language import _, pgettext
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.profile import deciding, method_words
from procurement_risk.views.profile import decision
from procurement_risk.views.shared import blocks, forms, session, tables
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw the decision, the overrides and the triggers, each with its form."""
    _draw_decision(opened)
    _draw_overrides(opened)
    _draw_triggers(opened)


# --- The decision -------------------------------------------------------------------------


def _draw_decision(opened: Opened) -> None:
    st.subheader(_("Decision"), anchor=False)
    decided = opened.assessment.decision
    found = opened.outcome
    lead = _("Found: {recommendation}.")
    if found.recommendation:
        lead = _("Recommended: {recommendation}.")
    st.markdown(
        lead.format(recommendation=plain(method_words.headline(found)))
        + " "
        + _("A named person decides, and may differ with a recorded reason.")
    )
    if decided is not None:
        line = _("**{decision}**, decided by {name}, {date}.").format(
            decision=plain(framework_words.decision(decided.decision)),
            name=plain(decided.by),
            date=plain(day(decided.at)),
        )
        if decided.review_by:
            review = plain(day(decided.review_by))
            line += " " + _("To be reviewed by {date}.").format(date=review)
        st.markdown(line)
        if decided.reason:
            st.text(_("Reason: {reason}").format(reason=decided.reason))
    ask = partial(_ask_decision, opened)
    forms.draw(opened, "decision", _("Record the decision"), ask)


def _ask_decision(opened: Opened, key: str) -> tuple[list[str], object | None]:
    stored = opened.assessment.decision or RecordedDecision(
        decision="", by=_named_actor(), at=session.today()
    )
    labels: dict[str, str] = {each: framework_words.decision(each) for each in DECISIONS}
    begin, asks = f"{key}:decision", _("Choose a decision")
    choice = forms.choose(_("Decision"), labels, begin, stored.decision, placeholder=asks)
    who, when, review = st.columns(3)
    with who:
        by = forms.ask_text(_("Decided by"), stored.by, f"{key}:by", 200)
    with when:
        at = forms.ask_date(_("Date"), stored.at[:10], f"{key}:at")
    with review:
        review_by = forms.ask_date(_("Review by"), stored.review_by, f"{key}:review")
    reason = forms.ask_note(
        _("Reason (needed where it differs from the recommendation)"),
        stored.reason,
        f"{key}:reason",
    )
    accepted = deciding.to_accept(opened.outcome) if reason else ()
    decision = RecordedDecision(
        decision=choice,
        by=by,
        at=at,
        reason=reason,
        review_by=review_by,
        accepted_open=accepted,
    )
    found = deciding.problems(decision, opened.outcome)
    return [each.message for each in found], to_document(decision)


def _date_problem(text: str) -> list[str]:
    return forms.date_problem(
        text,
        wrong=_("The date is not a date. Write it like {example}."),
        missing=_("Write the date, like {example}."),
    )


def _named_actor() -> str:
    actor = session.actor()
    return "" if actor == session.UNNAMED else actor


# --- Overridden stops ---------------------------------------------------------------------


def _draw_overrides(opened: Opened) -> None:
    overrides = opened.assessment.overrides
    open_to_it = overridable(opened)
    fired = opened.outcome.red_flags.stops_fired
    if not (overrides or fired):
        return
    st.subheader(_("Stops overridden"), anchor=False)
    if not overrides:
        st.markdown(_("None."))
    for override in overrides:
        _draw_override(opened, override)
    if open_to_it:
        st.markdown(
            _(
                "A senior officer may override a fired stop that is not a legal duty, with a "
                "reason and a day until which it holds. It is still shown as a stop."
            )
        )
        ask = partial(_ask_override, opened, open_to_it)
        forms.draw(opened, "overrides", _("Record the override"), ask)
    elif fired and not overrides:
        st.markdown(_("Every stop that fired is a legal duty: it can only be met."))


def overridable(opened: Opened) -> list[str]:
    """Return the fired stops that are not legal duties, in reading order."""
    by_id = opened.framework.by_id
    fired = ((name, by_id[name].red_flag) for name in opened.outcome.red_flags.stops_fired)
    return [name for name, flag in fired if flag is not None and not flag.legal_duty]


def _draw_override(opened: Opened, override: StopOverride) -> None:
    question = opened.framework.by_id.get(override.question)
    ask = plain(question.ask) if question else ""
    words = decision.override_words(blocks.subject(opened), override)
    st.markdown(f"**{plain(override.question)}** {ask} {words}")
    label = _("Withdraw the override of {question}").format(question=override.question)
    if st.button(label, key=f"un:{override.question}"):
        kept = [o for o in opened.assessment.overrides if o.question != override.question]
        _save_now(opened, "overrides", to_documents(kept) or None)


def _ask_override(
    opened: Opened, open_to_it: Sequence[str], key: str
) -> tuple[list[str], object | None]:
    labels = {name: f"{name} {opened.framework.by_id[name].ask}" for name in open_to_it}
    only = open_to_it[0] if len(open_to_it) == 1 else ""
    name = forms.choose(_("Stop"), labels, f"{key}:stop", only, placeholder=_("Choose a stop"))
    who, when = st.columns(2)
    with who:
        by = forms.ask_text(_("Overridden by"), "", f"{key}:by", 200)
    with when:
        until = forms.ask_date(_("Until"), "", f"{key}:until")
    reason = forms.ask_note(_("Reason for the override"), "", f"{key}:reason")
    override = StopOverride(question=name, by=by, at=session.now(), reason=reason, until=until)
    kept = [o for o in opened.assessment.overrides if o.question != override.question]
    value = to_documents([*kept, override])
    return override_problems(override, session.today()), value


def override_problems(override: StopOverride, today: str) -> list[str]:
    """Return what an override lacks, as sentences."""
    found = []
    if not override.question:
        found.append(_("Choose the stop that is overridden."))
    if not override.by:
        found.append(_("Write who overrides it: a name and a senior post."))
    if not override.reason:
        found.append(_("Write the reason."))
    found += forms.date_problem(
        override.until,
        wrong=_("The day until which it holds is not a date. Write it like {example}."),
        missing=_("Write the day until which it holds, like {example}."),
    )
    if not found and override.until < today:
        found.append(_("The day until which it holds has passed. Write a later one."))
    return found


# --- Triggers -----------------------------------------------------------------------------


def _draw_triggers(opened: Opened) -> None:
    st.subheader(_("Reasons to look again"), anchor=False)
    triggers = opened.assessment.triggers
    if triggers:
        rows = [[in_words(t.what), day(t.at), trigger_state(t), t.note] for t in triggers]
        columns = [_("What happened"), _("When"), _("State"), _("Note")]
        tables.draw(_("Reasons to look again"), columns, rows)
    else:
        st.markdown(_("None recorded."))
    for place, trigger in enumerate(triggers):
        if not trigger.resolved_at and st.button(
            _("Mark as dealt with: {reason}").format(reason=plain(in_words(trigger.what))),
            key=f"deal:{place}",
        ):
            dealt = replace(trigger, resolved_at=session.now())
            changed = [dealt if at == place else t for at, t in enumerate(triggers)]
            _save_now(opened, "triggers", to_documents(changed))
    forms.draw(opened, "triggers", _("Add the reason"), partial(_ask_trigger, opened))


def trigger_state(trigger: Trigger) -> str:
    """Return whether what calls for a new look is still open, or when it was dealt with."""
    if not trigger.resolved_at:
        return pgettext("not dealt with", "Open")
    return _("Dealt with, {date}").format(date=day(trigger.resolved_at))


def _ask_trigger(opened: Opened, key: str) -> tuple[list[str], object | None]:
    what = st.selectbox(
        _("What happened"),
        list(TRIGGERS),
        index=None,
        format_func=session.worded(TRIGGERS, in_words),
        placeholder=_("Choose, or write your own"),
        accept_new_options=True,
        key=f"{key}:what",
    )
    at = forms.ask_date(_("When"), session.today(), f"{key}:at")
    note = forms.ask_note(_("Note on what happened"), "", f"{key}:note")
    what = id_of((what or "").strip()[:300], TRIGGERS)
    trigger = Trigger(what=what, at=at, note=note)
    problems = [] if trigger.what else [_("Write what happened.")]
    problems += _date_problem(at)
    return problems, to_documents([*opened.assessment.triggers, trigger])


def _save_now(opened: Opened, part: str, value: object | None) -> None:
    if session.save(part, value, opened.revisions.get(part, 0)):
        st.rerun()
