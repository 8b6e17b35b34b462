"""The Records page: take assessments out, bring records in, keep them or dispose of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.storage.people.permissions import Action
from procurement_risk.views.records import (
    BRING_IN,
    back_up,
    bring_in,
    disposal,
    person,
    returned,
    take_out,
)
from procurement_risk.views.shared import session, tabs


def page() -> None:
    """Draw the page."""
    st.title(_("Records"), anchor=False)
    # These two are drawn whichever is open, so that a file that was brought stays with its tab.
    names = [name for name, needs in TABS.items() if any(map(session.may, needs))]
    if not names:
        st.info(plain(session.why_not("export")))
        return
    for name, tab in zip(names, tabs.draw(names, "records"), strict=True):
        if name == KEEP and not tab.open:
            continue
        with tab:
            for draw, needs in PARTS[name]:
                if session.may(needs):
                    draw()


OUT, KEEP = N_("Take out"), N_("Keep or dispose")
PARTS: Mapping[str, Sequence[tuple[Callable[[], None], Action]]] = {
    OUT: ((take_out.draw, "export"),),
    BRING_IN: ((returned.draw, "take_back"), (bring_in.draw, "bring_in")),
    KEEP: (
        (disposal.draw, "keep"),
        (person.draw, "strike_out"),
        (back_up.draw, "administer"),
    ),
}
"""What stands in each tab, and what somebody has to be allowed to be shown it."""
TABS = {name: [needs for _draw, needs in parts] for name, parts in PARTS.items()}
