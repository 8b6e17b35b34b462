"""Purchases as a list, each of which opens its risk profile; a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from procurement_risk import portfolio_wording
from procurement_risk.language import _
from procurement_risk.portfolio_items import PortfolioItem
from procurement_risk.views import session
from procurement_risk.wording import counted, plain

PAGE_SIZE = 10
T = TypeVar("T")

Entry = tuple[PortfolioItem, str]


def draw(items: Sequence[PortfolioItem], key: str) -> None:
    """Draw ``items``, each with its buyer, supplier, value and what is recommended."""
    draw_entries([(item, portfolio_wording.line_words(item)) for item in items], key)


def draw_entries(entries: Sequence[Entry], key: str, found: str = "") -> None:
    """Draw each purchase with its own words under it, which are shown literally.

    Args:
        entries: The purchases and words.
        key: Begins the keys of the buttons.
        found: A line to stand above, in place of how many there are.
    """
    st.markdown(found or counted(len(entries), "{n} purchase", "{n} purchases"))
    for place, (item, words) in enumerate(paged(entries, key)):
        draw_entry(item, words, f"{key}:{place}")


def draw_entry(item: PortfolioItem, words: str, key: str) -> None:
    """Draw one purchase as a button that opens its risk profile, with words under it."""
    with st.container(gap=None):
        title = plain(item.purchase.title)
        icon = ":material/chevron_right:"
        if st.button(title, type="tertiary", icon=icon, key=f"{key}:{item.id}"):
            session.go("profile", assessment=item.id)
        st.caption(plain(words))


def paged(found: Sequence[T], key: str, size: int = PAGE_SIZE) -> Sequence[T]:
    """Return the part of ``found`` that is on the page chosen, with a way to choose another."""
    if len(found) <= size:
        return found
    pages = -(-len(found) // size)
    number = min(int(st.pagination(pages, key=f"{key}:page") or 1), pages)
    st.caption(
        _("{first} to {last} of {all}").format(
            first=f"{(number - 1) * size + 1:,}",
            last=f"{min(number * size, len(found)):,}",
            all=f"{len(found):,}",
        )
    )
    return found[(number - 1) * size : number * size]
