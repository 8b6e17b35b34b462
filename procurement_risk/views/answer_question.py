"""One question on the Answer page: options, evidence, note, and why it is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import streamlit as st

from procurement_risk.framework import GRADES, Framework, Question
from procurement_risk.validation import LONGEST_NOTE
from procurement_risk.views import autosave, session
from procurement_risk.views.autosave import NOT_APPLICABLE, STATE, Conflict
from procurement_risk.wording import answered_by, plain, use_label

UNKNOWN, WITHHELD = STATE + "unknown", STATE + "withheld"
STATE_LABELS = {
    UNKNOWN: "We don't know yet",
    WITHHELD: "Supplier will not say",
    NOT_APPLICABLE: "Not applicable, because…",
}
SHORT_GRADES = {
    "E0": "E0 unsupported",
    "E1": "E1 their statement",
    "E2": "E2 document",
    "E3": "E3 independent",
    "E4": "E4 checked by us",
}

LONGEST_LINK, LONGEST_NUMBER = 2_000, 23
EXAMPLES = {"number": "12.5", "date": "2027-03-31"}


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands on screen for one question, escaped once: escaping is what costs.

    Attributes:
        ask: The question, as Markdown.
        name: The same as plain text, for a screen reader: it is not shown.
        options: Each option's label.
        states: The label of each way to leave it without a value.
        about: Who answers it and what for.
        guidance: Why it is asked, what good looks like, and its sources.
    """

    ask: str
    name: str
    options: dict[str, str]
    states: dict[str, str]
    about: str
    guidance: str


_words: WeakKeyDictionary[Framework, dict[str, _Words]] = WeakKeyDictionary()


def draw(opened: session.Opened, question: Question) -> None:
    """Draw one question with everything that belongs to it."""
    with st.container(border=True, key=f"question-{question.id}"):
        words = _words_of(opened.framework, question)
        shown = autosave.on_screen(opened, question)
        if shown is not None and shown.conflict is not None:
            _draw_conflict(opened, question, shown.conflict)
        if question.type == "single":
            value = _draw_options(opened, question, words)
            declared = value if value is not None and value.startswith(STATE) else None
        else:
            value, declared = _draw_value_or_state(opened, question, words)
        if words.about:
            st.caption(words.about)
        if declared == NOT_APPLICABLE:
            _text(opened, question, "reason", f"Why {question.id} does not apply", LONGEST_NOTE)
        if not question.is_fact:
            _draw_evidence(opened, question, words, bool(value) and declared is None)
        _draw_saved(opened, question)


def _draw_options(opened: session.Opened, question: Question, words: _Words) -> str | None:
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
    opened: session.Opened, question: Question, words: _Words
) -> tuple[str | None, str | None]:
    """Draw a question that asks for several options or for text; its states stand below."""
    above = st.container()
    key, declared = autosave.widget(opened, question, "state")
    labels = _with_stored(words.states, [] if declared is None else [declared])
    declared = st.segmented_control(
        f"Or, for {question.id}",
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
        if question.type == "multiple":
            return _draw_several(opened, question, words), None
        example = EXAMPLES.get(question.type, "")
        limit = LONGEST_NUMBER if example else LONGEST_NOTE
        return _text(opened, question, "value", words.name, limit, example), None


def _draw_several(opened: session.Opened, question: Question, words: _Words) -> str | None:
    key, value = autosave.widget(opened, question, "value")
    labels = _with_stored(words.options, value)
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


def _with_stored(labels: dict[str, str], stored: Iterable[str]) -> dict[str, str]:
    """Return ``labels`` with whatever else is stored: a widget would drop what it lacks."""
    extra = {value: f"{plain(value)} (not on offer)" for value in stored if value not in labels}
    return {**labels, **extra} if extra else labels


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
    opened: session.Opened, question: Question, words: _Words, answered: bool
) -> None:
    if answered:
        key, grade = autosave.widget(opened, question, "evidence")
        st.segmented_control(
            f"Evidence held for {question.id}",
            GRADES,
            format_func=SHORT_GRADES.__getitem__,
            required=True,
            default=grade,
            key=key,
            on_change=autosave.sweep,
        )
    _draw_more(opened, question)
    about = st.expander(
        "Why we ask, what good looks like, sources",
        key=f"why-{opened.id}-{question.id}",
        on_change="rerun",  # one without a state closes when something appears above it
    )
    if about.open:
        about.markdown(words.guidance)


