"""Which organisations let each other see what they buy, and from whom."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.storage.people.person import ALL
from procurement_risk.views.administration import giving
from procurement_risk.views.shared import session, tables


def draw(name: str) -> None:
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
