"""The pack that is enough to decide, offered once the tier is known."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework import Pack
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.profile.walkthrough import steps
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
        args=(opened, pack),
    )
    return True


def _take(opened: session.Opened, pack: Pack) -> None:
    """Take the pack, and go to the first section of it in which something is open."""
    autosave.sweep()
    revision = opened.revisions.get("pack", 0)
    if session.save("pack", pack.id, revision, "The pack that decides at this tier"):
        now = session.open_by_id(opened.id)
        walk = steps(now.framework, now.outcome)
        first = next((step for step in walk if step.is_open), walk[0])
        sections.move(now, first.id)