def _draw_more(opened: session.Opened, question: Question) -> None:
    # With another title it would be another expander to Streamlit, and close.
    title = "Evidence link, date and note"
    more = st.expander(title, key=f"more-{opened.id}-{question.id}", on_change="rerun")
    if not more.open:
        answer = opened.assessment.answer_set.answers.get(question.id)
        kept = ("link", "valid_until", "note") if answer else ()
        named = [name.replace("_", " ") for name in kept if getattr(answer, name)]
        if named:
            st.caption(f"Kept with it: {', '.join(named)}")
        return
    with more:
        link = f"Link to the evidence for {question.id}"
        _text(opened, question, "link", link, LONGEST_LINK, "Where the document is kept")
        until = f"Evidence for {question.id} valid until"
        hint = "2027-03-31; leave empty where it does not run out"
        _text(opened, question, "valid_until", until, 10, hint)
        note = f"Note on {question.id}. Do not enter personal data"
        _text(opened, question, "note", note, LONGEST_NOTE)
        st.button(
            "Clear this answer",
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
        before = "Last saved" if shown.unsaved else "Saved"
        st.caption(f"{before} at {shown.saved_at[11:19]} UTC")
    elif shown.document is not None:
        by = plain(str(shown.document.get("by", ""))) or "somebody"
        day = str(shown.document.get("at", ""))[:10]
        st.caption(f"Saved{' on ' + day if day else ''} by {by}")


def _draw_conflict(opened: session.Opened, question: Question, waiting: Conflict) -> None:
    st.warning(
        f"**{plain(waiting.by) or 'A colleague'}** changed {question.id} while you were working "
        "on it. Your value is below, but it was not saved over theirs. “Use mine” saves it; "
        "theirs then stays in the history. “Keep theirs” drops yours."
    )
    for whose, document in (("Theirs (stands now)", waiting.theirs), ("Yours", waiting.mine)):
        st.markdown(f"{whose}: {describe(question, document)}")
    theirs, mine = st.columns(2)
    theirs.button(
        "Keep theirs",
        key=f"theirs-{question.id}",
        on_click=autosave.keep_theirs,
        args=(opened.id, question.id),
    )
    mine.button(
        "Use mine",
        key=f"mine-{question.id}",
        on_click=autosave.use_mine,
        args=(opened.id, question.id),
    )


def describe(question: Question, document: autosave.Document | None) -> str:
    """Return a stored answer in words, escaped for Markdown."""
    if not document:
        return "not answered"
    chosen = document.get("options") or [document.get("option", "")]
    known = [option.label for each in chosen if (option := question.option(str(each)))]
    state = STATE_LABELS.get(STATE + str(document.get("state", "")), "not answered")
    words = ["; ".join(known) or str(document.get("text", "")) or state]
    words += [SHORT_GRADES[document["evidence"]]] if document.get("evidence") in GRADES else []
    words += [
        f"{name.replace('_', ' ')}: {document[name]}"
        for name in ("reason", "link", "valid_until", "note")
        if document.get(name)
    ]
    return plain(" · ".join(words))


def _words_of(framework: Framework, question: Question) -> _Words:
    known = _words.setdefault(framework, {})
    if question.id not in known:
        known[question.id] = _Words(
            ask=f"**{'' if question.is_fact else question.id + ' · '}{plain(question.ask)}**",
            name=question.ask if question.is_fact else f"{question.id} · {question.ask}",
            options={option.id: plain(option.label) for option in question.options},
            states=_states(framework, question),
            about=plain(question.why) if question.is_fact else _who_and_what_for(question),
            guidance="" if question.is_fact else _guidance(framework, question),
        )
    return known[question.id]


def _states(framework: Framework, question: Question) -> dict[str, str]:
    states = [UNKNOWN] if question.is_fact else [UNKNOWN, WITHHELD]
    if framework.may_be_inapplicable(question):
        states.append(NOT_APPLICABLE)
    return {state: STATE_LABELS[state] for state in states}


def _who_and_what_for(question: Question) -> str:
    parts = [f"For: {answered_by(question.answered_by)}", use_label(question.procurement_use)]
    flag = question.red_flag
    if flag is not None:
        last = " or ".join(f"“{plain(o.label)}”" for o in question.options if o.id in flag.options)
        kind = "Stop" if flag.stop else "Flag"
        if flag.stop_from_tier:
            kind = f"Stop from tier {flag.stop_from_tier} up, flag below,"
        parts.append(f"{kind} at {last}")
    return " · ".join(parts)


def _guidance(framework: Framework, question: Question) -> str:
    """Return why ``question`` is asked, what good looks like, and its sources, as Markdown."""
    parts = [
        f"**Why we ask.** {plain(question.why)}",
        f"**What good looks like.** {plain(question.good)}",
        f"**Evidence to ask for.** {plain(question.evidence)}",
    ]
    clauses = [clause for name in question.clauses if (clause := framework.clause(name))]
    if clauses:
        headings = "; ".join(plain(clause.heading) for clause in clauses)
        parts.append(f"**Contract clause.** {headings}. Ask your legal adviser for the wording.")
    lines = []
    for text in question.sources:
        source = framework.source_of(text)
        about = f": {plain(source.title)}, {plain(source.status)}" if source else ""
        unchecked = " (not checked by us)" if source and source.checked == "background" else ""
        lines.append(f"- {plain(text)}{about}{unchecked}")
    parts.append("**Sources.**\n\n" + "\n".join(lines))
    return "\n\n".join(part for part in parts if part)
