"""What can be done with the open assessment as a whole, at the right of its header."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import streamlit as st

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.views.shared import look_again, owner, purchase_saving, session
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw the menu of one assessment; what is chosen is asked in a dialog."""
    if opened.is_preview:
        return
    names = [BACK] if opened.archived else [AGAIN, SECOND, RENAME, OWNER, ASIDE]
    if opened.framework.subject != "purchase" and SECOND in names:
        names.remove(SECOND)
    chosen = st.menu_button(
        _("More"), names, format_func=session.worded(names, _), key=session.in_language("menu")
    )
    if chosen:
        st.dialog(_(chosen))(ACTIONS[chosen])(opened)


def _rename(opened: Opened) -> None:
    purchase = opened.assessment.purchase
    with st.form("rename", border=False):
        title = st.text_input(_("What is bought"), value=purchase.title, max_chars=300)
        pressed = st.form_submit_button(_("Rename it"), type="primary")
    if not pressed:
        return
    if not (title or "").strip():
        st.error(_("Write what is bought."))
        return
    named = replace(purchase, title=(title or "").strip())
    if purchase_saving.save(opened, named):
        st.rerun()


def _set_aside(opened: Opened) -> None:
    st.markdown(_("Out of every list, kept whole, not to be changed until it is brought back."))
    with st.form("aside", border=False):
        reason = st.text_input(_("Why it is set aside"), max_chars=2_000)
        pressed = st.form_submit_button(_("Set it aside"), type="primary")
    if pressed:
        _do(lambda: session.store().archive(opened.id, session.actor(), reason or ""))


def _bring_back(opened: Opened) -> None:
    if st.button(_("Bring it back"), type="primary", key="menu-back"):
        _do(lambda: session.store().restore(opened.id, session.actor()))


def _do(change: Callable[[], None]) -> None:
    try:
        change()
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    st.rerun()


AGAIN, SECOND, RENAME, OWNER, ASIDE, BACK = (
    N_("Look again"),
    N_("Another supplier for this purchase"),
    N_("Rename"),
    N_("Change the owner"),
    N_("Set aside"),
    N_("Bring back"),
)
ACTIONS: Mapping[str, Callable[[Opened], None]] = {
    AGAIN: look_again.draw_form,
    SECOND: look_again.draw_supplier_form,
    RENAME: _rename,
    OWNER: lambda opened: owner.draw(opened.id),
    ASIDE: _set_aside,
    BACK: _bring_back,
}
