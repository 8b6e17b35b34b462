"""The stops and flags that stand, each with what may be done about it, and the way to do it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import overriding
from procurement_risk.report import red_flags
from procurement_risk.report.red_flags import Group
from procurement_risk.report.subject import asked_and_answered
from procurement_risk.views.shared import blocks, question_link, session
from procurement_risk.views.shared.session import Opened

FIRST_FLAGS = 4


def draw(opened: Opened) -> None:
    """Draw what stands, the gravest first; the later flags are folded away."""
    result = opened.outcome
    if not isinstance(result, Result):
        return
    st.subheader(_("What stands in the way"), anchor=False)
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
        st.markdown(_dealt_with(opened, name))


def _dealt_with(opened: Opened, name: str) -> str:
    """Return who overrode it, or what can be done about it, as Markdown."""
    about, overrides = blocks.subject(opened), opened.assessment.overrides
    for override in overrides:
        if override.question == name:
            return plain(red_flags.overridden_so_far(about, override, session.today()))
    if name in overriding.duties_among(opened.outcome):
        return _(
            "**A legal duty.** It can only be met, not overridden: nothing goes ahead over it."
        )
    if name in opened.outcome.red_flags.stops_fired:
        return _("Meet it, or let a senior officer override it below.")
    return _("Meet it, or put a condition on it.")
