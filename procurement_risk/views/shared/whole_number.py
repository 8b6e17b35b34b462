"""A field for a whole number: one of text, since a browser's own drops what it cannot read.

There 1,5 becomes 15 without a word, or nothing, as the browser's language has it.
"""

from __future__ import annotations

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.numbers import shown
from procurement_risk.language.text import plain
from procurement_risk.language.typed_number import two_readings, typed_whole

LONGEST = 40


def why_not(text: str, example: int) -> str:
    """Return why ``text`` says no whole number, and what to write; empty where it says one."""
    text = text.strip()
    if typed_whole(text) is not None:
        return ""
    if readings := two_readings(text):
        words = _("“{text}” may be {whole} or {decimal}: write a whole number like {whole}.")
        return words.format(text=text, whole=readings[0], decimal=shown(readings[1]))
    if not text:
        return _("Write a whole number like {example}.").format(example=example)
    words = _("Write a whole number like {example}, not “{text}”.")
    return words.format(text=text, example=example)


def ask(label: str, value: int, key: str, least: int, most: int) -> int:
    """Draw a field for a number from ``least`` to ``most`` and return the last one typed there.

    What is none stays in the field, and is said under it.
    """
    text = st.text_input(
        label, value=str(value), key=key, max_chars=LONGEST, persist_state="session"
    )
    last = f"{key}-last"
    number = typed_whole(text)
    wrong = why_not(text, value)
    if number is not None and not least <= number <= most:
        words = _("Write a whole number from {least} to {most}, not {number}.")
        wrong = words.format(least=least, most=most, number=number)
    if not wrong:
        st.session_state[last] = number
    stands: int = st.session_state.get(last, value)
    if wrong:
        still = _("{number} still counts.").format(number=stands)
        st.error(plain(f"{wrong} {still}"))
    return stands
