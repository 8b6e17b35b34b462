"""What can be done with the open assessment as a whole, at the right of its header."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.storage.people.permissions import Action
from procurement_risk.views.shared import (
    change_state,
    look_again,
    owner,
    rename,
    session,
    set_aside,
)
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw the menu of one assessment; what is chosen is asked in a dialog."""
    names = offered(opened)
    if not names:
        return
    chosen = st.menu_button(
        _("More"), names, format_func=session.worded(names, _), key=session.in_language("menu")
    )
    if chosen:
        st.dialog(_(chosen))(ACTIONS[chosen])(opened)


def offered(opened: Opened) -> list[str]:
    """Return what the menu offers the person of this visit."""
    if opened.is_preview:
        return []
    names = [BACK] if opened.archived else [AGAIN, SECOND, STATE, RENAME, OWNER, ASIDE]
    if opened.framework.subject != "purchase" and SECOND in names:
        names.remove(SECOND)
    return [name for name in names if any(session.may(each, opened.id) for each in NEEDS[name])]


STATE, AGAIN, SECOND, RENAME, OWNER, ASIDE, BACK = (
    N_("Change the state"),
    N_("Look again"),
    N_("Another supplier for this purchase"),
    N_("Rename"),
    N_("Change the owner"),
    N_("Set aside"),
    N_("Bring back"),
)
NEEDS: Mapping[str, Sequence[Action]] = {
    STATE: ("submit", "review", "conclude"),
    AGAIN: ("start",),
    SECOND: ("start",),
    RENAME: ("describe",),
    OWNER: ("describe",),
    ASIDE: ("set_aside",),
    BACK: ("set_aside",),
}
"""What somebody has to be allowed, one of these, to be offered each."""
ACTIONS: Mapping[str, Callable[[Opened], None]] = {
    STATE: change_state.draw_form,
    AGAIN: look_again.draw_form,
    SECOND: look_again.draw_supplier_form,
    RENAME: lambda opened: rename.draw(opened.id, opened.assessment.purchase.title, "menu"),
    OWNER: lambda opened: owner.draw(opened.id),
    ASIDE: lambda opened: set_aside.draw(opened.id, "menu"),
    BACK: lambda opened: set_aside.draw_back(opened.id, "menu"),
}
