"""Every change of an answer is saved at once, and nothing that was typed is lost.

Widgets are only views of the store. What was put on screen is remembered with its revision;
``sweep`` compares the widgets with it, at the start of every run of every page and again after
every change, and saves each real difference:

    browser ── widget values ──> sweep ── difference? ──> store.save(expected revision)
                                                └─ stale: mine is put aside, theirs is shown

Streamlit's own change callbacks are not enough: they are skipped when clicks come quickly, and
come without a change when a page is left. Two runs of one visit can overlap, hence the lock.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import streamlit as st

from procurement_risk.errors import ProcurementRiskError, StaleSave
from procurement_risk.framework import Framework, Question
from procurement_risk.records import answer_to_document
from procurement_risk.validation import check_answer
from procurement_risk.views import session

STATE = "state:"
NOT_APPLICABLE = STATE + "not_applicable"
VALUE = ("option", "options", "text", "state", "reason")

Document = dict[str, Any]


@dataclass(slots=True)
class OnScreen:
    """One answer as it was put on screen.

    Attributes:
        assessment_id: Whose answer.
        framework: For checking what is written.
        question: The question.
        document: The stored answer, or None where there was none.
        revision: The revision that was.
        values: What each field's widget was given.
        saved_at: When this visit saved it last, or empty.
        problem: Why the last value could not be saved, or empty.
    """

    assessment_id: str
    framework: Framework
    question: Question
    document: Document | None
    revision: int
    values: dict[str, Any]
    saved_at: str = ""
    problem: str = ""


@dataclass(slots=True)
class Conflict:
    """Two values for one answer: mine was refused, theirs stands at ``revision``."""

    mine: Document | None
    theirs: Document | None
    revision: int
    by: str


@dataclass(slots=True)
class Autosave:
    """Everything one visit remembers about answers, in one place whatever their number."""

    shown: dict[str, OnScreen] = field(default_factory=dict)
    loaded: set[str] = field(default_factory=set)
    drawn: set[str] = field(default_factory=set)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    where: tuple[str, ...] = ()
    lock: threading.RLock = field(default_factory=threading.RLock)


def _memory() -> Autosave:
    return cast(Autosave, st.session_state.setdefault("autosave", Autosave()))


def _base(assessment_id: str, question_id: str) -> str:
    return f"a:{assessment_id}:{question_id}"


def sweep() -> None:
    """Save whatever differs between the widgets and what was put on screen."""
    memory = _memory()
    with memory.lock:
        for base, shown in list(memory.shown.items()):
            changed = {
                name: st.session_state[f"{base}:{name}"]
                for name in shown.values
                if f"{base}:{name}" in st.session_state
                and st.session_state[f"{base}:{name}"] != shown.values[name]
            }
            if changed:
                _save(memory, base, shown, changed)


def _save(memory: Autosave, base: str, shown: OnScreen, changed: Mapping[str, Any]) -> None:
    shown.values.update(changed)
    document, shown.problem = compose(shown.question, shown.document, shown.values)
    if document is not None:
        problems = check_answer(shown.framework, shown.question, document)
        if problems:
            shown.problem = " ".join(problem.message for problem in problems)
            return
    if _same(document, shown.document):
        return
    if document is not None:
        document = {**document, "by": session.actor(), "at": session.now()}
    try:
        revision = session.store().save(
            shown.assessment_id,
            f"answer:{shown.question.id}",
            document,
            shown.revision,
            session.actor(),
        )
    except StaleSave as stale:
        theirs = cast("Document | None", stale.theirs)
        memory.conflicts[base] = Conflict(document, theirs, stale.revision, stale.by)
        _put_on_screen(base, shown, theirs, stale.revision)
    except ProcurementRiskError as error:
        shown.problem = str(error)
    else:
        shown.document, shown.revision = document, revision
        shown.saved_at = session.now()


def _same(one: Document | None, other: Document | None) -> bool:
    def bare(document: Document | None) -> Document:
        return {k: v for k, v in (document or {}).items() if k not in ("by", "at")}

    return bare(one) == bare(other)


def compose(
    question: Question, stored: Document | None, values: Mapping[str, Any]
) -> tuple[Document | None, str]:
    """Return the answer that the widgets' ``values`` make, and what cannot be saved yet.

    None where nothing is left of the answer. Where one field cannot be saved, the stored value
    of that field stays and the text says what is missing; the other fields are not held up.
    """
    stored = stored or {}
    problem = ""
    document: Document = {}
    for name in ("link", "valid_until", "note"):
        text = str(values.get(name, stored.get(name, ""))).strip()
        if name == "valid_until" and text and not _is_day(text):
            problem = f"The date is not saved: write it like 2027-03-31, not '{text}'."
            text = stored.get(name, "")
        if text:
            document[name] = text
    evidence = values.get("evidence", stored.get("evidence"))
    if evidence and evidence != "E0":
        document["evidence"] = evidence
    value = values.get("value")
    if value == NOT_APPLICABLE:
        reason = str(values.get("reason") or stored.get("reason", "")).strip()
        if not reason:
            missing = "Not saved yet: write the reason why this does not apply."
            return _with_value(document, {k: stored[k] for k in VALUE if k in stored}), missing
        return {**document, "state": "not_applicable", "reason": reason}, problem
    if isinstance(value, str) and value.startswith(STATE):
        return {**document, "state": value.removeprefix(STATE)}, problem
    return _with_value(document, _chosen(question, value) if value else {}), problem


def _with_value(document: Document, value: Document) -> Document | None:
    if value:
        return {**document, **value}
    return {**document, "state": "unanswered"} if document else None


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _chosen(question: Question, value: object) -> Document:
    if question.type == "single":
        return {"option": value}
    if question.type == "multiple" and isinstance(value, list | tuple):
        return {"options": list(value)}
    return {"text": value}


def values_of(question: Question, document: Document | None) -> dict[str, Any]:
    """Return what each field's widget shows for a stored answer."""
    document = document or {}
    state = document.get("state", "answered" if document else "unanswered")
    value: Any = None
    if state == "answered":
        value = document.get("option") or document.get("options") or document.get("text")
    elif state != "unanswered":
        value = STATE + state
    return {
        "value": value,
        "evidence": document.get("evidence", "E0"),
        "reason": document.get("reason", ""),
        "link": document.get("link", ""),
        "valid_until": document.get("valid_until", ""),
        "note": document.get("note", ""),
    }


