"""What the forms of the risk profile have in common: drawing, checking, saving, starting again.

A form that is refused keeps everything that was typed, and says in words what is missing.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from procurement_risk.assessment.answers import is_day
from procurement_risk.language import _
from procurement_risk.views.shared import memory as profile_memory
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened

DATE_LIKE = "2027-03-31"

# What a form asks, given the beginning of its fields' keys: the problems, then the value to save.
Ask = Callable[[str], tuple[list[str], object | None]]


def draw(opened: Opened, part: str, label: str, ask: Ask) -> None:
    """Draw the form for one part of the assessment, and save it when its button is pressed.

    Args:
        opened: The assessment.
        part: The part's name in the store.
        label: What the button says.
        ask: Draws the fields and returns what is wrong with them, and what to save.
    """
    draft = profile_memory.draft(opened, part)
    if draft.saved:
        st.success(_("Saved."))
    if draft.changed:
        st.warning(
            _(
                "This was changed elsewhere after you opened the form. Look at what is saved now, "
                "above, before you save yours over it."
            )
        )
        st.button(
            _("Put what is saved into the form"),
            key=f"{draft.key}:again",
            on_click=profile_memory.start_again,
            args=(opened, part),
        )
    with st.form(f"{draft.key}:form", enter_to_submit=False):
        problems, value = ask(draft.key)
        pressed = st.form_submit_button(label)
        if not pressed:
            return
        for problem in problems:
            st.error(problem)
        if problems or not session.save(part, value, draft.revision):
            return
    profile_memory.start_again(opened, part, saved=True)
    st.rerun()


def ask_date(label: str, value: str, key: str) -> str:
    """Draw a field for a date and return what was written."""
    like = _("{label} (like {example})").format(label=label, example=DATE_LIKE)
    written = st.text_input(like, value=value, key=key, max_chars=10, autocomplete="off")
    return (written or "").strip()


def ask_text(label: str, value: str, key: str, most: int) -> str:
    """Draw a one-line field of at most ``most`` characters and return what was written."""
    return (st.text_input(label, value=value, key=key, max_chars=most) or "").strip()


def ask_note(label: str, value: str, key: str) -> str:
    """Draw a field for a longer text and return what was written."""
    written = st.text_area(label, value=value, key=key, max_chars=2_000, height=90)
    return (written or "").strip()


def date_problem(text: str, *, wrong: str, missing: str = "") -> list[str]:
    """Return what is wrong with a date that was written, as sentences.

    Args:
        text: What was written.
        wrong: What to say where it is not a date.
        missing: What to say where nothing was written; empty where that will do.

    Both say what to write, with an ``{example}``.
    """
    words = wrong if text else missing
    return [] if is_day(text) or not words else [words.format(example=DATE_LIKE)]
