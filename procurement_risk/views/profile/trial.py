"""Try changes: answers, evidence, mitigations and weights, and see the result move.

Nothing is saved until the person asks for it. Then answers and mitigations are written like any
others; weights never are, since they are policy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import streamlit as st

from procurement_risk.assessment.answers import check_answer
from procurement_risk.assessment.document import answer_to_document, to_document
from procurement_risk.framework.words import named
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.profile import trial
from procurement_risk.profile.trial import NOTHING, Trial
from procurement_risk.views.profile import mitigation, trial_result
from procurement_risk.views.profile.trial_fields import Kept, ask, choose
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened

KEPT = "profile_trial"
REASON = "Tried out first"  # stored, so in English whatever the language


def draw(opened: Opened) -> None:
    """Draw the fields, what is tried, the result before and after, and the way to save it."""
    st.subheader(_("Try changes"), anchor=False)
    st.markdown(
        _("Change as much as you like: nothing here is saved until you ask for it at the end.")
    )
    kept = _kept(opened)
    _forget_what_is_gone(opened, kept)
    question = choose(opened, kept)
    if question is not None:
        ask(opened, kept, question)
    if not kept.trial.questions:
        st.caption(_("Nothing is tried yet."))
        return
    _draw_tried(opened, kept)
    after = trial.tried(opened.framework, opened.assessment.answer_set, kept.trial)
    trial_result.draw(opened.outcome, after)
    _draw_end(opened, kept)


def _kept(opened: Opened) -> Kept:
    by_id = cast(dict[str, Kept], st.session_state.setdefault(KEPT, {}))
    return by_id.setdefault(opened.id, Kept())


def _forget_what_is_gone(opened: Opened, kept: Kept) -> None:
    """Drop what is tried on questions that a move to another version took away."""
    for name in kept.trial.questions - opened.framework.by_id.keys():
        kept.trial = kept.trial.without(name)


# --- What is tried ------------------------------------------------------------------------


def _draw_tried(opened: Opened, kept: Kept) -> None:
    names = [name for name in opened.framework.by_id if name in kept.trial.questions]
    tried = counted(
        len(names),
        "What is tried, on {n} question",
        "What is tried, on {n} questions",
    )
    st.markdown(f"**{tried}**")
    trial_result.draw_changes(opened, kept.trial, names)
    with st.container(horizontal=True):
        for name in names:
            st.button(
                _("Take back {question}").format(question=named(opened.framework, name)),
                key=f"try-back:{opened.id}:{name}",
                on_click=_take_back,
                args=(kept, name),
            )


def _take_back(kept: Kept, name: str) -> None:
    kept.trial = kept.trial.without(name)
    kept.revisions.pop(f"answer:{name}", None)
    kept.revisions.pop(f"mitigation:{name}", None)
    kept.generation += 1


def _start_over(kept: Kept) -> None:
    kept.trial, kept.revisions = NOTHING, {}
    kept.generation += 1


# --- Saving -------------------------------------------------------------------------------


def _draw_end(opened: Opened, kept: Kept) -> None:
    to_save = len(kept.trial.answers) + len(kept.trial.mitigations)
    if kept.trial.weights:
        st.info(
            _(
                "Weights are never saved here: they are policy. They are changed in a new version "
                "of the questionnaire, with a reason, for every assessment alike."
            )
        )
    with st.container(horizontal=True):
        may = session.may("answer", opened.id)
        asked = (
            may
            and bool(to_save)
            and st.button(_("Save these changes"), type="primary", key="try-save")
        )
        st.button(_("Start over"), key="try-over", on_click=_start_over, args=(kept,))
    if asked:
        _save(opened, kept)


def _save(opened: Opened, kept: Kept) -> None:
    """Write every changed answer and mitigation, each an ordinary save, if all are complete."""
    problems = _problems(opened, kept.trial)
    for problem in problems:
        st.error(problem)
    if problems:
        return
    saved = 0
    for name in list(kept.trial.answers):
        document = _answer_document(opened, kept.trial, name)
        if _write(opened, kept, f"answer:{name}", document):
            kept.trial = _less(kept.trial, answers=name)
            saved += 1
    for name, tried in list(kept.trial.mitigations.items()):
        value = None if tried is None else to_document(tried)
        if _write(opened, kept, f"mitigation:{name}", value):
            kept.trial = _less(kept.trial, mitigations=name)
            saved += 1
    if kept.trial.answers or kept.trial.mitigations:
        return  # what was refused is still tried, and the page says why
    kept.revisions = {}
    kept.generation += 1
    words = ngettext("{n} change saved.", "{n} changes saved.", saved).format(n=saved)
    session.flash(words)
    st.rerun()


def _less(tried: Trial, answers: str = "", mitigations: str = "") -> Trial:
    return replace(
        tried,
        answers={k: v for k, v in tried.answers.items() if k != answers},
        mitigations={k: v for k, v in tried.mitigations.items() if k != mitigations},
    )


def _answer_document(opened: Opened, tried: Trial, name: str) -> dict[str, object]:
    answer = replace(tried.answers[name], by=session.actor(), at=session.now())
    several = opened.framework.by_id[name].type == "multiple"
    return answer_to_document(answer, multiple=several)


def _write(opened: Opened, kept: Kept, part: str, value: object | None) -> bool:
    revision = kept.revisions.get(part, opened.revisions.get(part, 0))
    if session.save(part, value, revision, REASON):
        return True
    kept.revisions.pop(part, None)  # having seen what stands now, the person may save over it
    return False


def _problems(opened: Opened, tried: Trial) -> list[str]:
    """Return what is missing or not allowed, each as a sentence that names its question."""
    found = []
    about = _("{question}: {problem}")
    for name in tried.answers:
        question = opened.framework.by_id[name]
        refused = check_answer(opened.framework, question, _answer_document(opened, tried, name))
        found += [plain(problem.message) for problem in refused]
    for name, found_one in tried.mitigations.items():
        missing = [] if found_one is None else mitigation.problems(found_one)
        found += [about.format(question=name, problem=each.message) for each in missing]
    return found
