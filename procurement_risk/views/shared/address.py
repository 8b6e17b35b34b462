"""Choices that live in the address, in any language, so that what is on screen can be sent.

Streamlit ties an address to the labels of a widget, which differ by language; this keeps ids.

    follow(…)      before the widget: takes over what the address says, once it says something new
    remember(…)    when the widget changes: writes it into the address
    recall(…)      before a page: brings back what its address said when it was left by the menu
    note(…)        after it: keeps what its address says now
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any, cast

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.text import plain, shorten
from procurement_risk.views.shared import session

SHOWN = "page-shown"
LEFT = "addresses"  # one key of the visit holds what the address of every page said last
FOLLOWED = "address"  # one key of the visit holds what every widget last took over


def follow(name: str, key: str, read: Callable[[list[str]], object]) -> None:
    """Set the widget ``key`` from the address where that is new to it.

    Args:
        name: What the choice is called in the address.
        key: The widget's key.
        read: Gives the widget's value for the values in the address; it drops what is unknown.
    """
    now = st.query_params.get_all(name)
    is_new = _followed().get(key, []) != now
    if is_new and key in st.session_state:
        st.query_params.update({})  # a link within a page leaves the browser's own as it was
    if is_new or key not in st.session_state:
        st.session_state[key] = read(now)
        _followed()[key] = now


def remember(name: str, key: str, write: Callable[[Any], list[str]]) -> None:
    """Write what the widget ``key`` holds into the address."""
    values = write(st.session_state[key])
    _followed()[key] = values
    if values:
        st.query_params[name] = values
    elif name in st.query_params:
        del st.query_params[name]


def forget(names: Sequence[str]) -> None:
    """Take choices out of the address; their widgets follow at the next run."""
    for name in names:
        if name in st.query_params:
            del st.query_params[name]


def recall(place: str, *, given: Collection[str] = ()) -> None:
    """Bring back the choices of ``place``, where the menu led to it and took them away.

    Args:
        place: A page, and what it is about where it can be about several things.
        given: The names that the menu's own address holds.
    """
    if st.session_state.get(SHOWN) == place:
        return
    st.session_state[SHOWN] = place
    for key in _followed():  # what widgets held at the place before is not taken up again
        st.session_state.pop(key, None)
    _followed().clear()
    if set(st.query_params) <= set(given):
        for name, values in _left().get(place, {}).items():
            st.query_params[name] = values


def note(place: str) -> None:
    """Keep the choices of ``place`` for when the menu leads to it again."""
    _left()[place] = {name: st.query_params.get_all(name) for name in st.query_params}


def select(
    label: str, name: str, options: Sequence[str], words: Callable[[str], str]
) -> str | None:
    """Draw a choice of one of ``options``, the first unless the address says another."""
    key = session.in_language(f"address-{name}")
    follow(name, key, lambda said: next((each for each in said if each in options), options[0]))
    if st.session_state[key] not in options:
        st.session_state[key] = options[0]
    unknown = [each for each in st.query_params.get_all(name) if each not in options]
    if unknown:
        said = _("The address asks for “{value}” here, which is not among them.")
        st.warning(plain(said.format(value=shorten(unknown[0]))))
    return st.selectbox(
        label,
        options,
        format_func=session.worded(options, words),
        key=key,
        on_change=remember,
        args=(name, key, lambda value: [value] if value else []),
    )


def _followed() -> dict[str, list[str]]:
    return cast(dict[str, list[str]], st.session_state.setdefault(FOLLOWED, {}))


def _left() -> dict[str, dict[str, list[str]]]:
    found = st.session_state.setdefault(LEFT, {})
    return cast(dict[str, dict[str, list[str]]], found)
