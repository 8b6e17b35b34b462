"""The conditions with owner and day, and what would change the recommendation, in a few lines."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import plain
from procurement_risk.profile import advice, words as profile_words
from procurement_risk.views.profile import FINDINGS, findings
from procurement_risk.views.shared import forms, session, tables
from procurement_risk.views.shared.session import Opened

FIRST = 4


def draw(opened: Opened) -> None:
    """Draw both side by side; each in full stands in its tab below."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        _draw_conditions(opened)
    with right:
        _draw_changes(opened)


def _draw_conditions(opened: Opened) -> None:
    recorded = findings.condition_rows(opened)
    st.subheader(_("Conditions"), anchor=False)
    if not recorded:
        st.markdown(_("No condition is recorded."))
        return
    columns = [_("Condition"), _("Owner"), _("Due"), _("Status")]
    tables.draw(_("The most urgent conditions"), columns, recorded[:FIRST])
    if len(recorded) > FIRST:
        words = _("All {n} under “{tab}”").format(n=grouped(len(recorded)), tab=_(FINDINGS))
        session.link("profile", words, assessment=opened.id, show=FINDINGS)


def _draw_changes(opened: Opened) -> None:
    result = opened.result
    st.subheader(_("What would change it"), anchor=False)
    if result.recommendation == "not_ready":
        st.markdown(_("Any of the open answers: what to ask next stands below."))
        return
    better = forms.advice(opened, "would_improve", lambda: advice.would_improve(opened.result))
    if not better:
        st.markdown(_("No single better answer does. It takes several, or a mitigation."))
    for each in better[:FIRST]:
        words = _("**{question}** at “{option}”: {decision}").format(
            question=each.question.id,
            option=plain(each.option.label),
            decision=plain(profile_words.then(each)),
        )
        st.markdown(f"- {words}")
