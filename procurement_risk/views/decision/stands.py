"""The stops and flags that stand, each with what may be done about it, and the way to do it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.assessment import Mitigation, StopOverride
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import overriding
from procurement_risk.report import red_flags
from procurement_risk.report.red_flags import Group
from procurement_risk.report.subject import asked_and_answered
from procurement_risk.views.decision import overrides
from procurement_risk.views.shared import blocks, question_link, session
from procurement_risk.views.shared.session import Opened

FIRST_FLAGS = 4


def draw(opened: Opened) -> None:
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
    for group, name in flags[:FIRST_FLAGS]:
        _draw_one(opened, group, name)
    _draw_folded(opened, flags[FIRST_FLAGS:])


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
