"""The Decision page: what stands in the way, the conditions, and what a named person decides.

    what is recommended · what was decided
    stops and flags, overrides, conditions │ the decision · the sign-off · where it stands
    reasons to look again

The tool recommends; a named person decides. What may be recorded, ``profile.deciding`` says.
"""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import gates, method_words, signers, words as profile_words
from procurement_risk.views.decision import (
    conditions,
    look_again,
    overrides,
    record,
    sign_off,
    stands,
    state,
)
from procurement_risk.views.shared import heading, session
from procurement_risk.views.shared.session import Opened


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    heading.draw(_("Decision"), opened)
    _draw_recommended(opened)
    before, decided = st.columns([3, 2], gap="large")
    with before:
        stands.draw(opened)
        overrides.draw_left(opened)
        conditions.draw(opened)
    with decided:
        record.draw(opened)
        sign_off.draw(opened)
        state.draw(opened)
    look_again.draw(opened)
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
