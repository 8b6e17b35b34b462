"""The menu: the pages in groups, those about one assessment under the name of its purchase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from streamlit.navigation.page import StreamlitPage

from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.report.page import shortened
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.shared import session
from procurement_risk.views.shared.pages import Group, Page

GROUPS: Mapping[Group, str] = {
    "work": N_("Work"),
    "assessment": N_("This assessment"),
    "leadership": N_("Leadership"),
    "library": N_("Library"),
}
LONGEST = 44  # characters of a purchase's title, two lines of the menu


def drawn(pages: Sequence[Page]) -> dict[Page, StreamlitPage]:
    """Return every page for Streamlit; those that need an open assessment hide without one."""
    is_open = bool(session.open_title())
    return {
        page: page.drawn(
            first=page is pages[0],
            hidden=bool(page.inside)
            or (page.group == "assessment" and not is_open)
            or (page.team and not is_team())
            or not any(map(session.may, page.lets_in)),
        )
        for page in pages
    }


def grouped(pages: Mapping[Page, StreamlitPage]) -> dict[str, list[StreamlitPage]]:
    """Return the pages under the titles of their groups."""
    found: dict[str, list[StreamlitPage]] = {}
    for page, shown in pages.items():
        found.setdefault(_title(page.group), []).append(shown)
    return found


def _title(group: Group) -> str:
    """Return what the group is called. Its mark keeps a purchase called "Library" apart."""
    purchase = session.open_title() if group == "assessment" else ""
    if not purchase:
        return _(GROUPS[group])
    return f":material/folder_open: {plain(shortened(purchase, LONGEST))}"
