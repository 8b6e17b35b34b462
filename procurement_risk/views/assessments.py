"""The work list: every assessment, what state it is in, and what is waiting."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from procurement_risk.imports.demonstration import load_demonstration
from procurement_risk.storage import Summary
from procurement_risk.views import session
from procurement_risk.views.worklist import Row, rows

PAGE_SIZE = 25


def page() -> None:
    """Draw the page."""
    st.title("Assessments", anchor=False)
    summaries = [s for s in session.store().summaries() if not s.archived]
    if not summaries:
        _draw_empty()
        return
    has_demonstration = any(summary.fictional for summary in summaries)
    with st.container(horizontal=True):
        if st.button("Start an assessment", type="primary"):
            session.go("start")
        if not has_demonstration:
            _demo_button()
    if has_demonstration:
        st.warning(
            "This list holds the fictional demonstration portfolio: its buyers, suppliers and "
            "numbers are invented. Each of its assessments is marked “fictional”."
        )
    _draw_list(summaries)


def _draw_empty() -> None:
    st.markdown(
        "Nothing has been assessed on this machine yet. Start with the purchase in front of you: "
        "the triage pack asks 15 questions, and says which pack to take next. Or look round "
        "with ten fictional purchases first."
    )
    if st.button("Start an assessment", type="primary"):
        session.go("start")
    _demo_button()


def _demo_button() -> None:
    if st.button("Load the demonstration portfolio"):
        with st.spinner("Loading ten fictional purchases"):
            count = load_demonstration(session.store(), session.actor())
        session.flash(f"{count} fictional assessments loaded. All of it is invented.")
        st.rerun()


def _draw_list(summaries: list[Summary]) -> None:
    search, state, tier = st.columns([3, 2, 2])
    words = search.text_input("Search", key="list-search", persist_state="session")
    all_rows = rows(session.store(), summaries)
    states = sorted({row.state for row in all_rows})
    chosen_state = state.selectbox(
        "State", ["Any", *states], key="list-state", persist_state="session"
    )
    tiers = sorted({row.tier for row in all_rows})
    chosen_tier = tier.selectbox("Tier", ["Any", *tiers], key="list-tier", persist_state="session")
    shown = [
        row
        for row in all_rows
        if row.matches(words or "")
        and chosen_state in ("Any", row.state)
        and chosen_tier in ("Any", row.tier)
    ]
    if not shown:
        st.info("No assessment matches. Empty the search, or choose “Any”.")
        return
    st.markdown(f"{len(shown)} of {len(all_rows)} assessments, the last changed first")
    page_number = 1
    if len(shown) > PAGE_SIZE:
        pages = -(-len(shown) // PAGE_SIZE)
        page_number = int(st.pagination(pages, key="list-page") or 1)
    _draw_table(shown[(page_number - 1) * PAGE_SIZE : page_number * PAGE_SIZE])


def _draw_table(shown: list[Row]) -> None:
    frame = pd.DataFrame(
        {
            "Purchase": [row.title for row in shown],
            "Supplier": [row.supplier for row in shown],
            "Tier": [row.tier for row in shown],
            "Recommendation": [row.recommendation for row in shown],
            "Waiting for": [row.waiting for row in shown],
            "Answered": [row.progress for row in shown],
            "State": [row.state for row in shown],
            "Changed": [row.changed for row in shown],
            "Buyer": [row.buyer for row in shown],
        }
    )
    chosen = st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        column_config={"Purchase": st.column_config.TextColumn(width="medium")},
        on_select="rerun",
        selection_mode="single-row",
        key="list-table",
        alt="The assessments as a table. Choose one below to open it.",
    )
    selected = chosen.selection.rows
    options = {row.id: f"{row.title} · {row.supplier}{row.date_note}" for row in shown}
    default = shown[selected[0]].id if selected and selected[0] < len(shown) else shown[0].id
    choose, answer, profile = st.columns([4, 1, 1], vertical_alignment="bottom")
    opened = choose.selectbox(
        "Open",
        list(options),
        index=list(options).index(default),
        format_func=options.__getitem__,
    )
    if answer.button("Answer", width="stretch"):
        session.go("answer", assessment=opened)
    if profile.button("Risk profile", type="primary", width="stretch"):
        session.go("profile", assessment=opened)
