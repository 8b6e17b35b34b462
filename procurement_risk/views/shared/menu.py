"""The menu: the pages in groups, those about one assessment under the name of its purchase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from procurement_risk.language import N_, _
from procurement_risk.language.text import plain, shortened
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.shared import session
from procurement_risk.views.shared.pages import Group, Page

GROUPS: Mapping[Group, str] = {
    "work": N_("Work"),
    "assessment": N_("This assessment"),
    "leadership": N_("Leadership"),
    "library": N_("Library"),
}
KEPT = "menu-drawn"  # where the visit keeps its pages, as it shows them
_Kept = dict[object, StreamlitPage]
LONGEST = 44  # characters of a purchase's title, two lines of the menu


def drawn(pages: Sequence[Page]) -> dict[Page, StreamlitPage]:
    """Return every page for Streamlit; those that need an open assessment hide without one."""
    is_open, begins, kept = bool(session.open_title()), first(pages), _kept()
    return {
        page: _drawn(
            kept,
            page,
            first=page is begins is pages[0],
            hidden=bool(page.inside)
            or (page.group == "assessment" and not is_open)
            or (page.team and not is_team())
            or not any(map(session.may, page.lets_in)),
        )
        for page in pages
    }


def _kept() -> _Kept:
    found: _Kept = st.session_state.setdefault(KEPT, {})
    return found


def _drawn(kept: _Kept, page: Page, *, first: bool, hidden: bool) -> StreamlitPage:
    """Return a page for Streamlit: the one of the run before, where nothing else is said of it."""
    said = page.address, page.title(), first, hidden
    if said not in kept:
        kept[said] = page.drawn(first=first, hidden=hidden)
    return kept[said]


def first(pages: Sequence[Page]) -> Page:
    """Return the page that the bare address shows the person of this visit."""
    roles = {held.role for held in session.person().roles} if is_team() else set()
    return next((page for page in pages if roles & set(page.first_for)), pages[0])


def grouped(pages: Mapping[Page, StreamlitPage]) -> dict[str, list[StreamlitPage]]:
    """Return the pages under the titles of their groups, and one more that leads to the first.

    It answers at the bare address; where the first page stands there itself, at that one's name.
    """
    by_group: dict[Group, list[StreamlitPage]] = {}
    for page, shown in pages.items():
        by_group.setdefault(page.group, []).append(shown)
    begins = first(list(pages))
    leads = _drawn(_kept(), begins, first=pages[begins].url_path != "", hidden=True)
    by_group[begins.group].append(leads)
    return {_title(group): shown for group, shown in by_group.items()}


def page_of(chosen: StreamlitPage, pages: Mapping[Page, StreamlitPage]) -> Page:
    """Return the page that was chosen; of the one that leads to the first, go there.

    So the address that somebody copies means the same page to whoever has another role.
    """
    for page, shown in pages.items():
        if shown is chosen:
            return page
    st.switch_page(pages[first(list(pages))], query_params=st.query_params.to_dict())


def _title(group: Group) -> str:
    """Return what the group is called. Its mark keeps a purchase called "Library" apart."""
    purchase = session.open_title() if group == "assessment" else ""
    if not purchase:
        return _(GROUPS[group])
    return f":material/folder_open: {plain(shortened(purchase, LONGEST))}"
