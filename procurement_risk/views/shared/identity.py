"""Whose product this is and whose copy of it: the mark, the name, the organisation, our styles."""

from __future__ import annotations

import json
import os
from functools import cache, partial
from typing import get_args

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.text import one_line, plain
from procurement_risk.profile.looks import Colour
from procurement_risk.server.spared import SERVED
from procurement_risk.views.shared import as_before, session
from procurement_risk.views.shared.pages import Page
from procurement_risk.views.shared.styles import style_sheets

NAME = N_("AI Procurement Risk Toolkit")
ORGANISATION = "PROCUREMENT_RISK_ORGANISATION"
LONGEST = 80  # characters of an organisation's name, two lines under the mark
SCRIPTS = "".join(
    f'<script src="app/static/{name}.js"></script>'
    for name in ("idle-commit", "day-field", "actor", "menu", "links", "soon", "print")
)


def set_icon() -> None:
    """Set the icon of the browser's tab, before there is a menu.

    Else the browser takes the symbol of the page for it, and asks Google for its picture.
    """
    st.set_page_config(page_icon=f"{SERVED}icon.png", layout="wide")


def draw(page: Page) -> None:
    """Draw the mark and the organisation's name over the menu, and call the browser's tab."""
    st.set_page_config(page_title=_tab_title(page))
    theme = "dark" if session.dark() else "light"
    st.logo(
        f"{SERVED}logo-{theme}.svg",
        size="large",
        icon_image=f"{SERVED}mark-{theme}.svg",
    )
    style = f"<style>{_styles(theme)}{_said()}</style>"
    as_before.draw_named(
        "styles",
        partial(st.container, key="frame-styles"),  # see static/frame.css: it takes no room
        partial(st.html, f"{style}{SCRIPTS}", unsafe_allow_javascript=True),
        style,
    )
    if name := organisation():
        with st.sidebar.container(key="frame-organisation"):
            st.markdown(plain(name))


def organisation() -> str:
    """Return the name of the organisation that this copy is run by, or empty."""
    return one_line(os.environ.get(ORGANISATION, ""))[:LONGEST]


def _tab_title(page: Page) -> str:
    """Return page, purchase and product, the nearest first: a tab shows only the beginning."""
    purchase = session.open_title() if page.group == "assessment" else ""
    return " – ".join(filter(None, (page.title(), one_line(purchase), _(NAME))))


def _said() -> str:
    """Return what our scripts say, in the language in use, as a style sheet can hold it."""
    half = _("“{text}” is not a whole day, and is not kept. Give day, month and year.")
    outside = _("“{text}” lies outside the calendar, and is not kept. Give another day.")
    said = {"half-a-day": half, "day-outside": outside}
    lines = (f"--{name}:{json.dumps(each, ensure_ascii=False)}" for name, each in said.items())
    return f":root{{{';'.join(lines)}}}"


@cache
def _styles(theme: str) -> str:
    """Return our style sheets for a theme, as the browser wants them."""
    sheets = style_sheets("frame", "print", *(["print-dark"] if theme == "dark" else []))
    return f":root{{{_colours()}}}{sheets}"


def _colours() -> str:
    """Return the colours of badges, in light and dark, as ``.streamlit/config.toml`` has them."""
    found = []
    for colour in get_args(Colour):
        for name, what in (("ink", "TextColor"), ("tint", "BackgroundColor")):
            light, dark = (
                st.get_option(f"theme.{theme}.{colour}{what}") for theme in ("light", "dark")
            )
            found.append(f"--{colour}-{name}:light-dark({light},{dark})")
    return ";".join(found)
