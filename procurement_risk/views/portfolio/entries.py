"""Purchases as a list, each of which opens its risk profile; a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.portfolio import listed_cells, words as portfolio_words
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.lines import Line
from procurement_risk.views.shared import session
from procurement_risk.views.shared.paging import PAGE_SIZE
from procurement_risk.views.shared.whole_list import whole_on_paper

T = TypeVar("T")


def draw(items: Sequence[PortfolioItem], key: str) -> None:
    """Draw ``items``, each with its buyer, supplier, value and what is recommended."""
    draw_each(items, portfolio_words.line_words, key)


def draw_each(
    items: Sequence[PortfolioItem],
    words: Callable[[PortfolioItem], str],
    key: str,
    found: str = "",
) -> None:
    """Draw ``items``, each with ``words`` for it, which are shown literally.

    Args:
        items: The purchases.
        words: Gives the words; it is asked for those on the page only.
        key: Tells this list from the others, where it has pages.
        found: A line to stand above, in place of how many there are.
    """
    draw_entries([(item, item) for item in items], words, key, found)


def draw_entries(
    entries: Sequence[tuple[PortfolioItem, T]],
    words: Callable[[T], str],
    key: str,
    found: str = "",
) -> None:
    """Draw purchases, each with ``words`` for what is found about it; see ``draw_each``."""
    st.markdown(found or counted(len(entries), "{n} purchase", "{n} purchases"))
    today, is_bare = session.today(), words is portfolio_words.line_words
    columns = listed_cells.columns() if is_bare else (*listed_cells.first_columns(), _("About it"))

    def row(entry: tuple[PortfolioItem, T]) -> tuple[str | int, ...]:
        item, about = entry
        line = Line(item, today)
        if is_bare:
            return listed_cells.cells(line)
        return (*listed_cells.first_cells(line), words(about))

    with whole_on_paper(
        entries, key, PAGE_SIZE, columns, row, file=lambda entry: [entry[0].id]
    ) as shown:
        for item, about in shown:
            draw_entry(item, words(about))


def draw_entry(item: PortfolioItem, words: str) -> None:
    """Draw one purchase as a link to its risk profile, with words under it."""
    with st.container(gap=None):
        session.link("profile", plain(item.purchase.title), assessment=item.id)
        st.caption(plain(words))
