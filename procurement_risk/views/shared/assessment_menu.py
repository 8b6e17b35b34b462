"""What can be done with the open assessment as a whole, at the right of its header."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.views.shared import look_again, session
from procurement_risk.views.shared.session import Opened


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the menu: what it says, what it does, and whether it is offered."""

    title: str
    act: Callable[[Opened], None]
    fits: Callable[[Opened], bool] = lambda opened: True


ACTIONS = {
    "look-again": Action(N_("Look again"), look_again.ask, lambda opened: not opened.archived),
    "another-supplier": Action(
        N_("Another supplier for this purchase"),
        look_again.ask_supplier,
        lambda opened: opened.framework.subject == "purchase" and not opened.archived,
    ),
}


def draw(opened: Opened) -> None:
    """Draw the menu of one assessment."""
    offered = [name for name, action in ACTIONS.items() if action.fits(opened)]
    if opened.is_preview or not offered:
        return
    chosen = st.menu_button(
        _("More"),
        offered,
        format_func=session.worded(offered, lambda name: _(ACTIONS[name].title)),
        key=session.in_language(f"menu:{opened.id}"),
    )
    if chosen:
        ACTIONS[chosen].act(opened)
