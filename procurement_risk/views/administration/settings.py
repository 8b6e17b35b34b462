"""What an administrator sets in the app, and what is set where the app is started."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day
from procurement_risk.storage.signing import keys
from procurement_risk.views.shared import session, tables

LABELS = {"notice": N_("A notice to everybody, above every page; empty for none")}


def draw(name: str) -> None:
    """Draw each setting, and who set it."""
    store = session.store()
    stands = {each.name: each for each in store.settings()}
    for setting, label in LABELS.items():
        now = stands[setting].value if setting in stands else ""
        with st.form(f"setting-{setting}", enter_to_submit=False):
            value = st.text_area(_(label), value=now, max_chars=500)
            if st.form_submit_button(_("Save it"), type="primary"):
                session.carry_out(
                    lambda: store.set_setting(setting, (value or "").strip(), session.actor()),  # noqa: B023
                    _("Saved."),
                )
    rows = [[each.name, each.value, each.by, each.at[:10]] for each in stands.values()]
    tables.draw(_("Settings"), [_("Setting"), _("Value"), _("Set by"), _("When")], rows)
    _draw_keys()
    st.caption(
        _(
            "Database: {place}. The mode, addresses and keys are set where the app is started."
        ).format(place=store.place)
    )


def _draw_keys() -> None:
    """Draw the public keys that sign-offs are sealed with, to be published elsewhere."""
    st.subheader(_("Public keys of sign-offs"), anchor=False)
    found = keys.public_keys()
    if not found:
        st.markdown(_("None yet: the first sign-off makes one."))
        return
    tables.draw(
        _("Public keys of sign-offs"),
        [_("Public key (Ed25519)"), _("Used from")],
        [[each.digits, day(each.since)] for each in reversed(found)],
    )
    st.caption(
        _(
            "The first one signs today. Publish them where nobody can change them who could "
            "change a record: whoever checks an audit pack gives them to its program."
        )
    )
