"""What a conversion left out or changed: said in one way, whatever was converted."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped


def noted(number: int) -> DeltaGenerator | None:
    """Return the box for so many notes; None where there are none, which is said."""
    if not number:
        st.success(_("Everything was carried over."))
        return None
    words = ngettext(
        "{n} thing to look at: what was left out or changed",
        "{n} things to look at: what was left out or changed",
        number,
    )
    return st.expander(words.format(n=grouped(number)), expanded=number <= 10)
