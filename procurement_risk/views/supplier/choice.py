"""Which supplier the page is about: chosen from all on file, and kept in the address by name."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.storage import KnownSupplier
from procurement_risk.views.shared import forms, on_file, session


def known() -> dict[str, KnownSupplier]:
    """Return every supplier on file, by name where one goes by it alone, and else by its id."""
    found = on_file.suppliers(session.store())
    called = Counter(each.name.casefold() for each in found)
    return {
        each.name.casefold() if called[each.name.casefold()] == 1 else each.id: each
        for each in found
    }


def _asked_for(known: dict[str, KnownSupplier], asked: str) -> str | None:
    """Return who is meant by a name or id in the address, or None; never one of several."""
    if asked.casefold() in known:
        return asked.casefold()
    wanted = normal_name(asked)
    found = [
        key
        for key, each in known.items()
        if each.id == asked or wanted in map(normal_name, each.names)
    ]
    return found[0] if len(found) == 1 else None


def choose(known: dict[str, KnownSupplier]) -> str | None:
    """Let the person choose; return what ``known`` holds the supplier under, or None."""
    asked = str(st.query_params.get("supplier", ""))
    key = "supplier-chosen"
    meant = _asked_for(known, asked)
    if asked and meant is None:
        st.error(
            _("There is no assessment of “{supplier}” here. Choose a supplier below.").format(
                supplier=plain(asked)
            )
        )
    kept = st.session_state.get(key)
    was_renamed = kept is not None and kept not in known  # by joining, or by a new name
    if st.session_state.get("supplier-asked") != asked or was_renamed:
        st.session_state["supplier-asked"] = asked
        st.session_state[key] = meant
    labels = {name: _label(name, supplier) for name, supplier in known.items()}
    asks = _("Choose a supplier")
    label = _("Supplier: type to search")
    chosen = forms.choose(label, labels, key, placeholder=asks, kept=True) or None
    if chosen in known and (address := _address(chosen, known[chosen])) != asked:
        st.session_state["supplier-asked"] = address
        st.query_params["supplier"] = address
    return chosen


def _address(key: str, supplier: KnownSupplier) -> str:
    return supplier.id if key == supplier.id else supplier.name


def _label(key: str, supplier: KnownSupplier) -> str:
    """Return what to call a supplier; where several are called that, what tells them apart."""
    if key != supplier.id:
        return supplier.name
    words = _("{supplier} ({number})")
    number = supplier.company_number or _("no number")
    return f"{words.format(supplier=supplier.name, number=number)} · {supplier.id[:8]}"
