"""What the frame has to know of a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from procurement_risk.storage.people.permissions import Action, Role

VIEWS = "procurement_risk.views"
Group = Literal["work", "assessment", "leadership", "library"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the function ``page`` in the module ``page`` of the room of its name.

    Attributes:
        address: Its name in the address, and for ``session.go``.
        title: Gives what the menu calls it, in the language in use.
        icon: The name of a Material symbol.
        group: Where it stands in the menu; ``assessment`` only while one is open.
        signs: Whether people change things there, so that it asks for the name of who does.
        needs: What somebody has to be allowed to do, in some organisation, to come here.
        or_needs: What else lets somebody come here.
        team: Whether there is nothing to do there for somebody who works alone.
        inside: The address of the page that leads to it, where it does not stand in the menu.
        first_for: The roles whose first page it is: what the bare address shows them.
        quick: Whether it is drawn in a moment, and waits for nothing that is not.
    """

    address: str
    title: Callable[[], str]
    icon: str
    group: Group
    signs: bool = False
    needs: Action = "read"
    or_needs: tuple[Action, ...] = ()
    team: bool = False
    inside: str = ""
    first_for: tuple[Role, ...] = ()
    quick: bool = False

    @property
    def lets_in(self) -> tuple[Action, ...]:
        """Return what lets somebody come here, any one of it."""
        return self.needs, *self.or_needs

    @property
    def module(self) -> str:
        """The name of the module that draws it."""
        return f"{VIEWS}.{self.address.replace('-', '_')}.page"

    def draw(self) -> None:
        """Draw it. What a page needs is read when somebody first comes to it."""
        import_module(self.module).page()

    def drawn(self, *, first: bool, hidden: bool = False) -> StreamlitPage:
        """Return it for Streamlit; the first one is also what the bare address shows."""
        return st.Page(
            self.draw,
            title=self.title(),
            icon=f":material/{self.icon}:",
            url_path=None if first else self.address,
            default=first,
            visibility="hidden" if hidden else "visible",
        )
