"""One question on the Answer page: options, evidence, note, and why it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import streamlit as st

from procurement_risk.assessment.answers_schema import LONGEST_NOTE
from procurement_risk.framework import GRADES, Question, QuestionType
from procurement_risk.language import N_, _
from procurement_risk.language.text import one_line, plain
from procurement_risk.methods import METHODS
from procurement_risk.views.answer import autosave
from procurement_risk.views.answer.autosave import Conflict
from procurement_risk.views.answer.fields import (
    EXAMPLE_DATE,
    EXAMPLE_NUMBER,
    KINDS,
    NOT_APPLICABLE,
    STATE,
    Document,
)
from procurement_risk.views.answer.words import STATE_LABELS, Words, option_labels, words_of
from procurement_risk.views.shared import session

SHORT_GRADES = {
    "E0": N_("E0 unsupported"),
    "E1": N_("E1 their statement"),
    "E2": N_("E2 document"),
    "E3": N_("E3 independent"),
    "E4": N_("E4 checked by us"),
}
FIELD_NAMES = {
    "reason": N_("reason"),
    "link": N_("link"),
    "valid_until": N_("valid until"),
    "note": N_("note"),
}

LONGEST_LINK, LONGEST_NUMBER = 2_000, 23


def draw(opened: session.Opened, question: Question) -> None:
    """Draw one question with everything that belongs to it."""
    with st.container(border=True, key=f"question-{question.id}"):
        words = words_of(opened.framework, question)
        shown = autosave.on_screen(opened, question)
        if shown is not None and shown.conflict is not None:
            _draw_conflict(opened, question, shown.conflict)
        if KINDS[question.type].holds_states:
            value = FIELDS[question.type](opened, question, words)
            declared = value if value is not None and value.startswith(STATE) else None
        else:
            value, declared = _draw_value_or_state(opened, question, words)
        if words.about:
            st.caption(words.about)
        if declared == NOT_APPLICABLE:
            label = _("Why {question} does not apply").format(question=question.id)
            _text(opened, question, "reason", label, LONGEST_NOTE)
        if not question.is_fact:
            graded = METHODS[opened.framework.method].graded
            answered = bool(value) and declared is None
            _draw_evidence(opened, question, words, answered and graded)
        _draw_saved(opened, question)


def _draw_options(opened: session.Opened, question: Question, words: Words) -> str | None:
    key, value = autosave.widget(opened, question, "value")
    labels = _with_stored({**words.options, **words.states}, [] if value is None else [value])
    st.markdown(words.ask)
    if question.is_fact:
        return st.segmented_control(
            words.name,
            list(labels),
            format_func=labels.__getitem__,
            label_visibility="collapsed",
            default=value,
            key=key,
            on_change=autosave.sweep,
        )
    return st.radio(
        words.name,
        list(labels),
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        index=None if value is None else list(labels).index(value),
        key=key,
        on_change=autosave.sweep,
    )


def _draw_value_or_state(
    opened: session.Opened, question: Question, words: Words
) -> tuple[str | None, str | None]:
    """Draw a question that asks for several options or for text; its states stand below."""
    above = st.container()
    key, declared = autosave.widget(opened, question, "state")
    labels = _with_stored(words.states, [] if declared is None else [declared])
    declared = st.segmented_control(
        _("Or, for {question}").format(question=question.id),
        list(labels),
        format_func=labels.__getitem__,
        default=declared,
        key=key,
        on_change=autosave.sweep,
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
    )
    return chosen[0] if chosen else None


def _draw_text(opened: session.Opened, question: Question, words: Words) -> str | None:
    return _text(opened, question, "value", words.name, LONGEST_NOTE)


def _draw_number(opened: session.Opened, question: Question, words: Words) -> str | None:
    return _text(opened, question, "value", words.name, LONGEST_NUMBER, EXAMPLE_NUMBER)


def _draw_date(opened: session.Opened, question: Question, words: Words) -> str | None:
    return _text(opened, question, "value", words.name, LONGEST_NUMBER, EXAMPLE_DATE)


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
    missing = [value for value in stored if value not in labels]
    words = _("{option} (not on offer)")
    return labels | {value: words.format(option=shown(value)) for value in missing}


def _text(
    opened: session.Opened,
    question: Question,
    name: str,
    label: str,
    limit: int,
    example: str = "",
) -> str | None:
    key, value = autosave.widget(opened, question, name)
    draw_text = st.text_area if limit == LONGEST_NOTE else st.text_input
    text: str | None = draw_text(
        label,
        value,
        max_chars=limit if len(value) <= limit else None,  # a stored text is never cut to fit
        placeholder=example or None,
        label_visibility="collapsed" if name == "value" else "visible",
        key=key,
        on_change=autosave.sweep,
    )
    return text


def _draw_evidence(
    opened: session.Opened, question: Question, words: Words, answered: bool
) -> None:
    if answered:
        key, grade = autosave.widget(opened, question, "evidence")
        st.segmented_control(
            _("Evidence held for {question}").format(question=question.id),
            GRADES,
            format_func=session.worded(GRADES, _short_grade),
            required=True,
            default=grade,
            key=key,
            on_change=autosave.sweep,
        )
    _draw_more(opened, question)
    if not words.guidance:
        return
    about = st.expander(
        _("Why we ask, what good looks like, sources"),
        key=f"why-{opened.id}-{question.id}",
        on_change="rerun",  # one without a state closes when something appears above it
    )
    if about.open:
        about.markdown(words.guidance)


def _short_grade(grade: str) -> str:
    return _(SHORT_GRADES[grade])


def _draw_more(opened: session.Opened, question: Question) -> None:
    # With another title it would be another expander to Streamlit, and close.
    title = _("Evidence link, date and note")
    more = st.expander(title, key=f"more-{opened.id}-{question.id}", on_change="rerun")
    if not more.open:
        answer = opened.assessment.answer_set.answers.get(question.id)
        kept = ("link", "valid_until", "note") if answer else ()
        named = [_(FIELD_NAMES[name]) for name in kept if getattr(answer, name)]
        if named:
            st.caption(_("Kept with it: {fields}").format(fields=", ".join(named)))
        return
    with more:
        link = _("Link to the evidence for {question}").format(question=question.id)
        _text(opened, question, "link", link, LONGEST_LINK, _("Where the document is kept"))
        until = _("Evidence for {question} valid until").format(question=question.id)
        hint = _("{date}; leave empty where it does not run out").format(date=EXAMPLE_DATE)
        _text(opened, question, "valid_until", until, 10, hint)
        note = _("Note on {question}. Do not enter personal data").format(question=question.id)
        _text(opened, question, "note", note, LONGEST_NOTE)
        st.button(
            _("Clear this answer"),
            key=f"clear-{opened.id}-{question.id}",
            on_click=autosave.clear,
            args=(opened.id, question.id),
        )


def _draw_saved(opened: session.Opened, question: Question) -> None:
    shown = autosave.on_screen(opened, question)
    if shown is None:
        return
    if shown.problem:
        st.error(plain(shown.problem))
    if shown.saved_at:
        words = _("Last saved at {time} UTC") if shown.unsaved else _("Saved at {time} UTC")
        st.caption(words.format(time=shown.saved_at[11:19]))
    elif shown.document is not None:
        by = plain(str(shown.document.get("by", ""))) or _("somebody")
        day = str(shown.document.get("at", ""))[:10]
        words = _("Saved on {date} by {name}") if day else _("Saved by {name}")
        st.caption(words.format(date=day, name=by))


def _draw_conflict(opened: session.Opened, question: Question, waiting: Conflict) -> None:
    st.warning(
        _(
            "**{name}** changed {question} while you were working on it. Your value is below, "
            "but it was not saved over theirs. “Use mine” saves it; theirs then stays in the "
            "history. “Keep theirs” drops yours."
        ).format(name=plain(waiting.by) or _("A colleague"), question=question.id)
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
    words += [_short_grade(document["evidence"])] if document.get("evidence") in GRADES else []
    words += [
        f"{_(label)}: {document[name]}"
        for name, label in FIELD_NAMES.items()
        if document.get(name)
    ]
    return plain(" · ".join(words))
