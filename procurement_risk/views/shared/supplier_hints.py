"""What is said beside a supplier that is being typed: lost zeros, who is on file, likely twins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import streamlit as st

from procurement_risk.assessment import Supplier
from procurement_risk.assessment.supplier_numbers import lost_zeros, numbers
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.portfolio.twins import REASONS, Twin, likely_twins
from procurement_risk.storage import KnownSupplier
from procurement_risk.views.shared import on_file, session

MOST = 3

Put: TypeAlias = Callable[[str, str], None]
"""Fills a field of the form, before the page is drawn anew."""


def draw(prefix: str, put: Put, typed: Supplier, base: Supplier) -> None:
    """Draw who on file ``typed`` may be; nothing where it is still the one of ``base``."""
    if not typed.name or typed == base:
        return
    store = session.store()
    known = on_file.suppliers(store, typed)
    meant = store.meant_suppliers(typed)
    for each in known:
        if each.id in meant:
            _draw_known(each)
    found = likely_twins([typed.name], numbers(typed.company_number), known, meant)
    for place, twin in enumerate(found[:MOST]):
        _draw_twin(f"{prefix}twin-{place}", put, twin)


def named(supplier: KnownSupplier) -> str:
    """Return a supplier's name with its number and group, plain."""
    parts = [supplier.company_number, supplier.group]
    more = ", ".join(part for part in parts if part)
    return plain(f"{supplier.name} ({more})" if more else supplier.name)


def draw_lost_zeros(prefix: str, put: Put, number: str) -> None:
    """Offer a company number with the zeros that it lost, below the field where it was typed."""
    meant = lost_zeros(number)
    if not meant:
        return
    st.caption(
        _(
            "Did you mean {number}? A company number has eight characters, and spreadsheets drop "
            "the zeros in front."
        ).format(number=meant)
    )
    st.button(
        _("Use {number}").format(number=meant),
        key=f"{prefix}zeros",
        on_click=put,
        args=("number", meant),
    )


def _draw_known(known: KnownSupplier) -> None:
    words = _("On file: {supplier}, {assessments}. What you start here is counted with it.")
    number = counted(len(known.assessments), "{n} assessment", "{n} assessments")
    st.caption(words.format(supplier=named(known), assessments=number))


def _draw_twin(key: str, put: Put, twin: Twin) -> None:
    known = twin.supplier
    words = _(
        "Is it {supplier}, which is on file? It has {reason}. Unless you use its name and number, "
        "both stay apart; they can be joined on the page Suppliers."
    )
    with st.container(border=True):
        st.markdown(words.format(supplier=named(known), reason=_(REASONS[twin.reason])))
        st.button(
            _("Use its name and number"),
            key=key,
            on_click=_use,
            args=(put, known),
        )


def _use(put: Put, known: KnownSupplier) -> None:
    put("supplier", known.name)
    put("number", known.company_number)
