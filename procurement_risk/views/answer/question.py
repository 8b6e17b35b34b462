"""One question on the Questions page, as a card: its text, its options, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

import streamlit as st

from procurement_risk.assessment.answers_schema import LONGEST_NOTE
from procurement_risk.framework import Question, QuestionType
from procurement_risk.language import _, current
from procurement_risk.language.numbers import shown
from procurement_risk.language.text import one_line, plain
from procurement_risk.methods import METHODS
from procurement_risk.views.answer import (
    as_it_is,
    autosave,
    carried,
    conflict,
    differing,
    evidence,
    foot,
)
from procurement_risk.views.answer.fields import EXAMPLE_NUMBER, KINDS, NOT_APPLICABLE, STATE
from procurement_risk.views.answer.text_field import draw_day, draw_text
from procurement_risk.views.answer.words import STATE_LABELS, Words, option_labels, words_of
from procurement_risk.views.shared import as_before, session

LONGEST_NUMBER = 23


def draw(opened: session.Opened, question: Question) -> None:
    """Draw one question with everything that belongs to it.

    What comes and goes with an answer stands below it, so that nothing moves under the pointer.
    """
    shown = autosave.on_screen(opened, question)
    drawn = as_before.draw(
        partial(st.container, border=True, key=f"question-{question.id}"),
        partial(_draw_inside, opened, question),
        partial(as_it_is.says, opened, question),
        None if shown is None else shown.drawn,
    )
    if (shown := autosave.on_screen(opened, question)) is not None:
        shown.drawn = drawn


def _draw_inside(opened: session.Opened, question: Question) -> None:
    words = words_of(opened.framework, question)
    if KINDS[question.type].holds_states:
        value = FIELDS[question.type](opened, question, words)
        declared = value if value is not None and value.startswith(STATE) else None
    else:
        value, declared = _draw_value_or_state(opened, question, words)
    if declared == NOT_APPLICABLE:
        label = _("Why {question} does not apply").format(question=words.called)
        draw_text(opened, question, "reason", label, LONGEST_NOTE)
    if not autosave.is_alone(opened, question):
        carried.draw(opened, question)
        foot.draw_standing(opened, question)
    graded = METHODS[opened.framework.method].graded and not question.is_fact
    if graded and bool(value) and declared is None:
        evidence.draw_line(opened, question)
    differing.draw(opened, question)
    foot.draw(opened, question, words)
    conflict.draw(opened, question)


def _draw_options(opened: session.Opened, question: Question, words: Words) -> str | None:
    said = *autosave.widget(opened, question, "value"), autosave.is_locked(opened, question)
    return as_before.draw_here(
        "options",
        partial(_draw_choice, question, words, *said),
        (question, words, current(), said),
    )


def _draw_choice(
    question: Question, words: Words, key: str, value: str | None, locked: bool
) -> str | None:
    labels = _with_stored({**words.options, **words.states}, [] if value is None else [value])
    st.markdown(words.ask)
    chosen: str | None
    if question.is_fact:
        chosen = st.segmented_control(
            words.name,
            list(labels),
            format_func=labels.__getitem__,
            label_visibility="collapsed",
            required=True,  # a second click takes nothing back
            default=value,
            key=key,
            on_change=autosave.sweep,
            disabled=locked,
        )
        return chosen
    chosen = st.radio(
        words.name,
        list(labels),
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        index=None if value is None else list(labels).index(value),
        key=key,
        on_change=autosave.sweep,
        disabled=locked,
    )
    return chosen


def _draw_value_or_state(
    opened: session.Opened, question: Question, words: Words
) -> tuple[str | None, str | None]:
    """Draw a question that asks for several options or for text; its states stand below."""
    above = st.container()
    key, declared = autosave.widget(opened, question, "state")
    labels = _with_stored(words.states, [] if declared is None else [declared])
    declared = st.segmented_control(
        _("Or, for {question}").format(question=words.called),
        list(labels),
        format_func=labels.__getitem__,
        required=True,
        default=declared,
        key=key,
        on_change=autosave.sweep,
        disabled=autosave.is_locked(opened, question),
    )
    with above:
        st.markdown(words.ask)
        if declared is not None:
            return None, declared
        return FIELDS[question.type](opened, question, words), None


def _draw_several(opened: session.Opened, question: Question, words: Words) -> str | None:
    key, value = autosave.widget(opened, question, "value")
    offered = {name: one_line(label) for name, label in option_labels(question).items()}
    labels = _with_stored(offered, value, one_line)
    chosen = st.multiselect(
        words.name,
        list(labels),
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        default=value,
        key=key,
        on_change=autosave.sweep,
        disabled=autosave.is_locked(opened, question),
    )
    return chosen[0] if chosen else None


def _draw_text(opened: session.Opened, question: Question, words: Words) -> str | None:
    return draw_text(opened, question, "value", words.name, LONGEST_NOTE)


def _draw_number(opened: session.Opened, question: Question, words: Words) -> str | None:
    return draw_text(opened, question, "value", words.name, LONGEST_NUMBER, shown(EXAMPLE_NUMBER))


def _draw_date(opened: session.Opened, question: Question, words: Words) -> str | None:
    day = draw_day(opened, question, "value", words.name, width=200)
    return day.isoformat() if day else None


FIELDS: Mapping[QuestionType, Callable[[session.Opened, Question, Words], str | None]] = {
    "single": _draw_options,
    "multiple": _draw_several,
    "text": _draw_text,
    "number": _draw_number,
    "date": _draw_date,
}
"""What is drawn for the value of each type of question."""


def _with_stored(
    labels: dict[str, str], stored: Iterable[str], shown: Callable[[str], str] = plain
) -> dict[str, str]:
    """Return ``labels`` with whatever else is stored: a widget would drop what it lacks."""
    missing = {value: STATE_LABELS.get(value) for value in stored if value not in labels}
    words = _("{option} (not on offer)")
    return labels | {
        value: _(state) if state else words.format(option=shown(value))
        for value, state in missing.items()
    }
