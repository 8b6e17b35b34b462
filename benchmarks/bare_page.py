"""The Questions page with nothing behind it: the same widgets, and no store, score or callback.

``BARE_PAGE`` names a file with the real page's elements, as the real page sent them.
"""

import gc
import json
import os
from datetime import date
from pathlib import Path

import streamlit as st

import procurement_risk.views.frame  # noqa: F401  the same imports weigh on both pages

MAIN, SIDEBAR, BOTTOM = 0, 1, 3


@st.cache_resource(show_spinner=False)
def settle_memory():
    """Do what the app does once its imports are done."""
    gc.freeze()
    return True


@st.cache_resource(show_spinner=False)
def elements():
    """Return the elements as a tree."""
    return json.loads(Path(os.environ["BARE_PAGE"]).read_text())


def draw_all(children, into):
    """Draw the elements one after the other."""
    for child in children:
        draw(child, into)


def draw(node, into):
    """Draw one element, with what is inside it."""
    kind, said, children = node["kind"], node["said"], node["children"]
    if kind in BLOCKS:
        BLOCKS[kind](said, children, into, f"w{node['number']}")
    elif kind in LEAVES:
        LEAVES[kind](said, into, f"w{node['number']}")
    else:
        into.empty()


def draw_flex(said, children, into, key):
    """Draw a container, or columns."""
    if children and all(child["kind"] == "column" for child in children):
        columns = into.columns([child["said"].get("weight", 1) for child in children])
        for column, child in zip(columns, children, strict=True):
            draw_all(child["children"], column)
    else:
        draw_all(children, into.container(border=said.get("border", False), key=key))


def draw_expander(said, children, into, key):
    """Draw an expander, one that tells the server when it is opened if the real one does."""
    more = {"key": key, "on_change": "rerun"} if said.get("id") else {}
    draw_all(children, into.expander(said.get("label", ""), said.get("expanded", False), **more))


def draw_tabs(_said, children, into, _key):
    """Draw tabs."""
    tabs = into.tabs([child["said"].get("label", "Tab") for child in children])
    for tab, child in zip(tabs, children, strict=True):
        draw_all(child["children"], tab)


def draw_markdown(said, into, _key):
    """Draw text, or a caption."""
    if said.get("elementType") == "CAPTION":
        into.caption(said.get("body", ""))
    else:
        into.markdown(said.get("body", ""), unsafe_allow_html=said.get("allowHtml", False))


def draw_radio(said, into, key):
    """Draw a radio with the real one's options and choice."""
    options, chosen = said["options"], said.get("rawValue")
    into.radio(
        said["label"],
        options,
        index=options.index(chosen) if chosen in options else None,
        captions=said.get("captions"),
        horizontal=said.get("horizontal", False),
        key=key,
    )


def draw_buttons(said, into, key):
    """Draw a segmented control with the real one's options and choice."""
    options = [option.get("content", "") for option in said["options"]]
    chosen = [value for value in said.get("rawValues", []) if value in options]
    into.segmented_control(said["label"], options, default=chosen[0] if chosen else None, key=key)


def draw_text(said, into, key):
    """Draw a one-line field."""
    into.text_input(said["label"], said.get("value", ""), key=key)


def draw_day(said, into, key):
    """Draw a field with a calendar for a day."""
    days = {name: day_of(said[name]) for name in ("min", "max")}
    shown = day_of(said["default"][0]) if said.get("default") else None
    into.date_input(
        said["label"],
        shown,
        min_value=days["min"],
        max_value=days["max"],
        format=said["format"],
        key=key,
    )


def day_of(said):
    """Return the day that Streamlit writes like 2027/03/31."""
    return date.fromisoformat(said.replace("/", "-"))


def draw_area(said, into, key):
    """Draw a field of several lines."""
    into.text_area(said["label"], said.get("value", ""), key=key)


BLOCKS = {
    "flex_container": draw_flex,
    "vertical": draw_flex,
    "expandable": draw_expander,
    "tab_container": draw_tabs,
}
LEAVES = {
    "markdown": draw_markdown,
    "radio": draw_radio,
    "button_group": draw_buttons,
    "text_input": draw_text,
    "text_area": draw_area,
    "date_input": draw_day,
    "heading": lambda said, into, _: into.header(said["body"], anchor=False),
    "button": lambda said, into, key: into.button(
        said["label"], type=said.get("type", "secondary"), icon=said.get("icon"), key=key
    ),
    "menu_button": lambda said, into, key: into.menu_button(
        said["label"], said["options"], key=key
    ),
    "selectbox": lambda said, into, key: into.selectbox(said["label"], said["options"], key=key),
    "progress": lambda said, into, _: into.progress(said.get("value", 0), said.get("text")),
    "alert": lambda said, into, _: into.info(said["body"]),
    "html": lambda said, into, _: into.html(
        said["body"], unsafe_allow_javascript=said.get("unsafeAllowJavascript", False)
    ),
}

st.set_page_config(page_title="Bare page", layout="wide")
settle_memory()
draw_all(elements()[SIDEBAR], st.sidebar)
draw_all(elements()[MAIN], st)
draw_all(elements()[BOTTOM], st.bottom)
