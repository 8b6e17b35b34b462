"""What may be said to stand in a file that is taken out, such as the day to return it by."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from procurement_risk.exports import Export
from procurement_risk.exports.export import Extra
from procurement_risk.language import _
from procurement_risk.views.shared import forms


def draw(export: Export) -> Mapping[str, str] | None:
    """Draw a field for each of a format's extras.

    Returns:
        What was written, by their names; None where something of it cannot stand.
    """
    said, is_refused = {}, False
    for extra in export.extras:
        text = _ask(extra)
        if problem := extra.problem(text):
            st.error(problem)
            is_refused = True
        elif text:
            said[extra.name] = text
    return None if is_refused else said


def _ask(extra: Extra) -> str:
    label, key = _(extra.title), f"records-extra-{extra.name}"
    if extra.kind == "day":
        return forms.ask_day(label, "", key, kept=True)
    if extra.kind == "yes":
        return "yes" if st.checkbox(label, key=key, persist_state="session") else ""
    written = st.text_input(
        label,
        key=key,
        max_chars=extra.longest,
        persist_state="session",
        autocomplete="off",
    )
    return (written or "").strip()
