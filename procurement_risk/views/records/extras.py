"""What may be said to stand in a file that is taken out, such as the day to return it by."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from procurement_risk.assessment.answers import DATE_LIKE
from procurement_risk.exports import Export
from procurement_risk.language import _


def draw(export: Export) -> Mapping[str, str] | None:
    """Draw a field for each of a format's extras.

    Returns:
        What was written, by their names; None where something of it cannot stand.
    """
    said, problems = {}, []
    for extra in export.extras:
        label = _(extra.title)
        if extra.kind == "day":
            label = _("{label} (like {example})").format(label=label, example=DATE_LIKE)
        written = st.text_input(
            label,
            key=f"records-extra-{extra.name}",
            max_chars=extra.longest,
            persist_state="session",
            autocomplete="off",
        )
        text = (written or "").strip()
        if problem := extra.problem(text):
            problems.append(problem)
        elif text:
            said[extra.name] = text
    for problem in problems:
        st.error(problem)
    return None if problems else said
