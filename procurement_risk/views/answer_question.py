"""One question on the Answer page: options, evidence, note, and why it is asked."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import streamlit as st

from procurement_risk.framework import GRADES, Framework, Question
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

_guidance: WeakKeyDictionary[Framework, dict[str, str]] = WeakKeyDictionary()


def draw(opened: session.Opened, question: Question) -> None:
    """Draw one question with everything that belongs to it."""
    with st.container(border=True, key=f"question-{question.id}"):
        waiting = autosave.conflict(opened, question)
        if waiting is not None:
            _draw_conflict(opened, question, waiting)
        if question.is_fact:
            _draw_fact(opened, question)
        else:
            _draw_answer(opened, question)
        _draw_saved(opened, question)


def _draw_fact(opened: session.Opened, question: Question) -> None:
    labels = {option.id: option.label for option in question.options}
    labels[UNKNOWN] = STATE_LABELS[UNKNOWN]
    st.segmented_control(
        f"**{plain(question.ask)}**",
        list(labels),
        format_func=labels.__getitem__,
        key=autosave.field_key(opened, question, "value"),
        on_change=autosave.sweep,
    )
    if question.why:
        st.caption(plain(question.why))


def _draw_answer(opened: session.Opened, question: Question) -> None:
    labels = _choices(opened.framework, question)
    value = st.radio(
        f"**{question.id} · {plain(question.ask)}**",
        list(labels),
        format_func=lambda choice: plain(labels[choice]),
        index=None,
        key=autosave.field_key(opened, question, "value"),
        on_change=autosave.sweep,
    )
    st.caption(_who_and_what_for(question))
    if value == NOT_APPLICABLE:
        st.text_input(
            f"Why {question.id} does not apply",
            key=autosave.field_key(opened, question, "reason"),
            max_chars=1_000,
            on_change=autosave.sweep,
        )
    elif value is not None and not value.startswith(STATE):
        st.segmented_control(
            f"Evidence held for {question.id}",
            GRADES,
            format_func=SHORT_GRADES.__getitem__,
            required=True,
            key=autosave.field_key(opened, question, "evidence"),
            on_change=autosave.sweep,
        )
    _draw_more(opened, question)
    with st.expander("Why we ask, what good looks like, sources"):
        st.markdown(guidance(opened.framework, question))


def _choices(framework: Framework, question: Question) -> dict[str, str]:
    labels = {option.id: option.label for option in question.options}
    labels[UNKNOWN] = STATE_LABELS[UNKNOWN]
    labels[WITHHELD] = STATE_LABELS[WITHHELD]
    if framework.may_be_inapplicable(question):
        labels[NOT_APPLICABLE] = STATE_LABELS[NOT_APPLICABLE]
    return labels


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


def _draw_more(opened: session.Opened, question: Question) -> None:
    answer = opened.assessment.answer_set.answers.get(question.id)
    kept = sum(bool(text) for text in (answer.link, answer.valid_until, answer.note)) if answer else 0
    title = "Evidence link, date and note" + (f" · {kept} kept" if kept else "")
    more = st.expander(title, key=f"more-{opened.id}-{question.id}", on_change="rerun")
    if not more.open:
        return
    with more:
        st.text_input(
            f"Link to the evidence for {question.id}",
            key=autosave.field_key(opened, question, "link"),
            max_chars=2_000,
            placeholder="Where the document is kept",
            on_change=autosave.sweep,
        )
        st.text_input(
            f"Evidence for {question.id} valid until",
            key=autosave.field_key(opened, question, "valid_until"),
            max_chars=10,
            placeholder="2027-03-31; leave empty where it does not run out",
            on_change=autosave.sweep,
        )
        st.text_area(
            f"Note on {question.id}. Do not enter personal data",
            key=autosave.field_key(opened, question, "note"),
            max_chars=5_000,
            on_change=autosave.sweep,
        )
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
        st.caption(f"Saved at {shown.saved_at[11:19]} UTC")
    elif shown.document is not None:
        by = plain(str(shown.document.get("by", ""))) or "somebody"
        day = str(shown.document.get("at", ""))[:10]
        st.caption(f"Saved{' on ' + day if day else ''} by {by}")


def _draw_conflict(opened: session.Opened, question: Question, waiting: Conflict) -> None:
    st.warning(
        f"**{plain(waiting.by) or 'A colleague'}** changed {question.id} while you were working "
        "on it. Your value was not saved over theirs. Choose which one stands; the other stays "
        "in the history."
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
    option = question.option(str(document.get("option", "")))
    state = STATE_LABELS.get(STATE + str(document.get("state", "")), "not answered")
    words = [option.label if option else str(document.get("text", "")) or state]
    words += [SHORT_GRADES[document["evidence"]]] if document.get("evidence") in GRADES else []
    words += [
        f"{name.replace('_', ' ')}: {document[name]}"
        for name in ("reason", "link", "valid_until", "note")
        if document.get(name)
    ]
    return plain(" · ".join(words))


def guidance(framework: Framework, question: Question) -> str:
    """Return why ``question`` is asked, what good looks like, and its sources, as Markdown."""
    texts = _guidance.setdefault(framework, {})
    if question.id not in texts:
        texts[question.id] = _guidance_text(framework, question)
    return texts[question.id]


def _guidance_text(framework: Framework, question: Question) -> str:
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
