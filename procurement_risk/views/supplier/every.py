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
from procurement_risk.views.shared.whole_list import whole_on_paper

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
    columns = (_("Supplier"), _("What is bought"))
    with whole_on_paper(found, "suppliers-every", PER_PAGE, columns, _row, file=_ids) as shown:
        lines = "".join(map(_line, shown))
        with st.container(key="suppliers-every", gap=None):
            st.html(f'<ul role="list">{lines}</ul>')


def _row(group: Group) -> tuple[str, str]:
    return group.name, _words(group)


def _ids(group: Group) -> list[str]:
    return [item.id for item in group.items]


def _line(group: Group) -> str:
    link = session.html_link("supplier", group.name, supplier=group.key)
    return f"<li>{link}<p>{literal(_words(group))}</p></li>"


def _words(group: Group) -> str:
    return portfolio_words.total_words(len(group.items), money(group.items))
