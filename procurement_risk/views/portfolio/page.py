"""The Portfolio page, for leadership: what is bought, what must stop, what it hangs on.

    filters · the first screen · the list and other tabs

The page never gives one score to a supplier and never ranks them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.portfolio.first_screen import View
from procurement_risk.portfolio.kept import making_of
from procurement_risk.portfolio.totals import Filters
from procurement_risk.portfolio.unscored import damaged_in
from procurement_risk.portfolio.words import so_many_foreign
from procurement_risk.profile.words import DUE_DILIGENCE, LIMITS
from procurement_risk.views.portfolio import (
    downloads,
    filters,
    memory,
    shown_list,
    summary,
    tab_names,
)
from procurement_risk.views.shared import paper, session, still_to_make, tabs, title_row, unread


def page() -> None:
    """Draw the page."""
    around = {"what-if": _("What if a model goes?"), "changed": _("What changed since?")}
    title_row.draw(_("Portfolio"), **around)
    asked = memory.asked()
    portfolio = asked or memory.portfolio()
    if asked is not None:
        unread.say(damaged_in(session.store()))
    else:
        still_to_make.draw()
        unread.draw()
    offered = portfolio.offered
    if not offered.sellers:
        if making_of(session.store()) is None:
            _draw_empty()
        return
    if offered.fictional:
        st.warning(_("Fictional demonstration data is among these purchases."))
    if foreign := so_many_foreign(offered.foreign):
        st.warning(plain(foreign))
    chosen = filters.draw(offered)
    view = memory.view(portfolio, chosen)
    if replace(chosen, day="") != Filters():
        paper.note(downloads.scope_words(chosen, view.sellers, view.rated))
    if not view.purchases:
        st.info(_("No purchase matches the filters. Take one away, or show everything."))
    else:
        summary.draw(view, memory.set_aside())
        downloads.draw(view, chosen)
        tabs.show(_tabs(view, chosen), shown_list.SHOW, view)
    st.caption(f"{_(DUE_DILIGENCE)} {_(LIMITS)}")


def _tabs(view: View, chosen: Filters) -> Mapping[str, Callable[[View], None]]:
    """Return the tabs: the list, and what is drawn of the purchases that count.

    What the others need, with the charts, is read where one is open.
    """

    def draw_part(name: str, view: View) -> None:
        from procurement_risk.views.portfolio import parts

        parts.TABS[name](view.items)

    def draw_over_time(_view: View) -> None:
        from procurement_risk.views.portfolio import over_time

        over_time.draw(chosen)

    whole = {tab_names.PURCHASES: shown_list.draw}
    others = {name: partial(draw_part, name) for name in tab_names.DRAWN}
    return (
        {**whole, **others, tab_names.OVER_TIME: draw_over_time} if view.census.counted else whole
    )


def _draw_empty() -> None:
    st.markdown(
        _(
            "There is no purchase to show yet. Start an assessment, or load the fictional "
            "demonstration portfolio on the Assessments page: this page then shows what is "
            "bought, what must not go ahead, and what it all hangs on."
        )
    )
    if session.may("start") and st.button(_("Start an assessment"), type="primary"):
        session.go("start")
    if st.button(_("Go to the assessments")):
        session.go("assessments")
