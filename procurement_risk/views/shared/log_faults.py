"""That a line of what was given out, or of what was deleted, is not what was written there."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language.text import plain
from procurement_risk.storage import Store


def draw(store: Store) -> None:
    """Say every sign of it, or nothing."""
    if found := store.verify_logs():
        st.error("  \n".join(plain(problem.message) for problem in found))
