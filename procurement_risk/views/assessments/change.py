"""Changing one of the assessments in the list: whose it is, setting it aside, its keeping."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import told_apart
from procurement_risk.portfolio.worklist import Row
from procurement_risk.views.details import KEEPING
from procurement_risk.views.shared import owner, session, set_aside


def draw(shown: Sequence[Row]) -> None:
    """Draw it for one of those shown."""
    with st.expander(_("Change the owner, set aside or delete one of these"), key="list-change"):
        titles = told_apart(
            {row.id: f"{row.title} · {row.supplier}{row.date_note}" for row in shown}
        )
        chosen = st.selectbox(
            _("Which one"),
            list(titles),
            format_func=session.worded(titles, titles.__getitem__),
        )
        if chosen:
            owner.draw(chosen)
            set_aside.draw(chosen, "list")
            words = _("Legal hold, strike out, delete")
            session.link("details", words, assessment=chosen, details=KEEPING)
