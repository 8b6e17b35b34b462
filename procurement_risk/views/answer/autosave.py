"""Every change of an answer is saved at once, and nothing that was typed is lost.

Widgets are only views of the store. What was put on screen is remembered with its revision;
``sweep`` compares the widgets with it, at the start of every run of every page and again after
every change, and saves each real difference:

    browser ── widget values ──> sweep ── difference? ──> store.save(expected revision)
                                                └─ stale: mine stays in the widgets, theirs stands

Three habits of Streamlit decide how this is written:

* Its change callbacks are skipped when clicks come quickly, and come without a change when a
  page is left. Hence the sweep.
* A new run begins while the one before is still saving, and stops it wherever that one touches
  ``st.session_state``. Hence the lock; and a save reads what it needs first, then touches none.
* A browser sends every value it holds with every click, also values older than the store's:
  after a restart, or before a new value has reached it. Hence each loading of a field has a key
  of its own. What comes under an older key is not heard.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from procurement_risk.assessment.answers import check_answer
from procurement_risk.assessment.document import answer_to_document
from procurement_risk.assessment.parts import ANSWER
from procurement_risk.assessment.two_answers import answers_alone, is_under_way, unsettled
from procurement_risk.errors import NotFound, ProcurementRiskError, StaleSave, StorageError
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.places import place_of
from procurement_risk.language import _, current
from procurement_risk.profile.effect_words import Said
from procurement_risk.storage import Store
from procurement_risk.views.answer.fields import (
    COUNTS,
    Document,
    compose,
    counting,
    same,
    values_of,
)
from procurement_risk.views.shared import session
from procurement_risk.views.shared.drawn_part import Drawn

Place = tuple[str, str]  # assessment id, question id


@dataclass(slots=True)
class Conflict:
    """Two values for one answer: mine was refused, theirs stands at ``revision``."""

    mine: Document | None
    theirs: Document | None
    revision: int
    by: str


@dataclass(slots=True)
class Change:
    """What this visit changed last about one answer.

    Attributes:
        former: The answer that stood before it; None: there was none.
        at: When, to tell the latest from the others.
        did: What it did, in words, once the page has found that out; it speaks of that moment.
    """

    former: Document | None
    at: int = field(default_factory=time.monotonic_ns)
    did: list[Said] | None = None


@dataclass(slots=True)
class OnScreen:
    """One answer as it was put on screen.

    Attributes:
        assessment_id: Whose answer.
        framework: For checking what is written.
        question: The question.
        document: The stored answer it was filled from or last saved as; None: no answer.
        revision: The revision of that.
        keys: The key of each field's widget.
        values: What each field's widget held when it was last looked at.
        where: The page it was drawn on.
        saved_at: When this visit saved it last, or empty.
        problem: Why something in the widgets is not saved, or empty.
        retry: Whether the database was at fault, so that the next sweep tries again.
        conflict: Two values that wait for this person's choice, if any.
        change: What this visit changed last, other than a note or a link, if anything.
        alone: Whether it is what this person answers alone, beside somebody else.
        drawn: Its card as it was drawn last, where nothing about it was out of the ordinary.
    """

    assessment_id: str
    framework: Framework
    question: Question
    document: Document | None
    revision: int
    keys: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    where: tuple[str, ...] = ()
    saved_at: str = ""
    problem: str = ""
    retry: bool = False
    conflict: Conflict | None = None
    change: Change | None = None
    alone: bool = False
    drawn: Drawn | None = None

    @property
    def unsaved(self) -> bool:
        """Whether the widgets hold something that the store does not."""
        return bool(self.problem) or self.retry or self.conflict is not None


@dataclass(slots=True)
class Autosave:
    """Everything one visit remembers about answers, in one place whatever their number.

    Attributes:
        shown: What is on screen of each.
        where: The page that they are drawn on.
        language: The language that they were drawn in.
        visit: Tells the keys of this visit from those of one before.
        loads: How many fields were filled.
        notes: The answers whose note and link are shown.
        lock: Held by whoever saves.
    """

    shown: dict[Place, OnScreen] = field(default_factory=dict)
    where: tuple[str, ...] = ()
    language: str = ""
    visit: str = field(default_factory=lambda: secrets.token_hex(4))
    loads: int = 0
    notes: frozenset[Place] = frozenset()
    lock: threading.RLock = field(default_factory=threading.RLock)


class _Here(threading.local):
    """What one thread found last, and in whose visit: every field of a page asks for it."""

    visit: object = None
    memory: Autosave | None = None


_here = _Here()


def _memory() -> Autosave:
    context = get_script_run_ctx(suppress_warning=True)
    visit = context and context.session_state
    if visit is None or _here.visit is not visit or _here.memory is None:
        _here.memory = st.session_state.setdefault("autosave", Autosave())
        _here.visit = visit
    return _here.memory


# --- Saving -------------------------------------------------------------------------------


def sweep() -> None:
    """Save whatever differs between the widgets and what was put on screen."""
    session.use_language()  # as a callback it runs before the page, in a thread of its own
    memory = _memory()
    try:
        actor = session.actor()
    except StorageError as error:
        _put_off(memory, error)
        return
    with memory.lock:
        found = _changed(memory)
        stores = {shown.assessment_id: _store_of(shown.assessment_id) for shown, _kept in found}
        for shown, changes in found:
            store = stores[shown.assessment_id]
            if store is None:
                shown.retry = False
            else:
                _take_in(shown, changes, store, actor)
        known = {
            place: (each.document, each.revision)
            for place, each in memory.shown.items()
            if not each.alone
        }
    session.catch_up(known)


def _changed(memory: Autosave) -> list[tuple[OnScreen, dict[str, Any]]]:
    found = ((shown, _changes(shown)) for shown in memory.shown.values())
    return [(shown, changes) for shown, changes in found if changes or shown.retry]


def _put_off(memory: Autosave, error: StorageError) -> None:
    """Keep what is on screen for the next sweep: the database does not even say who this is."""
    with memory.lock:
        for shown, changes in _changed(memory):
            shown.values.update(changes)
            shown.retry, shown.problem = True, _not_yet(error)


def _not_yet(error: StorageError) -> str:
    return _("Not saved yet, and tried again at your next click. {why}").format(why=error)


def _store_of(assessment_id: str) -> Store | None:
    """Return where an answer is saved, or None for what a preview left behind."""
    try:
        return session.store_of(assessment_id)
    except NotFound:
        return None


def _changes(shown: OnScreen) -> dict[str, Any]:
    """Return the value of each field whose widget holds another one than it was given."""
    changes = {}
    for name, key in shown.keys.items():
        try:
            value = st.session_state[key]
        except KeyError:  # not drawn now
            continue
        if value != shown.values[name]:
            changes[name] = value
    return changes


def _take_in(
    shown: OnScreen, changes: Mapping[str, Any], store: Store, actor: str, reason: str = ""
) -> None:
    """Save the answer with these changes. Nothing in here may touch ``st.session_state``."""
    shown.values.update(changes)
    document, shown.problem = compose(shown.question, shown.document, shown.values)
    if document is not None:
        document = {**document, "by": actor, "at": session.now()}
        refused = check_answer(shown.framework, shown.question, document)
        if refused:  # no widget offers this, so the page shows again what is stored
            shown.keys.clear()
            shown.values.clear()
            shown.problem = " ".join(problem.message for problem in refused)
            return
    if shown.conflict is not None:
        shown.conflict.mine = document
    elif same(document, shown.document):
        shown.retry = False
    else:
        shown.retry = True  # until it is written
        _write(shown, document, shown.revision, store, actor, reason)


def _write(
    shown: OnScreen,
    document: Document | None,
    revision: int,
    store: Store,
    actor: str,
    reason: str = "",
) -> None:
    part = f"answer:{shown.question.id}"
    try:
        if shown.alone:
            place = shown.assessment_id, shown.question.id
            store.answer_alone(*place, document, actor, shown.document)
        else:
            revision = store.save(
                shown.assessment_id, part, document, revision, actor, reason, shown.framework
            )
    except StaleSave as stale:
        theirs = cast("Document | None", stale.theirs)
        shown.retry = False
        if same(document, theirs):
            shown.document, shown.revision, shown.conflict = theirs, stale.revision, None
        else:
            shown.conflict = Conflict(document, theirs, stale.revision, stale.by)
    except StorageError as error:
        shown.problem = _not_yet(error)
    except ProcurementRiskError as error:
        shown.retry = False
        shown.problem = _("Not saved. {why}").format(why=error)
    else:
        shown.retry, shown.conflict = False, None
        if not same(counting(document), counting(shown.document)):
            shown.change = Change(shown.document)
        shown.document, shown.revision, shown.saved_at = document, revision, session.now()


# --- Drawing ------------------------------------------------------------------------------


def visit(*where: str) -> None:
    """Begin a page. What the page just left had on screen is kept: a change may come late."""
    memory = _memory()
    with memory.lock:
        if memory.where != where:
            memory.shown = {
                place: shown
                for place, shown in memory.shown.items()
                if shown.unsaved or shown.where == memory.where
            }
            memory.where = where
        # The browser names options by their labels, and would send those of the old language.
        if memory.language != current():
            for shown in memory.shown.values():
                shown.keys.clear()
                if shown.change is not None:
                    shown.change.did = None
            memory.language = current()


def is_locked(opened: session.Opened, question: Question) -> bool:
    """Whether the person of this visit may only read the answer to a question.

    So it is also while others answer it alone, and while two answers wait to be agreed on.
    """
    handover = opened.assessment.handovers.get(place_of(opened.framework, question))
    if is_under_way(handover) and not is_alone(opened, question):
        return True
    if unsettled(opened.assessment.answer_set.answers.get(question.id)):
        return True
    return not session.may_write(opened, f"{ANSWER}{question.id}")


def is_alone(opened: session.Opened, question: Question) -> bool:
    """Whether the person of this visit answers a question alone, beside somebody else."""
    handover = opened.assessment.handovers.get(place_of(opened.framework, question))
    return handover is not None and answers_alone(handover, session.actor())


def widget(opened: session.Opened, question: Question, name: str) -> tuple[str, Any]:
    """Return the key and the first value for one field's widget.

    The value is the stored one where the question is newly drawn. While it stays on the page
    the key stays, so that focus and what is being typed do too.

    Args:
        opened: The assessment on screen.
        question: The question.
        name: The field, one of those of ``values_of``.
    """
    memory = _memory()
    with memory.lock:
        shown = memory.shown.get((opened.id, question.id))
        if shown is not None and (
            shown.framework.document != opened.framework.document
            or shown.alone is not is_alone(opened, question)
        ):
            # Moved to another version, or no longer (or now) answered alone: what was chosen was
            # refused, and is chosen anew.
            problem, shown = shown.problem, _from_store(opened, question)
            shown.problem = problem
            memory.shown[opened.id, question.id] = shown
        elif shown is not None and shown.framework.language != opened.framework.language:
            # The browser sends an option by its label, which is now another one.
            shown.keys.clear()
            shown.framework, shown.question = opened.framework, question
        if shown is None or not (shown.unsaved or _is_drawn(shown)):
            fresh = _from_store(opened, question)
            if shown is not None and not shown.keys and shown.revision == fresh.revision:
                # Every field is filled anew, by an Undo for one, which can be undone in turn.
                fresh.change, fresh.saved_at = shown.change, shown.saved_at
            memory.shown[opened.id, question.id] = shown = fresh
        key = shown.keys.get(name)
        if key is None or key not in st.session_state:
            memory.loads += 1
            key = f"a:{question.id}:{name}:{memory.visit}-{memory.loads}"
            shown.values.setdefault(name, values_of(question, shown.document)[name])
            shown.keys[name] = key
        shown.where = memory.where
        return key, shown.values[name]


def _is_drawn(shown: OnScreen) -> bool:
    """Whether a widget of this answer was on the page in the run before, or is in this one."""
    return any(key in st.session_state for key in shown.keys.values())


def _from_store(opened: session.Opened, question: Question) -> OnScreen:
    if is_alone(opened, question):
        own = session.store_of(opened.id).alone_answers(opened.id, session.actor())
        given = cast("Document | None", own.get(question.id))
        return OnScreen(opened.id, opened.framework, question, given, 0, alone=True)
    answer = opened.assessment.answer_set.answers.get(question.id)
    document = None
    if answer is not None:
        document = answer_to_document(answer, multiple=question.type == "multiple")
    revision = opened.revisions.get(f"answer:{question.id}", 0)
    return OnScreen(opened.id, opened.framework, question, document, revision)


def on_screen(opened: session.Opened, question: Question) -> OnScreen | None:
    """Return what is on screen for ``question``, or None before it is drawn."""
    return _memory().shown.get((opened.id, question.id))


def is_ordinary(opened: session.Opened, question: Question) -> bool:
    """Return whether what is on screen is what is stored, and nothing waits or differs."""
    memory, shown = _memory(), on_screen(opened, question)
    if shown is None or shown.unsaved or shown.alone or shown.where != memory.where:
        return False
    if shown.framework is not opened.framework or is_alone(opened, question):
        return False
    return opened.revisions.get(f"{ANSWER}{question.id}", 0) == shown.revision


def can_undo(shown: OnScreen) -> bool:
    """Return whether this is the answer on the page that this visit changed last."""
    memory = _memory()
    with memory.lock:
        changes = [each.change for each in memory.shown.values()]
    latest = max((change.at for change in changes if change is not None), default=None)
    return shown.change is not None and not shown.unsaved and shown.change.at == latest


def unsaved(opened: session.Opened) -> tuple[str, ...]:
    """Return the questions of which something is typed or chosen but not saved."""
    memory = _memory()
    with memory.lock:
        return tuple(
            question
            for (assessment, question), shown in memory.shown.items()
            if assessment == opened.id and shown.unsaved
        )


def notes_are_open(place: Place) -> bool:
    """Return whether the note and the link of an answer are shown."""
    return place in _memory().notes


def turn_notes(place: Place) -> None:
    """Show the note and the link of an answer, or hide them."""
    memory = _memory()
    memory.notes ^= {place}


def changed_elsewhere(opened: session.Opened, question: Question) -> bool:
    """Return whether somebody else has changed what is on screen since it was drawn."""
    memory = _memory()
    with memory.lock:
        shown = memory.shown.get((opened.id, question.id))
        if shown is None or shown.alone or shown.conflict is not None or not _is_drawn(shown):
            return False
        return opened.revisions.get(f"answer:{question.id}", 0) > shown.revision


# --- Buttons ------------------------------------------------------------------------------


def show_latest(assessment_id: str, question_id: str) -> None:
    """Put what the store has on screen, in place of what is there."""
    memory = _memory()
    with memory.lock:
        memory.shown.pop((assessment_id, question_id), None)


keep_theirs = show_latest


def use_mine(assessment_id: str, question_id: str) -> None:
    """Settle a conflict: write my value over theirs, which stays in the history."""
    sweep()
    memory, actor, store = _memory(), session.actor(), session.store_of(assessment_id)
    with memory.lock:
        shown = memory.shown.get((assessment_id, question_id))
        if shown is None or shown.conflict is None:
            return
        mine, revision = shown.conflict.mine, shown.conflict.revision
        if shown.alone:
            shown.document = shown.conflict.theirs
        reason = "Chosen over a colleague's value after both were shown"
        _write(shown, mine, revision, store, actor, reason)


def clear(assessment_id: str, question_id: str) -> None:
    """Take an answer back: its option, text or state goes; its note, link and evidence stay."""
    _put(assessment_id, question_id, lambda _shown: None, ("value", "state", "reason"))


def undo(assessment_id: str, question_id: str) -> None:
    """Put back the answer that stood before the last change; a note and a link stay as they are.

    It is a change of its own, in the history and to be undone in turn.
    """
    _put(assessment_id, question_id, _former, COUNTS, "Undone")


def _former(shown: OnScreen) -> Document | None:
    return shown.change.former if shown.change else shown.document


def _put(
    assessment_id: str,
    question_id: str,
    wanted: Callable[[OnScreen], Document | None],
    names: tuple[str, ...],
    reason: str = "",
) -> None:
    """Save these fields of another answer, and fill their widgets anew."""
    sweep()
    memory, actor, store = _memory(), session.actor(), session.store_of(assessment_id)
    with memory.lock:
        shown = memory.shown.get((assessment_id, question_id))
        if shown is None:
            return
        values = values_of(shown.question, wanted(shown))
        for name in names:
            shown.keys.pop(name, None)
        _take_in(shown, {name: values[name] for name in names}, store, actor, reason)
