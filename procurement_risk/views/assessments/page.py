"""The work list: every assessment, what state it is in, and what is waiting."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from procurement_risk.assessment.words import workflow_state
from procurement_risk.imports.demonstration import load_demonstration
from procurement_risk.language import _, pgettext
from procurement_risk.language.phrases import counted, listed
from procurement_risk.language.text import plain, told_apart
from procurement_risk.portfolio.finding import find_lines, matching
from procurement_risk.portfolio.worklist import Row, rows
from procurement_risk.storage import Summary
from procurement_risk.views.assessments import set_aside
from procurement_risk.views.shared import forms, session
from procurement_risk.views.shared.pages import Page
from procurement_risk.views.shared.paging import paged

PAGE_SIZE = 25
ANY = ""


def page() -> None:
    """Draw the page."""
    st.title(_("Assessments"), anchor=False)
    held = session.store().summaries()
    summaries = [s for s in held if not s.archived]
    archived = [s for s in held if s.archived]
    if not summaries:
        _draw_empty()
        set_aside.draw(archived)
        return
    has_demonstration = any(summary.fictional for summary in summaries)
    with st.container(horizontal=True):
        if st.button(_("Start an assessment"), type="primary"):
            session.go("start")
        if not has_demonstration:
            _demo_button()
    if has_demonstration:
        st.warning(
            _(
                "This list holds the fictional demonstration portfolio: its buyers, suppliers and "
                "numbers are invented. Each of its assessments is marked “fictional”."
            )
        )
    _draw_list(summaries)
    set_aside.draw(archived)


def _draw_empty() -> None:
    st.markdown(
        _(
            "Nothing has been assessed on this machine yet. Start with the purchase in front of "
            "you: the triage pack asks 15 questions, and says which pack to take next. Or look "
            "round with ten fictional purchases first."
        )
    )
    if st.button(_("Start an assessment"), type="primary"):
        session.go("start")
    _demo_button()


def _demo_button() -> None:
    if st.button(_("Load the demonstration portfolio")):
        with st.spinner(_("Loading ten fictional purchases")):
            loaded = load_demonstration(session.store(), session.actor())
        session.flash(
            counted(
                loaded,
                "{n} fictional assessment loaded. All of it is invented.",
                "{n} fictional assessments loaded. All of it is invented.",
            )
        )
        st.rerun()


def _draw_list(summaries: list[Summary]) -> None:
    search, state, tier = st.columns([3, 2, 2])
    words = search.text_input(
        _("Search"),
        key="list-search",
        persist_state="session",
        help=_(
            "In everything on file: titles, suppliers, company numbers, ocid, notice and other "
            "ids, capabilities, people, answers and notes."
        ),
    )
    all_rows = rows(session.store(), summaries, session.today())
    states = sorted({row.state for row in all_rows}, key=workflow_state)
    state_labels = {ANY: _("Any"), **{each: workflow_state(each) for each in states}}
    with state:
        key = session.in_language("list-state")
        chosen_state = forms.choose(_("State"), state_labels, key, kept=True)
    tier_labels = {ANY: _("Any"), **{each: each for each in sorted({r.tier for r in all_rows})}}
    with tier:
        key = session.in_language("list-tier")
        chosen_tier = forms.choose(_("Tier"), tier_labels, key, kept=True)
    shown = [
        row
        for row in matching(session.store(), all_rows, words or "")
        if chosen_state in (ANY, row.state) and chosen_tier in (ANY, row.tier)
    ]
    _draw_set_aside(words or "")
    if not shown:
        st.info(_("No assessment matches. Empty the search, or choose “Any”."))
        return
    found = _("{n} of {all} assessments, the last changed first")
    st.markdown(found.format(n=len(shown), all=len(all_rows)))
    _draw_table(paged(shown, "list", PAGE_SIZE))


def _draw_set_aside(words: str) -> None:
    """Say what was found among those set aside, each marked so."""
    found = [each for each in find_lines(session.store(), words) if each.archived]
    if not found:
        return
    label = _("Set aside, with these words: {n}").format(n=len(found))
    with st.expander(label):
        for each in found[:PAGE_SIZE]:
            title = f"{plain(each.title)} · {plain(each.supplier)}"
            session.link("profile", title, assessment=each.id)
            st.caption(
                _("Set aside. Found in: {where}").format(where=plain(listed(list(each.where))))
            )


def _draw_table(shown: Sequence[Row]) -> None:
    frame = pd.DataFrame(
        {
            _("Purchase"): [row.title for row in shown],
            _("Supplier"): [row.supplier for row in shown],
            _("Tier"): [row.tier for row in shown],
            _("Recommendation"): [row.recommendation for row in shown],
            _("Waiting for"): [row.waiting for row in shown],
            _("Answered"): [row.progress for row in shown],
            _("State"): [workflow_state(row.state) for row in shown],
            _("Changed"): [row.changed for row in shown],
            _("Buyer"): [row.buyer for row in shown],
        }
    )
    chosen = st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        column_config={_("Purchase"): st.column_config.TextColumn(width="medium")},
        on_select="rerun",
        selection_mode="single-row",
        key="list-table",
        alt=_("The assessments as a table. Choose one below to open it."),
    )
    selected = chosen.selection.rows
    options = told_apart({row.id: f"{row.title} · {row.supplier}{row.date_note}" for row in shown})
    default = shown[selected[0]].id if selected and selected[0] < len(shown) else shown[0].id
    choose, answer, profile = st.columns([4, 1, 1], vertical_alignment="bottom")
    opened = choose.selectbox(
        pgettext("verb", "Open"),
        list(options),
        index=list(options).index(default),
        format_func=options.__getitem__,
    )
    set_aside.draw_menu(opened)
    if answer.button(_("Questions"), width="stretch"):
        session.go("answer", assessment=opened)
    if profile.button(_("Overview"), type="primary", width="stretch"):
        session.go("profile", assessment=opened)


PAGE = Page("assessments", lambda: _("Assessments"), "list", page, "work")
