"""On the Supplier page: names that no assessment has, added and taken away again."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.storage import KnownSupplier
from procurement_risk.storage.supplier_decisions import LONGEST_NAME
from procurement_risk.views.shared import session

KINDS = {"former": N_("a former name"), "trading": N_("a name it trades under")}


def draw(supplier: KnownSupplier) -> None:
    """Draw the form for a former or trading name, and one to take such a name away."""
    if not session.may("join_suppliers"):
        return
    with st.expander(_("Former and trading names: {n}").format(n=len(supplier.given))):
        st.caption(
            _(
                "A name that stands in no assessment. Whoever types it, or imports it, is shown "
                "this supplier; nothing is joined by itself."
            )
        )
        _draw_adding(supplier)
        if supplier.given:
            _draw_taking_away(supplier)


def _draw_adding(supplier: KnownSupplier) -> None:
    with st.form(f"name-{supplier.id}", clear_on_submit=False, enter_to_submit=False):
        name = st.text_input(_("Another name"), max_chars=LONGEST_NAME, autocomplete="off")
        words = {kind: _(label) for kind, label in KINDS.items()}
        kind = st.radio(_("It is"), list(words), format_func=words.__getitem__, horizontal=True)
        reason = st.text_input(_("Where it is from"), max_chars=500, autocomplete="off")
        if st.form_submit_button(_("Add the name")):
            added = _("Added: {name}.").format(name=plain(name))
            given: str = kind or "former"
            session.carry_out(
                lambda: session.store().name_supplier(
                    supplier.id,
                    name,
                    "trading" if given == "trading" else "former",
                    session.actor(),
                    reason,
                ),
                added,
            )


def _draw_taking_away(supplier: KnownSupplier) -> None:
    with st.form(f"unname-{supplier.id}", enter_to_submit=False):
        name = st.selectbox(_("A name that was added"), [each.name for each in supplier.given])
        reason = st.text_input(_("Why it goes"), max_chars=500, autocomplete="off")
        if st.form_submit_button(_("Take the name away")) and name:
            session.carry_out(
                lambda: session.store().unname_supplier(
                    supplier.id, name, session.actor(), reason
                ),
                _("Taken away: {name}.").format(name=plain(name)),
            )
