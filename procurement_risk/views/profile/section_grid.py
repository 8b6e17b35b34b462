"""The sections in a grid: a whole number, the band in words, and how far it moved."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import streamlit as st

from procurement_risk.errors import UsageError
from procurement_risk.exports.earlier import look_before
from procurement_risk.framework.words import short_title
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import words as profile_words
from procurement_risk.profile.looks import band_look
from procurement_risk.profile.trend import trend
from procurement_risk.views.shared import forms, session
from procurement_risk.views.shared.badges import badge
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw a cell for each section that is scored, in reading order."""
    result = opened.result
    moved = forms.advice(opened, "moved", lambda: _moved(opened))
    st.subheader(_("The sections"), anchor=False)
    with st.grid(min_column_width=205, gap="small", key="sections-grid"):
        for section in result.framework.sections:
            if section.id in result.sections:
                with st.container(border=True, gap=None):
                    st.markdown(_cell(result, section.id, moved.get(section.id, "")))
    st.caption(_("Residual risk: 0 is no risk found, 100 the worst."))


def _cell(result: Result, name: str, moved: str) -> str:
    """Return one section as Markdown: its name, its figure, its band, how far it moved."""
    framework, scored = result.framework, result.sections[name]
    title = plain(short_title(framework.section(name)))
    if scored is None:
        return f"{title}  \n{badge(_('not scored'))}"
    look = band_look(framework.policy, scored.band.high)
    band = badge(profile_words.band_range(framework, scored.band), look)
    figure = profile_words.whole_range(framework.policy, scored.residual)
    words = f"{title}  \n**{plain(figure)}** {band}"
    return f"{words}  \n:gray[{plain(moved)}]" if moved else words


def _moved(opened: Opened) -> Mapping[str, str]:
    """Return in words how far each section moved since the look it follows; empty without one."""
    if not opened.assessment.replaces or opened.is_preview:
        return {}
    before = look_before(session.store(), opened.assessment, opened.framework)
    if before is None:
        return {}
    try:
        found = trend(*before, opened.framework, opened.assessment.answer_set)
    except UsageError:
        return {}
    shifts = {each.id: each.figures["residual"].central.whole for each in found.sections}
    return {name: moved_words(Fraction(by)) for name, by in shifts.items() if by is not None}


def moved_words(by: Fraction) -> str:
    """Return how far a figure moved, in whole points."""
    points = round(by)
    if not points:
        return _("no change")
    words = _("{n} better than last time") if points < 0 else _("{n} worse than last time")
    return words.format(n=abs(points))
