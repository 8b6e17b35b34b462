"""What only a printed page says, such as what was chosen in fields that are not on it."""

from __future__ import annotations

from html import escape

import streamlit as st


def note(words: str) -> None:
    """Write ``words`` on paper alone, literally."""
    st.html(f'<p class="on-paper">{escape(words)}</p>')
