"""The Records page: take assessments out, bring records in, check one somebody sent."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.views import records_in, records_out, records_return


def page() -> None:
    """Draw the page."""
    st.title(_("Records"), anchor=False)
    out, into = st.tabs([_("Take out"), _("Bring in or check")])
    with out:
        records_out.draw()
    with into:
        records_return.draw()
        records_in.draw()
