"""Asking before publication: marked words that stand again, answers on security, and hosts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import streamlit as st

from procurement_risk.exports import Exported
from procurement_risk.exports.published.look_first import look_first, sentences
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.views.shared import session

MOST_SHOWN = 20
KEPT = "records-look-first"


def is_agreed(chosen: Sequence[str]) -> bool:
    """Draw what to look at before these are published; return whether somebody says they did."""
    told = _told(chosen)
    if not told:
        return True
    with st.container(border=True):
        st.markdown(_("**Look before you publish.** Mark what must not be shown under Details."))
        st.markdown("\n".join(f"- {plain(each)}" for each in told[:MOST_SHOWN]))
        if len(told) > MOST_SHOWN:
            more = len(told) - MOST_SHOWN
            st.caption(
                counted(more, "{n} more is not shown here.", "{n} more are not shown here.")
            )
        # What was agreed to is what is shown: other words ask again.
        key = hashlib.sha256("\n".join((*chosen, *told)).encode()).hexdigest()[:12]
        return st.checkbox(
            _("I have looked at these, and they may be published"), key=f"records-looked-{key}"
        )


def _told(chosen: Sequence[str]) -> list[str]:
    """Return what to look at, worked out once for what is in the store: there may be thousands."""
    place = (session.store().stamp(), tuple(chosen), session.language(), session.today())
    kept: tuple[object, list[str]] | None = st.session_state.get(KEPT)
    if kept is not None and kept[0] == place:
        return kept[1]
    several = len(chosen) > 1
    told = []
    for stored in session.store().read_many(chosen).stored:
        about = stored.assessment
        for sentence in sentences(look_first(Exported(about, stored.framework))):
            told.append(f"{about.purchase.title}: {sentence}" if several else sentence)
    st.session_state[KEPT] = (place, told)
    return told
