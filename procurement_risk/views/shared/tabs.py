"""Tabs of which only the open one is worked out, and which follow the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from procurement_risk.language import _
from procurement_risk.views.shared import address, session

About = TypeVar("About")


def show(parts: Mapping[str, Callable[[About], None]], key: str, about: About) -> None:
    """Draw a tab for each part, by its English name, and in the open one what it draws."""
    for tab, draw_part in zip(draw(list(parts), key), parts.values(), strict=True):
        if tab.open:
            with tab:
                draw_part(about)


def draw(names: Sequence[str], key: str) -> Sequence[TabContainer]:
    """Draw tabs called by ``names``, English words marked for translation.

    The address holds the open one under ``key``, by its English name; the first needs none.
    """
    labels = {_(name): name for name in names}
    first = _(names[0])
    own = session.in_language(key)
    address.follow(key, own, lambda said: next((_(each) for each in said if each in names), first))
    if st.session_state[own] not in labels:
        st.session_state[own] = first
    return st.tabs(
        list(labels),
        key=own,
        on_change=address.remember,
        args=(key, own, lambda label: [] if label == first else [labels[label]]),
    )


def opening(*wanted: tuple[str, str]) -> Callable[[], None]:
    """Return what opens tabs, for a button: of each ``draw``, its key and the tab's English name.

    They are opened in the next run, where they are drawn in this one already.
    """

    def open_them() -> None:
        for key, name in wanted:
            st.query_params[key] = name

    return open_them
