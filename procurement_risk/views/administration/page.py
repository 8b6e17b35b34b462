"""The Administration page: people and their roles, organisations, agreements, tokens, the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.storage.people.mode import is_team
from procurement_risk.storage.people.permissions import Action
from procurement_risk.views.administration import (
    messages,
    organisations,
    people,
    reading,
    settings,
    tokens,
    webhooks,
)
from procurement_risk.views.shared import session, tabs


def page() -> None:
    """Draw the page."""
    st.title(_("Administration"), anchor=False)
    if not is_team():
        st.info(_("Nobody signs in here: whoever opens the app on this computer may do all."))
        return
    offered = {name: draw for name, (draw, needs) in TABS.items() if session.may(needs)}
    tabs.show(offered, "administration", session.person().name)


TABS: Mapping[str, tuple[Callable[[str], None], Action]] = {
    N_("People and roles"): (people.draw, "manage_people"),
    N_("Organisations"): (organisations.draw, "administer"),
    N_("Agreements"): (organisations.draw_agreements, "manage_people"),
    N_("Tokens"): (tokens.draw, "manage_people"),
    N_("Webhooks"): (webhooks.draw, "send_out"),
    N_("Messages"): (messages.draw, "administer"),
    N_("What was read"): (reading.draw, "read_logs"),
    N_("Settings"): (settings.draw, "administer"),
}
"""What each tab draws, and what somebody has to be allowed to be shown it."""
