"""The Records page: take assessments out, bring records in, check one somebody sent."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.views.records import (
    bring_in,
    returned,
    take_out,
)
from procurement_risk.views.shared import tabs
from procurement_risk.views.shared.pages import Page


def page() -> None:
    """Draw the page."""
    st.title(_("Records"), anchor=False)
    # Both are drawn whichever is open, so that a file that was brought stays with its tab.
    out, into = tabs.draw([N_("Take out"), N_("Bring in or check")], "records")
    with out:
        take_out.draw()
    with into:
        returned.draw()
        bring_in.draw()


PAGE = Page("records", lambda: _("Records"), "folder", page)
