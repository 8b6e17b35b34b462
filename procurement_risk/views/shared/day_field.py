"""A field with a calendar for a day, written as DD/MM/YYYY wherever the app asks for one.

A day that is half typed when the field is left is no day: ``static/day-field.js`` says so under
the field, and what Streamlit says of a day outside the calendar is shown there too.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal, TypedDict, Unpack

import streamlit as st

FORMAT = "DD/MM/YYYY"
FIRST, LAST = date(1990, 1, 1), date(2199, 12, 31)


class More(TypedDict, total=False):
    """What else the widget takes."""

    width: int
    label_visibility: Literal["visible", "collapsed"]
    persist_state: Literal["session"] | None
    on_change: Callable[..., None]
    args: tuple[object, ...]
    disabled: bool


def draw(
    label: str,
    key: str,
    shown: date | None = None,
    *,
    first: date = FIRST,
    last: date = LAST,
    **more: Unpack[More],
) -> date | None:
    """Draw the field, and return the day that stands in it.

    Args:
        label: What is asked.
        key: The widget's key.
        shown: What stands there at first.
        first: The earliest day to choose; a day that stands there already may be earlier.
        last: The latest, likewise.
        more: What else the widget takes.
    """
    held = st.session_state.get(key, shown)
    if isinstance(held, date):  # Streamlit refuses to draw a day outside
        first, last = min(first, held), max(last, held)
    chosen = st.date_input(
        label, value=shown, key=key, min_value=first, max_value=last, format=FORMAT, **more
    )
    return chosen if isinstance(chosen, date) else None
