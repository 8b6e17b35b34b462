"""The organisations that share the store, and which buyers are whose."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.storage.people.organisations import Organisation
from procurement_risk.storage.people.person import ALL
from procurement_risk.views.administration import giving
from procurement_risk.views.shared import session, tables


def draw(name: str) -> None:
    """Draw every organisation with its names, the form for a new one, and buyers of none."""
    store = session.store()
    found, left = store.organisations(), store.unclaimed_buyers()
    st.markdown(
        _(
            "An assessment belongs to the organisation that buys. Enter each organisation, and "
            "every name under which it stands as a buyer; capitals and spaces make no difference."
        )
    )
    columns = [_("Organisation"), _("Its names as a buyer")]
    tables.draw(_("Organisations"), columns, [[o.name, ", ".join(o.buyers)] for o in found])
    with st.form("add-organisation", enter_to_submit=False):
        title = st.text_input(_("Name of the organisation"), max_chars=300)
        if st.form_submit_button(_("Add the organisation"), type="primary"):
            session.carry_out(
                lambda: _add(title or ""), _("Added: {name}.").format(name=plain(title or ""))
            )
    if found:
        _draw_claiming(found, dict(left))
        _draw_disclaiming(found)


def _add(title: str) -> None:
    session.store().add_organisation(title, session.actor())


def _draw_claiming(found: list[Organisation], left: dict[str, int]) -> None:
    st.subheader(_("Names of buyers that are no organisation's"), anchor=False)
    if not left:
        st.markdown(_("None: every assessment on file belongs to an organisation."))
    else:
        rows = [[buyer or "–", str(number)] for buyer, number in left.items()]
        tables.draw(_("Names of buyers"), [_("Buyer"), _("Assessments")], rows)
    names = {each.id: each.name for each in found}
    with st.form("claim-buyer", enter_to_submit=False):
        buyer = st.selectbox(
            _("A buyer's name, from the list or typed"),
            [each for each in left if each],
            index=None,
            accept_new_options=True,
        )
        whose = st.selectbox(_("Is this organisation"), list(names), format_func=names.__getitem__)
        if st.form_submit_button(_("Enter the name")) and whose:
            session.carry_out(
                lambda: session.store().claim_buyer(whose, buyer or "", session.actor()),
                _("The name is entered."),
            )


def _draw_disclaiming(found: list[Organisation]) -> None:
    held = {f"{o.id} {buyer}": (o.id, buyer) for o in found for buyer in o.buyers}
    names = {each.id: each.name for each in found}
    words = {key: f"{names[of]}: {buyer}" for key, (of, buyer) in held.items()}
    with st.form("disclaim-buyer", enter_to_submit=False):
        chosen = st.selectbox(
            _("A name that is entered"), list(words), format_func=words.__getitem__, index=None
        )
        if st.form_submit_button(_("Take the name away")) and chosen:
            session.carry_out(
                lambda: session.store().disclaim_buyer(*held[chosen], session.actor()),
                _("The name is taken away."),
            )


# Which organisations let each other see what they buy, and from whom.


def draw_agreements(name: str) -> None:
    """Draw what was agreed, and the forms that agree and end it."""
    st.markdown(
        _(
            "Whoever starts an assessment is told which capabilities another organisation buys, "
            "and from whom, where both have agreed. Nothing else is shown."
        )
    )
    found, names = session.store().agreements(), giving.every_name()
    rows = [
        [
            names.get(each.organisation_id, "–"),
            names.get(each.other_id, "–"),
            _("both have agreed") if each.mutual else _("waits for the other"),
            each.by,
            giving.shown_day(each.at),
        ]
        for each in found
    ]
    columns = [_("Organisation"), _("Lets see"), _("State"), _("Agreed by"), _("When")]
    tables.draw(_("Agreements"), columns, rows)
    mine = {name: words for name, words in giving.offered().items() if name != ALL}
    if not mine or len(names) < 2:
        return
    with st.form("agree", enter_to_submit=False):
        own = st.selectbox(_("Organisation"), list(mine), format_func=mine.__getitem__)
        other = st.selectbox(_("Lets see"), list(names), format_func=names.__getitem__, index=None)
        agrees = st.form_submit_button(_("Agree"), type="primary")
        ends = st.form_submit_button(_("End it"))
    if not own or not other or not (agrees or ends):
        return
    store = session.store()
    if agrees:
        session.carry_out(lambda: store.agree(own, other, session.actor()), _("Agreed."))
    else:
        session.carry_out(lambda: store.end_agreement(own, other, session.actor()), _("Ended."))
