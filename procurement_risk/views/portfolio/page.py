"""The Portfolio page, for leadership: what is bought, what must stop, what it hangs on.

    filters · summary · tabs

The page never gives one score to a supplier and never ranks them.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.words import foreign_words
from procurement_risk.profile.words import DUE_DILIGENCE, LIMITS
from procurement_risk.views.portfolio import (
    downloads,
    entries,
    filters,
    memory,
    parts,
    summary,
)
from procurement_risk.views.shared import session, tabs, unread
from procurement_risk.views.shared.pages import Page

SHOW = "portfolio-show"


def page() -> None:
    """Draw the page."""
    st.title(_("Portfolio"), anchor=False)
    portfolio = memory.portfolio()
    unread.draw()
    if not portfolio.items and not portfolio.undecided:
        _draw_empty()
        return
    if any(item.fictional for item in (*portfolio.items, *portfolio.undecided)):
        st.warning(
            _(
                "Fictional demonstration data is among these purchases: its buyers, suppliers and "
                "numbers are invented."
            )
        )
    if foreign := foreign_words((*portfolio.items, *portfolio.undecided)):
        st.warning(plain(foreign))
    chosen = filters.draw(portfolio.items)
    view = memory.view(portfolio, chosen)
    items = view.items
    if items:
        summary.draw(view)
        downloads.draw(items, chosen)
    elif portfolio.items:
        st.info(_("No purchase matches the filters. Take one away, or show everything."))
    _draw_undecided(portfolio.undecided)
    if items:
        tabs.show(parts.TABS, SHOW, items)
    st.caption(f"{_(DUE_DILIGENCE)} {_(LIMITS)}")


def _draw_empty() -> None:
    st.markdown(
        _(
            "There is no purchase to show yet. Start an assessment, or load the fictional "
            "demonstration portfolio on the Assessments page: this page then shows what is "
            "bought, what must not go ahead, and what it all hangs on."
        )
    )
    if st.button(_("Start an assessment"), type="primary"):
        session.go("start")
    if st.button(_("Go to the assessments")):
        session.go("assessments")


def _draw_undecided(found: Sequence[PortfolioItem]) -> None:
    if not found:
        return
    label = counted(
        len(found),
        "{n} purchase is in no figure here, because its supplier is not settled",
        "{n} purchases are in no figure here, because their suppliers are not settled",
    )
    shown = st.expander(label, key="undecided", on_change="rerun")
    if shown.open:
        with shown:
            st.markdown(
                _(
                    "Several suppliers were assessed and none is chosen, or the chosen one was "
                    "not assessed. Say who is chosen on its Details page, under “Status and "
                    "pack”."
                )
            )
            entries.draw(found, "undecided")


PAGE = Page("portfolio", lambda: _("Portfolio"), "dashboard", page, "leadership")
