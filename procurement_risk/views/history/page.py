"""The History page: who changed what and when, in words, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.storage import history_words
from procurement_risk.storage.history import HistoryEntry
from procurement_risk.views.shared import address, heading, session
from procurement_risk.views.shared.pages import Page
from procurement_risk.views.shared.paging import paged

PER_PAGE = 40
ALL = ""


def page() -> None:
    """Draw the page."""
    opened = session.current()
    if opened is None:
        return
    heading.draw(_("History"), opened)
    entries = list(reversed(session.store_of(opened.id).history(opened.id)))
    shown = _narrowed(entries)
    for each in paged(shown, "history", PER_PAGE):
        said = plain(history_words.words(opened.framework, each))
        when = f"{day(each.at)}, {each.at[11:16]}"
        line = f"{said}  \n:gray[{plain(each.by)} · {plain(when)}]"
        st.markdown(f"{line} {plain(each.reason)}" if each.reason else line)
    if not shown:
        st.markdown(_("Nothing here matches."))
    with st.container(horizontal=True):
        chain = _("The hash chain, its digests and the checkpoint")
        session.link("details", chain, assessment=opened.id, details=N_("History"))
        session.link("records", _("Take the history out"), assessment=opened.id)


def _narrowed(entries: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """Return the entries by the person, the part and the day that the address names."""
    who, what, when = st.columns(3)
    with who:
        by = _choose(_("Who"), "by", [each.by for each in entries], _("Everybody"))
    with what:
        titles = [history_words.title_of(each) for each in entries]
        part = _choose(_("What"), "part", titles, _("Everything"))
    with when:
        on = _choose(_("Day"), "day", [each.at[:10] for each in entries], _("Any day"), dates=True)
    return [
        each
        for each in entries
        if by in (ALL, each.by)
        and part in (ALL, history_words.title_of(each))
        and on in (ALL, each.at[:10])
    ]


def _choose(
    label: str, name: str, values: Sequence[str], every: str, *, dates: bool = False
) -> str:
    options = [ALL, *dict.fromkeys(each for each in values if each)]

    def words(value: str) -> str:
        return every if value == ALL else day(value) if dates else value

    return address.select(label, name, options, words) or ALL


PAGE = Page("history", lambda: _("History"), "history", page, "assessment")
