"""Setting an assessment aside from the work list, and what is set aside."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain, told_apart
from procurement_risk.storage import Summary
from procurement_risk.views.details import page as details
from procurement_risk.views.shared import session


def draw_one(chosen: str) -> None:
    """Draw the ways to set aside the assessment that is chosen in the list, and to delete it."""
    reason = st.text_input(_("Why it is set aside"), key=f"list-aside-{chosen}")
    if st.button(_("Set it aside"), key=f"list-aside-go-{chosen}"):
        try:
            session.store().archive(chosen, session.actor(), reason or "")
        except ProcurementRiskError as error:
            st.error(plain(str(error)))
            return
        session.flash(_("Set aside. It stands below the list, and can be brought back."))
        st.rerun()
    words = _("Legal hold, strike out, delete")
    session.link("details", words, assessment=chosen, details=details.KEEPING)


def draw(archived: Sequence[Summary]) -> None:
    """Draw what is set aside, and the way back."""
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
        if st.button(_("Bring it back"), key="list-back"):
            try:
                session.store().restore(str(chosen), session.actor())
            except ProcurementRiskError as error:
                st.error(plain(str(error)))
                return
            session.flash(_("Back."))
            st.rerun()
        session.link(
            "details", _("Open its details"), assessment=str(chosen), details=details.KEEPING
        )
