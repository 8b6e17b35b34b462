"""Signing out, where people sign in: here and at the service that signed them in."""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.server import modes
from procurement_risk.server.safe import OIDC

SCRIPT = '<script src="app/static/signed-in.js"></script>'


def draw() -> None:
    """Draw the button at the end of the menu; none where a proxy signs people in."""
    running = modes.served()
    if running is None or running.team.sign_in != OIDC:
        return
    with st.sidebar:
        st.button(_("Sign out"), key="sign-out", on_click=st.logout, icon=":material/logout:")
        st.html(SCRIPT, unsafe_allow_javascript=True)


def draw_turned_away() -> None:
    """Draw whom to ask who has signed in and may see nothing, and the way out."""
    running = modes.served()
    if running is not None and running.team.contact:
        st.markdown(_("Ask {contact}.").format(contact=plain(running.team.contact)))
    draw()
