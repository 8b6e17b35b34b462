"""What supports an answer: the grade and its date as one line, note and link when asked for."""

from __future__ import annotations

from functools import partial

import streamlit as st

from procurement_risk.assessment.answers_schema import LONGEST_NOTE
from procurement_risk.framework import GRADES, Question
from procurement_risk.language import N_, _, current
from procurement_risk.views.answer import autosave
from procurement_risk.views.answer.text_field import draw_day, draw_text
from procurement_risk.views.shared import as_before, session

SHORT_GRADES = {
    "E0": N_("E0 unsupported"),
    "E1": N_("E1 their statement"),
    "E2": N_("E2 document"),
    "E3": N_("E3 independent"),
    "E4": N_("E4 checked by us"),
}
KEPT = {
    (): N_("Note and link"),
    ("note",): N_("Note kept"),
    ("link",): N_("Link kept"),
    ("files",): N_("Files kept"),
    ("note", "link"): N_("Note and link kept"),
    ("note", "files"): N_("Note and files kept"),
    ("link", "files"): N_("Link and files kept"),
    ("note", "link", "files"): N_("Note, link and files kept"),
}
"""What the control is called, by what is kept behind it."""

LONGEST_LINK = 2_000


def draw_line(opened: session.Opened, question: Question) -> None:
    """Draw the grade; and, where there is evidence, until when it holds."""
    answer = opened.assessment.answer_set.answers.get(question.id)
    key, grade = autosave.widget(opened, question, "evidence")
    holds = grade != GRADES[0] or (answer is not None and bool(answer.valid_until))
    until = autosave.widget(opened, question, "valid_until") if holds else None
    locked = autosave.is_locked(opened, question)
    as_before.draw_named(
        "evidence",
        partial(st.container, horizontal=True, vertical_alignment="top", gap="xsmall"),
        partial(_draw_grade, opened, question, key, grade, holds=holds, locked=locked),
        (question.id, current(), key, grade, until, locked),
    )


def _draw_grade(
    opened: session.Opened, question: Question, key: str, grade: str, *, holds: bool, locked: bool
) -> None:
    st.segmented_control(
        _("Evidence held for {question}").format(question=question.id),
        GRADES,
        format_func=session.worded(GRADES, short_grade),
        required=True,
        default=grade,
        key=key,
        on_change=autosave.sweep,
        disabled=locked,
        wrap=True,  # on a phone every grade is seen
    )
    if holds:
        label = _("{question} valid until").format(question=question.id)
        draw_day(opened, question, "valid_until", label, width=170)


def short_grade(grade: str) -> str:
    """Return a grade in a word or two."""
    return _(SHORT_GRADES[grade])


def is_open(opened: session.Opened, question: Question) -> bool:
    """Return whether note and link are shown."""
    return autosave.notes_are_open((opened.id, question.id))


def kept(opened: session.Opened, question: Question) -> tuple[str, ...]:
    """Return what is kept beside the answer: a note, a link, files."""
    answer = opened.assessment.answer_set.answers.get(question.id)
    return tuple(name for name in ("note", "link", "files") if answer and getattr(answer, name))


def draw_control(opened: session.Opened, question: Question) -> None:
    """Draw what shows and hides note and link; it says what is kept there."""
    hides = is_open(opened, question)
    label = _("Hide note and link") if hides else _(KEPT[kept(opened, question)])
    st.button(
        label,
        key=f"more-{opened.id}-{question.id}",
        type="tertiary",
        icon=":material/edit_note:",
        on_click=_turn,
        args=(opened.id, question.id),
    )


def _turn(assessment_id: str, question_id: str) -> None:
    autosave.sweep()
    autosave.turn_notes((assessment_id, question_id))


def draw_note(opened: session.Opened, question: Question) -> None:
    """Draw the fields for the link and the note."""
    link = _("Link to the evidence for {question}").format(question=question.id)
    draw_text(opened, question, "link", link, LONGEST_LINK, _("Where the document is kept"))
    note = _("Note on {question}. Do not enter personal data").format(question=question.id)
    draw_text(opened, question, "note", note, LONGEST_NOTE)
