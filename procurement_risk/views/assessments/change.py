"""Changing one of the assessments in the list: its name, its owner, setting it aside."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import told_apart
from procurement_risk.portfolio.worklist import Row
from procurement_risk.views.details import KEEPING
from procurement_risk.views.shared import owner, rename, session, set_aside


def draw(shown: Sequence[Row]) -> None:
    """Draw it for one of those shown."""
    folded = st.expander(
        _("Rename, change the owner, set aside or delete one of these"),
        key="list-change",
        on_change="rerun",
    )
    if folded.open:
        with folded:
            _draw(shown)


def _draw(shown: Sequence[Row]) -> None:
    titles = told_apart({row.id: f"{row.title} · {row.supplier}{row.date_note}" for row in shown})
    chosen = st.selectbox(
        _("Which one"),
        list(titles),
        format_func=session.worded(titles, titles.__getitem__),
    )
    if chosen:
        title = next(row.title for row in shown if row.id == chosen)
        called, whose, aside = st.columns(3, gap="medium")
        with called:
            rename.draw(chosen, title, "list")
        with whose:
            owner.draw(chosen)
        with aside:
            set_aside.draw(chosen, "list")
        words = _("Legal hold, strike out, delete")
        session.link("details", words, assessment=chosen, details=KEEPING)
