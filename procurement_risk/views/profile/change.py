"""What would change the recommendation: one answer at a time, scope put back, and a trial."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment.words import answer_text
from procurement_risk.framework.words import as_asked, decision
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import advice, words as profile_words
from procurement_risk.profile.advice import Change
from procurement_risk.views.profile import trial
from procurement_risk.views.shared import forms, tables
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw the page's answers to "what if"."""
    _draw_single_answers(opened)
    _draw_inapplicable(opened)
    trial.draw(opened)


# --- One answer at a time -----------------------------------------------------------------


def _draw_single_answers(opened: Opened) -> None:
    result = opened.result
    if result.recommendation == "not_ready":
        st.markdown(
            _(
                "The recommendation is not settled yet, so there is nothing to change. "
                "See above what is missing."
            )
        )
        return
    now = plain(decision(result.recommendation))
    better = forms.advice(opened, "would_improve", lambda: advice.would_improve(opened.result))
    worse = forms.advice(opened, "resting_on", lambda: advice.resting_on(opened.result))
    eases = _("One better answer that would ease “{decision}”: {n}")
    st.subheader(eases.format(decision=now, n=len(better)), anchor=False)
    if better:
        st.markdown(_("Each on its own, with evidence checked by us (E4)."))
        _draw_changes(_("Better answers that ease the decision"), result, better)
    else:
        st.markdown(_("No single better answer does. It takes several, or a mitigation."))
    st.subheader(_("What it rests on: {n}").format(n=len(worse)), anchor=False)
    if worse:
        st.markdown(_("If one of these came out one option worse, the decision would be graver."))
        _draw_changes(_("Answers that the decision rests on"), result, worse)
    else:
        st.markdown(_("No single answer, one option worse, would make the decision graver."))


def _draw_changes(title: str, result: Result, changes: tuple[Change, ...]) -> None:
    rows = []
    for change in changes:
        answer = result.answer_set.answers.get(change.question.id)
        then = profile_words.then(change)
        now = answer_text(change.question, answer)
        question = as_asked(change.question)
        rows.append([question, now, change.option.label, then])
    tables.draw(title, [_("Question"), _("Now"), _("If it were"), _("Then")], rows)


# --- Scope put back -----------------------------------------------------------------------


def _draw_inapplicable(opened: Opened) -> None:
    result = opened.result
    again = forms.advice(
        opened, "without_inapplicable", lambda: advice.without_inapplicable(opened.result)
    )
    st.subheader(_("If the questions declared not applicable were open"), anchor=False)
    if again is None:
        st.markdown(_("No question is declared not applicable."))
        return
    st.markdown(inapplicable_words(result, again))
    declared = [
        [f"{name} {result.framework.by_id[name].ask}", answer.reason]
        for name, answer in result.answer_set.answers.items()
        if answer.state == "not_applicable"
    ]
    columns = [_("Declared not applicable"), _("Because")]
    tables.draw(_("Questions declared not applicable, with the reasons"), columns, declared)


def inapplicable_words(result: Result, again: Result) -> str:
    """Return whether taking every "not applicable" back would move the gravest decision."""
    now, then = decision(result.decision_high), decision(again.decision_high)
    if again.decision_high == result.decision_high:
        words = _("The gravest possible decision would stay at {now}.")
    else:
        words = _(
            "**The gravest possible decision would move from {now} to {then}, so the reasons "
            "below matter.**"
        )
    return f"{words.format(now=now, then=then)} {_headline(result, again)}"


def _headline(before: Result, after: Result) -> str:
    one, other = profile_words.recommendation(before), profile_words.recommendation(after)
    if one == other:
        return ""
    return _("The headline would read: “{headline}”.").format(headline=plain(other))
