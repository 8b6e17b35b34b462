"""How far the outcomes are that are made behind the page, as after an upgrade."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.portfolio.kept import making_of
from procurement_risk.portfolio.making import Making
from procurement_risk.views.shared import session

EVERY = 1.0  # seconds


def draw() -> None:
    """Say how far they are, or nothing; once they are there, the page is drawn anew."""
    draw_how_far(making_of(session.store()))


def draw_how_far(making: Making | None) -> None:
    """Do so of ``making``; nothing where that is None."""
    if making is None:
        return

    @st.fragment(run_every=EVERY)
    def look() -> None:
        session.use_language()
        if not making.is_running:
            st.rerun()
        words = _(
            "{done} of {total} assessments are worked out anew, as after an upgrade. Until all "
            "are, this page shows and counts those that are there. The rest follows by itself."
        )
        words = words.format(done=grouped(making.done), total=grouped(making.total))
        st.progress(making.done / making.total, text=words)

    look()
