"""Two people, one question: what a card says where somebody else was at it, and the way out."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework import GRADES, Question
from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.views.answer import autosave
from procurement_risk.views.answer.autosave import Conflict
from procurement_risk.views.answer.evidence import short_grade
from procurement_risk.views.answer.fields import STATE, Document
from procurement_risk.views.answer.words import STATE_LABELS, words_of
from procurement_risk.views.shared import session

FIELD_NAMES = {
    "reason": N_("reason"),
    "link": N_("link"),
    "valid_until": N_("valid until"),
    "note": N_("note"),
}


def draw(opened: session.Opened, question: Question) -> None:
    """Ask which of two values stands, or offer the newer one; nothing where there is neither."""
    shown = autosave.on_screen(opened, question)
    if shown is not None and shown.conflict is not None:
        _draw_choice(opened, question, shown.conflict, alone=shown.alone)
    elif autosave.changed_elsewhere(opened, question):
        words = _("{question} was changed by a colleague while you had it open.")
        called = words_of(opened.framework, question).called
        st.info(words.format(question=called))
        st.button(
            _("Show their version of {question}").format(question=called),
            key=f"latest-{question.id}",
            on_click=autosave.show_latest,
            args=(opened.id, question.id),
        )


def _draw_choice(
    opened: session.Opened, question: Question, waiting: Conflict, *, alone: bool
) -> None:
    words = _(
        "**{name}** changed {question} while you were working on it. Your value stands above, "
        "but it was not saved over theirs. “Use mine” saves it; theirs then stays in the "
        "history. “Keep theirs” drops yours."
    )
    if alone:  # by the same person elsewhere, or by striking something out: no history has it
        words = _(
            "{question} was changed elsewhere while you were working on it. Your value stands "
            "above, but it was not saved over that. “Use mine” saves it, “Keep theirs” drops it."
        )
    st.warning(
        words.format(
            name=plain(waiting.by) or _("A colleague"),
            question=words_of(opened.framework, question).called,
        )
    )
    theirs_are = describe(question, waiting.theirs)
    st.markdown(_("Theirs (stands now): {answer}").format(answer=theirs_are))
    st.markdown(_("Yours: {answer}").format(answer=describe(question, waiting.mine)))
    theirs, mine = st.columns(2)
    theirs.button(
        _("Keep theirs"),
        key=f"theirs-{question.id}",
        on_click=autosave.keep_theirs,
        args=(opened.id, question.id),
    )
    mine.button(
        _("Use mine"),
        key=f"mine-{question.id}",
        on_click=autosave.use_mine,
        args=(opened.id, question.id),
    )


def describe(question: Question, document: Document | None) -> str:
    """Return a stored answer in words, escaped for Markdown."""
    if not document:
        return _("not answered")
    chosen = document.get("options") or [document.get("option", "")]
    known = [option.label for each in chosen if (option := question.option(str(each)))]
    state = STATE_LABELS.get(STATE + str(document.get("state", "")), N_("not answered"))
    words = ["; ".join(known) or str(document.get("text", "")) or _(state)]
    words += [short_grade(document["evidence"])] if document.get("evidence") in GRADES else []
    words += [
        f"{_(label)}: {document[name]}"
        for name, label in FIELD_NAMES.items()
        if document.get(name)
    ]
    return plain(" · ".join(words))
