"""The list: every assessment, what it came to, what it waits for, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, listed
from procurement_risk.language.text import plain
from procurement_risk.portfolio.finding import find_lines, matching
from procurement_risk.portfolio.worklist import Row, rows
from procurement_risk.storage import Summary
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.assessments import aside, change, narrow
from procurement_risk.views.shared import assessment_line, demonstration, session, still_to_make
from procurement_risk.views.shared.paging import paged

MOST_SET_ASIDE = 25


def page() -> None:
    """Draw the page."""
    st.title(_("Assessments"), anchor=False)
    held = session.store().summaries()
    summaries = [s for s in held if not s.archived]
    fictional = [s for s in summaries if s.fictional]
    with st.container(horizontal=True, gap="xsmall"):
        if session.may("start") and st.button(_("Start an assessment"), type="primary"):
            session.go("start")
        if fictional and session.may("keep"):
            demonstration.draw_take_out(fictional)
        elif not fictional and not is_team():  # nothing invented stands among a team's work
            demonstration.draw_load()
    if summaries:
        _draw_list(summaries)
    else:
        st.markdown(_none())
    aside.draw([s for s in held if s.archived])


def _draw_list(summaries: list[Summary]) -> None:
    still_to_make.draw()
    every = rows(session.store(), summaries, session.today(), wait=False)
    words, narrowing = narrow.draw(every)
    shown = narrowing.of(matching(session.store(), every, words))
    _draw_found_aside(words)
    if not shown:
        st.info(_("No assessment matches. Empty the search, or choose “Any”."))
        return
    _draw_unscored(every)
    found = _("{n} of {all} assessments").format(n=grouped(len(shown)), all=grouped(len(every)))
    st.markdown(found)
    on_page = paged(shown, "list", assessment_line.PAGE_SIZE)
    assessment_line.draw_each(on_page)
    change.draw(on_page)


def _draw_unscored(every: Sequence[Row]) -> None:
    """Name what cannot be scored: it stands in the list all the same."""
    if damaged := [plain(row.title) for row in every if row.is_damaged]:
        words = counted(
            len(damaged),
            "{n} assessment was changed outside the toolkit and cannot be read:",
            "{n} assessments were changed outside the toolkit and cannot be read:",
        )
        st.error(f"{words} {listed(damaged)}")
    names = [plain(row.title) for row in every if not (row.is_scored or row.is_damaged)]
    if names:
        words = counted(
            len(names),
            "{n} assessment does not fit its questionnaire and cannot be scored:",
            "{n} assessments do not fit their questionnaire and cannot be scored:",
        )
        st.error(f"{words} {listed(names)}")


def _draw_found_aside(words: str) -> None:
    """Say what was found among those set aside, each marked so."""
    found = [each for each in find_lines(session.store(), words) if each.archived]
    if not found:
        return
    label = _("Set aside, with these words: {n}").format(n=grouped(len(found)))
    with st.expander(label):
        for each in found[:MOST_SET_ASIDE]:
            title = f"{plain(each.title)} · {plain(each.supplier)}"
            session.link("profile", title, assessment=each.id)
            st.caption(
                _("Set aside. Found in: {where}").format(where=plain(listed(list(each.where))))
            )


def _none() -> str:
    if is_team():
        return _("There is no assessment yet in the organisations that you read for.")
    return _("Nothing has been assessed on this machine yet.")
