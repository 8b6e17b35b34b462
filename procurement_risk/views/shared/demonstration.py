"""Loading the demonstration, and taking it out again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.imports.demonstration import load_demonstration, take_out
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, listed
from procurement_risk.language.text import plain
from procurement_risk.storage import Summary
from procurement_risk.views.shared import session


def draw_load() -> None:
    """Draw the button that loads it."""
    if st.button(_("Load the demonstration portfolio")):
        load()
        st.rerun()


def load() -> None:
    """Load it, and say so on the page that comes next."""
    with st.spinner(_("Loading fictional purchases")):
        loaded = load_demonstration(session.store(), session.actor())
    session.flash(
        counted(
            loaded,
            "{n} fictional assessment loaded. All of it is invented.",
            "{n} fictional assessments loaded. All of it is invented.",
        )
    )


def draw_take_out(fictional: Sequence[Summary]) -> None:
    """Draw the way to take it out: what goes is said first, then one button deletes it."""
    with st.popover(_("Take the demonstration out")):
        st.markdown(
            counted(
                len(fictional),
                "{n} fictional assessment is deleted, with its history and what was changed in "
                "it here. Nothing that is not marked fictional is touched.",
                "{n} fictional assessments are deleted, with their history and what was changed "
                "in them here. Nothing that is not marked fictional is touched.",
            )
        )
        if st.button(_("Delete what is fictional")):
            _take_out(fictional)


def _take_out(fictional: Sequence[Summary]) -> None:
    gone, kept = 0, []
    with st.spinner(_("Deleting what is fictional")):
        for each in fictional:
            try:
                gone += take_out(session.store(), each, session.actor())
            except ProcurementRiskError as error:
                kept.append(f"{plain(each.purchase.title)}: {plain(str(error))}")
    words = counted(
        gone, "{n} fictional assessment deleted.", "{n} fictional assessments deleted."
    )
    if kept:
        words += " " + _("Not deleted: {names}").format(names=listed(kept))
    session.flash(words)
    st.rerun()
