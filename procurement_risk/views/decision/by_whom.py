"""Who decides: whoever has signed in; where nobody does, who is named."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language.text import plain
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.shared import forms, session

LONGEST = 200


def ask(label: str, stored: str, key: str) -> str:
    """Draw the field for a name, or the name of whoever has signed in, and return it."""
    if not is_team():
        return forms.ask_text(label, stored, key, LONGEST)
    name = session.actor()
    st.markdown(f"{label}  \n**{plain(name)}**")
    return name
