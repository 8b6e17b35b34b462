"""The Supplier page while none is chosen: all of whom something is bought, each a link to it."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import literal
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.concentration import Group, concentration
from procurement_risk.portfolio.totals import money
from procurement_risk.views.portfolio import memory
from procurement_risk.views.shared import session
from procurement_risk.views.shared.paging import paged

PER_PAGE = 50


def draw() -> None:
    """Draw them, those of whom the most is bought first, in one element for a page of them."""
    found = concentration(memory.portfolio().items, "supplier").groups
    if not found:
        return
    st.subheader(_("What is bought of each"), anchor=False)
    st.caption(
        _("The most committed first. That says how much is bought, and nothing about the risk.")
    )
    lines = "".join(map(_line, paged(found, "suppliers-every", PER_PAGE)))
    with st.container(key="suppliers-every", gap=None):
        st.html(f'<ul role="list">{lines}</ul>')


def _line(group: Group) -> str:
    link = session.html_link("supplier", group.name, supplier=group.key)
    words = portfolio_words.total_words(len(group.items), money(group.items))
    return f"<li>{link}<p>{literal(words)}</p></li>"
