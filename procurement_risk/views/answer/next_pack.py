"""The pack that is enough to decide, offered once the tier is known."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework import Pack
from procurement_risk.framework.places import place_of
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.profile.walkthrough import first_open
from procurement_risk.views.answer import autosave, sections
from procurement_risk.views.shared import session


def offer(opened: session.Opened) -> bool:
    """Offer the pack where there is a larger one to take; return whether there is."""
    pack = opened.framework.pack(opened.outcome.larger_pack)
    if pack is None or opened.result.tier.low != opened.result.tier.high:
        return False
    tier = opened.framework.tier(opened.result.tier.high)
    words = _("{tier} is decided on the {pack} pack. Answers stay.")
    st.markdown(words.format(tier=plain(tier.label), pack=plain(pack.title)), width="content")
    st.button(
        _("Take the {pack} pack").format(pack=plain(pack.title)),
        key="next",
        type="primary",
        shortcut="Alt+N",
        on_click=_take,
        args=(opened.id, opened.revisions.get("pack", 0), pack),
    )
    return True


def _take(assessment_id: str, revision: int, pack: Pack) -> None:
    """Take the pack, and go to the first question of it without an answer."""
    autosave.sweep()
    reason = "The pack that decides at this tier"
    if session.save("pack", pack.id, revision, reason, of=assessment_id):
        now = session.open_by_id(assessment_id)
        first = first_open(now.framework, now.outcome)
        if first is not None:
            sections.move(now.framework, now.id, place_of(now.framework, first), first.id)
