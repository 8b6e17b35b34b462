"""The name a person signs with: asked where it is first needed, and kept by their browser.

    text field ── static/actor.js ──> cookie ──> the first value of the field in the next visit

The visit keeps it from page to page. The cookie is text from outside like any other: it is only
ever a value in the field, on one line and cut to what the field takes.
"""

from __future__ import annotations

import os
from functools import partial
from urllib.parse import unquote

import streamlit as st
from streamlit.elements.lib.utils import LabelVisibility

from procurement_risk.language import _, current
from procurement_risk.language.text import one_line, plain
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.shared import as_before, session
from procurement_risk.views.shared.pages import Page

COOKIE = "procurement-risk-name"  # the same in static/actor.js
SETTING = "PROCUREMENT_RISK_ACTOR"
LONGEST = 100
ASKED = "name-asked-on"  # the page on which the visit was asked, where the field stays until left


def draw(page: Page) -> None:
    """Draw the field for the name: in the menu, or over a page that signs what nobody has named.

    There it stays while the page is open, so that nothing moves under somebody's hand. Where
    people sign in, their name is shown, and nobody types one.
    """
    if is_team():
        with st.sidebar:
            st.caption(_("Signed in as {name}").format(name=plain(session.actor())))
        return
    if "actor" not in st.session_state:
        st.session_state["actor"] = remembered()
    asked_here = st.session_state.get(ASKED) == page.address
    signs = page.signs and (page.group != "assessment" or bool(session.open_title()))
    if signs and (asked_here or session.actor() == session.UNNAMED):
        st.session_state[ASKED] = page.address
        _ask()
        return
    st.session_state.pop(ASKED, None)
    as_before.draw_named(
        "name",
        partial(st.sidebar.container, key="frame-name"),
        partial(_field, _(session.UNNAMED)),
        current(),
    )


def remembered() -> str:
    """Return the name that the browser remembers, else the one that the setting gives."""
    said = st.context.cookies.get(COOKIE)  # no text in Streamlit's harness for tests
    cookie = one_line(unquote(said))[:LONGEST] if isinstance(said, str) else ""
    return cookie or os.environ.get(SETTING, "")


def _ask() -> None:
    as_before.draw_named(
        "name",
        partial(st.container, horizontal=True, vertical_alignment="center", key="name-asked"),
        _draw_asked,
        ("asked", current()),
    )


def _draw_asked() -> None:
    st.markdown(
        _("**Who is working here?** Your name stands in the history beside everything you change.")
    )
    _field(_("First name and surname"), label="collapsed")


def _field(example: str, label: LabelVisibility = "visible") -> None:
    st.text_input(
        _("Your name, for the history"),
        key="actor",
        max_chars=LONGEST,
        placeholder=example,
        label_visibility=label,
        persist_state="session",
    )
