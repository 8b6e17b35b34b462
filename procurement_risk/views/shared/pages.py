"""What the frame has to know of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage


@dataclass(frozen=True, slots=True)
class Page:
    """One page, which its room offers as ``PAGE`` and the frame lists.

    Attributes:
        address: Its name in the address, and for ``session.go``.
        title: Gives what the sidebar calls it, in the language in use.
        icon: The name of a Material symbol.
        draw: Draws it.
    """

    address: str
    title: Callable[[], str]
    icon: str
    draw: Callable[[], None]

    def drawn(self, *, first: bool) -> StreamlitPage:
        """Return it for Streamlit; the first one is also what the bare address shows."""
        return st.Page(
            self.draw,
            title=self.title(),
            icon=f":material/{self.icon}:",
            url_path=None if first else self.address,
            default=first,
        )
