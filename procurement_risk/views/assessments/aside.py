"""What is set aside, below the list, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import told_apart
from procurement_risk.storage import Summary
from procurement_risk.views.details import KEEPING
from procurement_risk.views.shared import session, set_aside


def draw(archived: Sequence[Summary]) -> None:
    """Draw the choice of one that is set aside, and what brings it back."""
    if not archived:
        return
    with st.expander(counted(len(archived), "{n} set aside", "{n} set aside")):
        named = {each.id: f"{each.purchase.title} · {each.supplier.name}" for each in archived}
        titles = told_apart(named)
        chosen = st.selectbox(
            _("Set aside"),
            list(titles),
            format_func=session.worded(titles, titles.__getitem__),
            key="list-archived",
        )
        set_aside.draw_back(str(chosen), "list")
        session.link("details", _("Open its details"), assessment=str(chosen), details=KEEPING)
