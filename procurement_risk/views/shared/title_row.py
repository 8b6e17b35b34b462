"""The title of a page with links to the pages around it, on one line where there is room."""

from __future__ import annotations

import streamlit as st

from procurement_risk.views.shared import session


def draw(title: str, **links: str) -> None:
    """Draw ``title`` and beside it the links: what each is called, by the page's address."""
    with st.container(key="title-row", horizontal=True, vertical_alignment="center"):
        st.title(title, anchor=False, width="stretch")
        for page, label in links.items():
            session.link(page, label)
