"""The list: every assessment, what it came to, what it waits for, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, listed as enumerated
from procurement_risk.language.text import plain
from procurement_risk.portfolio.finding import find_lines
from procurement_risk.portfolio.shown_rows import Listed, list_of
from procurement_risk.portfolio.worklist import Row
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.assessments import aside, change, narrow
from procurement_risk.views.shared import assessment_line, demonstration, session, still_to_make
from procurement_risk.views.shared.assessment_line import PAGE_SIZE

MOST_SET_ASIDE = 25


def page() -> None:
    """Draw the page."""
    st.title(_("Assessments"), anchor=False)
    listed = list_of(session.store(), session.today())
    has_fictional = "fictional" in listed.choices.values["kind"]
    with st.container(horizontal=True, gap="xsmall"):
        if session.may("start") and st.button(_("Start an assessment"), type="primary"):
            session.go("start")
        if has_fictional and session.may("keep"):
            demonstration.draw_take_out()
        elif not has_fictional and not is_team():  # nothing invented stands among a team's work
            demonstration.draw_load()
    if listed.choices.total:
        _draw_list(listed)
    else:
        st.markdown(_none())
    aside.draw(session.store().summaries(archived=True))


def _draw_list(listed: Listed) -> None:
    if listed.is_coming:
        still_to_make.draw()
    words, narrowing = narrow.draw(listed.choices)
    first = listed.part(narrowing, words, PAGE_SIZE)
    _draw_found_aside(words)
    if not first.total:
        st.info(_("No assessment matches. Empty the search, or choose “Any”."))
        return
    _draw_unscored(listed.choices.unscored)
    found = _("{n} of {all} assessments")
    st.markdown(found.format(n=grouped(first.total), all=grouped(listed.choices.total)))
    on_page = assessment_line.draw_page(
        "list",
        first,
        lambda begun: listed.part(narrowing, words, PAGE_SIZE, begun),
        lambda: listed.plain_part(narrowing, words, first.total).rows,
    )
    change.draw(on_page)


def _draw_unscored(every: Sequence[Row]) -> None:
    """Name what cannot be scored: it stands in the list all the same."""
    if damaged := [plain(row.title) for row in every if row.is_damaged]:
        words = counted(
            len(damaged),
            "{n} assessment was changed outside the toolkit and cannot be read:",
            "{n} assessments were changed outside the toolkit and cannot be read:",
        )
        st.error(f"{words} {enumerated(damaged)}")
    names = [plain(row.title) for row in every if not (row.is_scored or row.is_damaged)]
    if names:
        words = counted(
            len(names),
            "{n} assessment does not fit its questionnaire and cannot be scored:",
            "{n} assessments do not fit their questionnaire and cannot be scored:",
        )
        st.error(f"{words} {enumerated(names)}")


def _draw_found_aside(words: str) -> None:
    """Say what was found among those set aside, each marked so."""
    found = find_lines(session.store(), words, archived=True)
    if not found:
        return
    label = _("Set aside, with these words: {n}").format(n=grouped(len(found)))
    with st.expander(label):
        for each in found[:MOST_SET_ASIDE]:
            title = f"{plain(each.title)} · {plain(each.supplier)}"
            session.link("profile", title, assessment=each.id)
            st.caption(
                _("Set aside. Found in: {where}").format(where=plain(enumerated(list(each.where))))
            )


def _none() -> str:
    if is_team():
        return _("There is no assessment yet in the organisations that you read for.")
    return _("Nothing has been assessed on this machine yet.")