def _put_on_screen(
    base: str, shown: OnScreen, document: Document | None, revision: int
) -> None:
    """Show what the store has. Allowed only before the widgets of this run are drawn."""
    shown.document, shown.revision, shown.problem = document, revision, ""
    for name, value in values_of(shown.question, document).items():
        if name in shown.values:
            shown.values[name] = value
            st.session_state[f"{base}:{name}"] = value


def visit(*where: str) -> None:
    """Begin a page: what it shows comes from the store again when one arrives from elsewhere.

    What the page just left had on screen is kept: a late change of it still has to be compared.
    """
    memory = _memory()
    memory.drawn.clear()
    if memory.where != where:
        memory.where = where
        bases = {key.rpartition(":")[0] for key in memory.loaded}
        memory.shown = {base: shown for base, shown in memory.shown.items() if base in bases}
        memory.loaded.clear()


def leave() -> None:
    """End a page: a field that was not drawn is read from the store again when it returns."""
    memory = _memory()
    memory.loaded.intersection_update(memory.drawn)


def field_key(opened: session.Opened, question: Question, name: str) -> str:
    """Return the key for one field's widget, given the stored value where it is newly drawn.

    Args:
        opened: The assessment on screen.
        question: The question.
        name: The field: value, evidence, reason, link, valid_until or note.
    """
    memory = _memory()
    base = _base(opened.id, question.id)
    key = f"{base}:{name}"
    memory.drawn.add(key)
    if key in memory.loaded:
        return key
    shown = memory.shown.get(base)
    if shown is None or not any(f"{base}:{n}" in memory.loaded for n in shown.values):
        answer = opened.assessment.answer_set.answers.get(question.id)
        document = None if answer is None else answer_to_document(answer)
        revision = opened.revisions.get(f"answer:{question.id}", 0)
        shown = OnScreen(opened.id, opened.framework, question, document, revision, {})
        memory.shown[base] = shown
    value = values_of(question, shown.document)[name]
    st.session_state[key] = value
    shown.values[name] = value
    memory.loaded.add(key)
    return key


def on_screen(opened: session.Opened, question: Question) -> OnScreen | None:
    """Return what is on screen for ``question``, or None before it is drawn."""
    return _memory().shown.get(_base(opened.id, question.id))


def conflict(opened: session.Opened, question: Question) -> Conflict | None:
    """Return the conflict waiting for this person's choice, if any."""
    return _memory().conflicts.get(_base(opened.id, question.id))


def keep_theirs(assessment_id: str, question_id: str) -> None:
    """Settle a conflict: what is stored stays."""
    _memory().conflicts.pop(_base(assessment_id, question_id), None)


def use_mine(assessment_id: str, question_id: str) -> None:
    """Settle a conflict: write my value over theirs, which stays in the history."""
    memory = _memory()
    base = _base(assessment_id, question_id)
    with memory.lock:
        waiting = memory.conflicts.pop(base, None)
        shown = memory.shown.get(base)
        if waiting is None or shown is None:
            return
        try:
            revision = session.store().save(
                assessment_id,
                f"answer:{question_id}",
                waiting.mine,
                waiting.revision,
                session.actor(),
                "chosen over a colleague's value after both were shown",
            )
        except StaleSave as stale:
            theirs = cast("Document | None", stale.theirs)
            memory.conflicts[base] = Conflict(waiting.mine, theirs, stale.revision, stale.by)
            _put_on_screen(base, shown, theirs, stale.revision)
        else:
            _put_on_screen(base, shown, waiting.mine, revision)
            shown.saved_at = session.now()


def clear(assessment_id: str, question_id: str) -> None:
    """Take an answer back: its option or state goes, its note and link stay."""
    base = _base(assessment_id, question_id)
    st.session_state[f"{base}:value"] = None
    sweep()


def changed_elsewhere(
    opened: session.Opened, questions: tuple[Question, ...]
) -> tuple[Question, ...]:
    """Return the questions on screen that somebody else has changed since they were drawn."""
    memory = _memory()
    found = []
    for question in questions:
        shown = memory.shown.get(_base(opened.id, question.id))
        known = opened.revisions.get(f"answer:{question.id}", 0)
        if shown is not None and shown.values and known > shown.revision:
            found.append(question)
    return tuple(found)


def show_latest() -> None:
    """Read everything on the page from the store again."""
    _memory().loaded.clear()
