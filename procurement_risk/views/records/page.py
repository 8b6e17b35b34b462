"""The Records page: take assessments out, bring records in, check one somebody sent."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.views.records import (
    bring_in as records_in,
)
from procurement_risk.views.records import (
    returned as records_return,
)
from procurement_risk.views.records import (
    take_out as records_out,
)
from procurement_risk.views.shared import tabs


def page() -> None:
    """Draw the page."""
    st.title(_("Records"), anchor=False)
    # Both are drawn whichever is open, so that a file that was brought stays with its tab.
    out, into = tabs.draw([N_("Take out"), N_("Bring in or check")], "records")
    with out:
        records_out.draw()
    with into:
        records_return.draw()
        records_in.draw()
