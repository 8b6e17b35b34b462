"""Tabs of which only the open one is worked out, and which the address remembers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer
from streamlit.errors import StreamlitAPIException

from procurement_risk.language import ENGLISH, _, current
from procurement_risk.views.shared import session

About = TypeVar("About")
NEXT = "tab-to-open"


def show(parts: Mapping[str, Callable[[About], None]], key: str, about: About) -> None:
    """Draw a tab for each part, by its English name, and in the open one what it draws."""
    for tab, draw_part in zip(draw(list(parts), key), parts.values(), strict=True):
        if tab.open:
            with tab:
                draw_part(about)


def draw(names: Sequence[str], key: str) -> Sequence[TabContainer]:
    """Draw tabs called by ``names``, English words marked for translation.

    The address holds the open one under ``key``, by its English name. Streamlit ties an address
    to the labels themselves, so in another language it is kept by hand.
    """
    if st.session_state.get(NEXT, ("", ""))[0] == key:
        opening(st.session_state.pop(NEXT))()
    if current() == ENGLISH:
        return st.tabs(list(names), key=key, on_change="rerun", bind="query-params")
    labels = {_(name): name for name in names}
    own = session.in_language(key)
    asked = _(st.query_params.get(key, ""))
    return st.tabs(
        list(labels),
        key=own,
        default=asked if asked in labels else None,
        on_change=_keep_in_address,
        args=(key, own, labels),
    )


def opening(*wanted: tuple[str, str]) -> Callable[[], None]:
    """Return what opens tabs, for a button: of each ``draw``, its key and the tab's English name.

    It is made while the page is drawn, since no language is in use between two runs.
    """
    chosen = [(key, session.in_language(key), name, _(name)) for key, name in wanted]

    def open_them() -> None:
        for key, own, name, label in chosen:
            st.session_state[own] = label
            with suppress(StreamlitAPIException):  # tabs drawn before are tied to it, and carry it
                st.query_params[key] = name

    return open_them


def open_next(key: str, name: str) -> None:
    """Open a tab in the next run, from within a page: in this one the tabs are drawn already."""
    st.session_state[NEXT] = key, name


def _keep_in_address(key: str, own: str, labels: Mapping[str, str]) -> None:
    st.query_params[key] = labels[st.session_state[own]]
