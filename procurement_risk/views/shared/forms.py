"""What the forms of the Overview share: drawing, checking, saving, starting again.

A form that is refused keeps everything that was typed, and says in words what is missing. What is
kept between two runs, forms, their faults and slow advice, is in three session keys, whatever the
number of forms, since a page's cost grows with the number of keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

import streamlit as st

from procurement_risk.assessment.answers import is_day
from procurement_risk.errors import Problem
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.views.shared import day_field, session
from procurement_risk.views.shared.session import Opened

FORMS, ADVICE, FAULTS = "profile_forms", "profile_advice", "form_faults"
T = TypeVar("T")

# What a form asks, given the beginning of its fields' keys: the problems, then the value to save.
# A problem is about the field whose key ends in its ``where``; about no field, it is empty.
Ask = Callable[[str], tuple[list[Problem], object | None]]


def draw(opened: Opened, part: str, label: str, ask: Ask, *, at: str = "") -> None:
    """Draw the form for one part of the assessment, and save it when its button is pressed.

    Args:
        opened: The assessment.
        part: The part's name in the store.
        label: What the button says.
        ask: Draws the fields and returns what is wrong with them, and what to save.
        at: Tells several forms for the same part from one another.
    """
    if refused := session.why_not_write(opened, part):
        st.caption(plain(refused))
        return
    draft = _begin(opened, part, at)
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
            on_click=_start_again,
            args=(opened, part, at),
        )
    with st.form(f"{draft.key}:form", enter_to_submit=False):
        problems, value = ask(draft.key)
        pressed = st.form_submit_button(label)
        _say_faults(draft.key)
        if not pressed:
            return
        st.session_state[FAULTS] = faults = _by_key(draft.key, problems)
        if not faults and not session.save(part, value, draft.revision):
            return
    if faults:
        st.rerun()  # each is said under its field, which is drawn already
    seen(opened, part)
    _start_again(opened, part, at, saved=True)
    st.rerun()


def seen(opened: Opened, part: str) -> None:
    """Let every form for ``part`` stand on what is stored next, as this page changed it itself."""
    for (assessment, of, _at), form in _forms().items():
        if (assessment, of) == (opened.id, part):
            form.revision = None


def choose(
    label: str,
    labels: Mapping[str, str],
    key: str,
    at: str = "",
    *,
    placeholder: str | None = None,
    kept: bool = False,
) -> str:
    """Draw a choice among the keys of ``labels`` and return the one chosen, or empty.

    Args:
        label: What is asked.
        labels: What each may be called. Streamlit also asks between two runs, where no language
            is in use, so these are worded beforehand.
        key: The widget's key.
        at: Which is chosen at first. If there is no such, the first is, or none where a
            placeholder asks for a choice.
        placeholder: What stands there while nothing is chosen.
        kept: Whether the choice outlives a visit of another page.
    """
    options = list(labels)
    first = 0 if placeholder is None else None
    chosen = st.selectbox(
        label,
        options,
        index=options.index(at) if at in labels else first,
        format_func=lambda each: labels.get(each, each),
        placeholder=placeholder,
        key=key,
        persist_state="session" if kept else None,
    )
    say_fault(key)
    return chosen or ""


def ask_day(label: str, value: str, key: str, *, kept: bool = False) -> str:
    """Draw a field with a calendar for a day and return it as an ISO text; empty for none.

    ``kept``: it outlives a visit of another page.
    """
    shown = date.fromisoformat(value) if is_day(value) else None
    chosen = day_field.draw(label, key, shown, persist_state="session" if kept else None)
    say_fault(key)
    return chosen.isoformat() if chosen else ""


def ask_text(label: str, value: str, key: str, most: int) -> str:
    """Draw a one-line field of at most ``most`` characters and return what was written."""
    written = st.text_input(label, value=value, key=key, max_chars=most)
    say_fault(key)
    return (written or "").strip()


def ask_note(label: str, value: str, key: str) -> str:
    """Draw a field for a longer text and return what was written."""
    written = st.text_area(label, value=value, key=key, max_chars=2_000, height=90)
    say_fault(key)
    return (written or "").strip()


def say_fault(key: str) -> None:
    """Say under the field ``key`` what was wrong with it when its form's button was pressed."""
    for message in _faults().get(key, ()):
        st.error(message)


def say_how_many(number: int) -> None:
    """Say beside a form's button how many of its fields have something said under them."""
    st.error(
        counted(
            number,
            "{n} field needs you: what is missing or wrong stands under it.",
            "{n} fields need you: what is missing or wrong stands under each.",
        )
    )


def _say_faults(begin: str) -> None:
    """Say beside the button of a form what is wrong in it, or how much is said above."""
    faults = {key: said for key, said in _faults().items() if key.startswith(f"{begin}:")}
    at_fields = [key for key in faults if key in st.session_state]
    if at_fields:
        say_how_many(len(at_fields))
    for key in faults.keys() - set(at_fields):  # about the whole form, or a field not drawn
        for message in faults[key]:
            st.error(message)


def _by_key(begin: str, problems: list[Problem]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(f"{begin}:{problem.where}", []).append(problem.message)
    return found


def _faults() -> dict[str, list[str]]:
    return cast(dict[str, list[str]], st.session_state.get(FAULTS, {}))


# --- Kept between two runs ------------------------------------------------------------------


@dataclass(slots=True)
class _Form:
    generation: int = 0
    revision: int | None = None
    saved: bool = False


@dataclass(frozen=True, slots=True)
class _Draft:
    """One form as it is drawn in this run.

    Attributes:
        key: Begins the keys of the form's fields. It changes once the form is saved, so that the
            fields start again from what is stored; until then they keep what was typed. It also
            changes with the language.
        revision: The revision of the part that the person had on screen.
        changed: Whether the part was saved elsewhere since.
        saved: Whether the run before saved this form.
    """

    key: str
    revision: int
    changed: bool
    saved: bool


def _begin(opened: Opened, part: str, at: str) -> _Draft:
    """Return the form for ``part`` of the assessment."""
    form = _forms().setdefault((opened.id, part, at), _Form())
    stored = opened.revisions.get(part, 0)
    seen = stored if form.revision is None else form.revision
    saved, form.saved, form.revision = form.saved, False, stored
    place = f"{part}:{at}" if at else part
    key = session.in_language(f"{place}:{opened.id}:{form.generation}")
    return _Draft(key, seen, seen != stored, saved)


def _start_again(opened: Opened, part: str, at: str, *, saved: bool = False) -> None:
    """Let the form for ``part`` begin from what is stored, at its next run."""
    form = _forms().get((opened.id, part, at), _Form())
    _forms()[opened.id, part, at] = _Form(form.generation + 1, None, saved)


def _forms() -> dict[tuple[str, str, str], _Form]:
    return cast(dict[tuple[str, str, str], _Form], st.session_state.setdefault(FORMS, {}))


def advice(opened: Opened, name: str, work_out: Callable[[], T]) -> T:
    """Return what ``work_out`` gives, worked out once for each revision of the assessment."""
    version = (opened.id, opened.revision)
    kept: tuple[object, dict[str, Any]] | None = st.session_state.get(ADVICE)
    if kept is None or kept[0] != version:
        kept = (version, {})
        st.session_state[ADVICE] = kept
    if name not in kept[1]:
        kept[1][name] = work_out()
    return cast(T, kept[1][name])
