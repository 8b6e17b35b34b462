"""The Records page: take assessments out, bring records in, keep them or dispose of them."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.views.records import (
    BRING_IN,
    back_up,
    bring_in,
    disposal,
    person,
    returned,
    take_out,
)
from procurement_risk.views.shared import tabs


def page() -> None:
    """Draw the page."""
    st.title(_("Records"), anchor=False)
    # These two are drawn whichever is open, so that a file that was brought stays with its tab.
    names = [N_("Take out"), BRING_IN, N_("Keep or dispose")]
    out, into, kept = tabs.draw(names, "records")
    with out:
        take_out.draw()
    with into:
        returned.draw()
        bring_in.draw()
    if kept.open:
        with kept:
            disposal.draw()
            person.draw()
            back_up.draw()
