"""On the Supplier page: who else is likely the same, joining, parting again, and who decided."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.twins import REASONS, Twin, twins_of
from procurement_risk.storage import Decision, KnownSupplier
from procurement_risk.views.shared import on_file, session
from procurement_risk.views.shared.supplier_hints import named
from procurement_risk.views.supplier import names

MOST = 5
DECIDED = {
    "join": N_("{day}, {by}: joined with another supplier, {n} assessments."),
    "part": N_("{day}, {by}: parted from another supplier, {n} assessments."),
    "former": N_("{day}, {by}: added the former name {name}."),
    "trading": N_("{day}, {by}: added the trading name {name}."),
    "unname": N_("{day}, {by}: took the name {name} away."),
}


def draw(supplier: KnownSupplier, items: Sequence[PortfolioItem]) -> None:
    """Draw likely twins with a way to join them, a way to part again, and what was decided."""
    store = session.store()
    decisions = store.supplier_decisions()
    may = session.may("join_suppliers")
    twins = twins_of(supplier, on_file.suppliers(store), decisions) if may else ()
    if twins:
        st.subheader(_("Likely the same supplier: {n}").format(n=len(twins)), anchor=False)
        st.caption(
            _(
                "Nothing is joined by itself here. Firms of one group are suppliers of their own: "
                "join only what is one firm. What was typed stays as it was."
            )
        )
    for twin in twins[:MOST]:
        _draw_twin(supplier, twin)
    if len(items) > 1 and may:
        _draw_parting(supplier, items)
    names.draw(supplier)
    _draw_decisions(supplier, decisions)


def _draw_twin(supplier: KnownSupplier, twin: Twin) -> None:
    other = twin.supplier
    with st.form(f"join-{supplier.id}-{other.id}", enter_to_submit=False):
        words = _("**{supplier}** has {reason}.")
        st.markdown(words.format(supplier=named(other), reason=_(REASONS[twin.reason])))
        reason = st.text_input(_("Why they are one"), max_chars=500, autocomplete="off")
        if st.form_submit_button(_("Join {supplier}").format(supplier=named(other))):
            _join(supplier, other, reason)


def _join(supplier: KnownSupplier, other: KnownSupplier, reason: str) -> None:
    words = _("Joined: {other} is counted with {supplier} from now on.")
    session.carry_out(
        lambda: session.store().join_suppliers(supplier.id, other.id, session.actor(), reason),
        words.format(other=plain(other.name), supplier=plain(supplier.name)),
    )


def _draw_parting(supplier: KnownSupplier, items: Sequence[PortfolioItem]) -> None:
    titles = {
        item.id: f"{place}. "  # browsers send labels, so no two may read alike
        + " · ".join(
            (
                item.supplier.name,
                item.supplier.company_number or _("no number"),
                item.purchase.title,
                item.as_of,
            )
        )
        for place, item in enumerate(items, 1)
    }
    with (
        st.expander(_("Part it again: some of this is of another supplier")),
        st.form(f"part-{supplier.id}", enter_to_submit=False),
    ):
        chosen = st.multiselect(
            _("Assessments of the other supplier"),
            list(titles),
            format_func=lambda each: titles.get(each, each),
        )
        reason = st.text_input(_("Why they are two"), max_chars=500, autocomplete="off")
        if st.form_submit_button(_("Part them")):
            session.carry_out(
                lambda: session.store().part_supplier(
                    supplier.id, chosen, session.actor(), reason
                ),
                _("Parted: what you chose is another supplier from now on."),
            )


def _draw_decisions(supplier: KnownSupplier, decisions: Sequence[Decision]) -> None:
    mine = [each for each in decisions if supplier.id in (each.supplier_id, each.other_id)]
    if not mine:
        return
    with st.expander(_("What was decided about it: {n}").format(n=len(mine))):
        for each in mine:
            line = _(DECIDED[each.what]).format(
                day=day(each.at[:10]), by=each.by, n=len(each.assessments), name=each.name
            )
            st.markdown(plain(f"{line} {each.reason}".strip()))
