"""The page Questionnaires: all there are, one of them opened, and bringing one in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.views import frameworks
from procurement_risk.views.frameworks import check, edit, listing, opened
from procurement_risk.views.frameworks.known import Known, known_frameworks
from procurement_risk.views.shared import offered, tabs


def page() -> None:
    """Draw the page."""
    st.title(_("Questionnaires"), anchor=False)
    if edit.is_open():
        edit.draw()
        return
    _follow_old_address()
    tabs.show(TABS, frameworks.SHOWN, known_frameworks(offered.files()))


BRING_IN = N_("Bring one in")
TABS: Mapping[str, Callable[[Sequence[Known]], None]] = {
    frameworks.LIST: listing.draw,
    opened.READ_ONE: opened.draw,
    BRING_IN: check.draw,
}

OLD: Mapping[str, str] = {
    **dict.fromkeys(opened.PARTS, opened.READ_ONE),
    "Check a file": BRING_IN,
    "Not known here": frameworks.LIST,
}
"""Where the tabs are that an address may name from the time when all stood side by side."""


def _follow_old_address() -> None:
    asked = st.query_params.get(frameworks.SHOWN, "")
    if asked not in OLD:
        return
    wanted = [(frameworks.SHOWN, OLD[asked])]
    wanted += [(opened.PART, asked)] if asked in opened.PARTS else []
    tabs.opening(*wanted)()
