"""Signing out, where people sign in: here and at the service that signed them in."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.server import modes
from procurement_risk.server.safe import OIDC
from procurement_risk.views.shared import session

SCRIPT = '<script src="app/static/signed-in.js"></script>'


def is_ours() -> bool:
    """Whether people sign out here, and not at a proxy."""
    running = modes.served()
    return running is not None and running.team.sign_in == OIDC


def draw() -> None:
    """Draw the buttons at the end of the menu; none where a proxy signs people in."""
    if not is_ours():
        return
    with st.sidebar:
        st.button(_("Sign out"), key="sign-out", on_click=st.logout, icon=":material/logout:")
        st.button(
            _("Sign out everywhere"),
            key="sign-out-everywhere",
            on_click=_everywhere,
            type="tertiary",
            help=_("On every computer and in every browser where you are signed in."),
        )
        st.html(SCRIPT, unsafe_allow_javascript=True)


def _everywhere() -> None:
    store = session.store()
    with session.refusals_said():
        store.end_sessions(session.person().id, session.actor())
        st.logout()


def draw_turned_away() -> None:
    """Draw whom to ask who has signed in and may see nothing, and the way out."""
    running = modes.served()
    if running is not None and running.team.contact:
        st.markdown(_("Ask {contact}.").format(contact=plain(running.team.contact)))
    draw()
