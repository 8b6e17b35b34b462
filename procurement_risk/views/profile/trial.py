"""Try changes: answers, evidence, mitigations and weights, and see the result move.

Nothing is saved until the person asks for it. Then answers and mitigations are written like any
others; weights never are, since they are policy.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast

import streamlit as st

from procurement_risk.assessment import MITIGATION_NEEDS, Answer, Mitigation
from procurement_risk.assessment.answers import check_answer
from procurement_risk.assessment.document import answer_to_document, to_document
from procurement_risk.assessment.words import state_label
from procurement_risk.framework import GRADES, Question
from procurement_risk.framework.words import as_asked, grade_label, named
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.methods import METHODS
from procurement_risk.profile import trial
from procurement_risk.profile.trial import NOTHING, Trial
from procurement_risk.views.profile import (
    mitigation,
    trial_result,
)
from procurement_risk.views.shared import forms, session
from procurement_risk.views.shared.session import Opened

KEPT = "profile_trial"
REASON = "Tried out first"  # stored, so in English whatever the language
STATES = ("unknown", "withheld")
STATE = "state:"


@dataclass(slots=True)
class _Kept:
    """What a visit tries on one assessment.

    Attributes:
        trial: The changes.
        revisions: The revision of each part that a change was based on.
        generation: Rises with every fresh start, so that the fields begin anew.
    """

    trial: Trial = NOTHING
    revisions: dict[str, int] = field(default_factory=dict)
    generation: int = 0


def draw(opened: Opened) -> None:
    """Draw the fields, what is tried, the result before and after, and the way to save it."""
    st.subheader(_("Try changes"), anchor=False)
    st.markdown(
        _("Change as much as you like: nothing here is saved until you ask for it at the end.")
    )
    kept = _kept(opened)
    _forget_what_is_gone(opened, kept)
    question = _choose(opened, kept)
    if question is not None:
        _ask(opened, kept, question)
    if not kept.trial.questions:
        st.caption(_("Nothing is tried yet."))
        return
    _draw_tried(opened, kept)
    after = trial.tried(opened.framework, opened.assessment.answer_set, kept.trial)
    trial_result.draw(opened.outcome, after)
    _draw_end(opened, kept)


def _kept(opened: Opened) -> _Kept:
    by_id = cast(dict[str, _Kept], st.session_state.setdefault(KEPT, {}))
    return by_id.setdefault(opened.id, _Kept())


def _forget_what_is_gone(opened: Opened, kept: _Kept) -> None:
    """Drop what is tried on questions that a move to another version took away."""
    for name in kept.trial.questions - opened.framework.by_id.keys():
        kept.trial = kept.trial.without(name)


# --- The fields ---------------------------------------------------------------------------


def _choose(opened: Opened, kept: _Kept) -> Question | None:
    by_id = opened.framework.by_id
    types = METHODS[opened.framework.method].tried
    name = forms.choose(
        _("Question"),
        {q.id: as_asked(q) for q in by_id.values() if q.type in types},
        f"try:{opened.id}:{kept.generation}",
        placeholder=_("Choose a question"),
    )
    return by_id.get(name)


def _ask(opened: Opened, kept: _Kept, question: Question) -> None:
    """Draw the fields of one question, and take in what they say."""
    stored = opened.assessment.answer_set.answers.get(question.id)
    begin = f"try:{opened.id}:{kept.generation}:{question.id}"
    now = kept.trial.answers.get(question.id, stored)
    if question.id not in kept.trial.questions:  # what is tried rests on what stands now
        for part in (f"answer:{question.id}", f"mitigation:{question.id}"):
            kept.revisions[part] = opened.revisions.get(part, 0)
    if question.type == "multiple":
        answer = _ask_several(question, stored, now, begin)
    else:
        answer = _ask_answer(opened, question, stored, now, begin)
    answers = {**kept.trial.answers, question.id: answer or Answer(state="unanswered")}
    if answer is None or trial.same_answer(answer, stored):
        answers.pop(question.id)
    kept.trial = replace(kept.trial, answers=answers)
    if opened.framework.weighs(question):
        _take_mitigation(opened, kept, question, answer or stored, begin)
        _take_weight(kept, question, begin)


def _ask_answer(
    opened: Opened, question: Question, stored: Answer | None, now: Answer | None, begin: str
) -> Answer | None:
    """Return the answer as it is chosen, or None where none is."""
    labels = {option.id: option.label for option in question.options}
    labels |= {f"{STATE}{each}": state_label(each) for each in STATES}
    at = "" if now is None else now.option or f"{STATE}{now.state}"
    left, right = st.columns([3, 2])
    with left:
        chosen = forms.choose(
            _("If the answer were"),
            labels,
            session.in_language(f"{begin}:answer"),
            at,
            placeholder=state_label(now.state if now else "unanswered"),
        )
    grade = now.evidence if now else "E0"
    if not question.is_fact and METHODS[opened.framework.method].graded:
        grades = {each: grade_label(each) for each in GRADES}
        with right:
            grade = forms.choose(
                _("With evidence"), grades, session.in_language(f"{begin}:evidence"), grade
            )
    if not chosen:
        return None
    if chosen.startswith(STATE):
        return trial.answer_with(stored, chosen.removeprefix(STATE), (), grade)
    return trial.answer_with(stored, "answered", (chosen,), grade)


def _ask_several(
    question: Question, stored: Answer | None, now: Answer | None, begin: str
) -> Answer | None:
    labels = {option.id: option.label for option in question.options}
    chosen = st.multiselect(
        _("If the answers were"),
        list(labels),
        default=[each for each in (now.options if now else ()) if each in labels],
        format_func=lambda each: labels.get(each, each),
        placeholder=state_label(now.state if now else "unanswered"),
        key=f"{begin}:answer",
    )
    if not chosen:
        return None
    in_order = tuple(each for each in labels if each in chosen)
    return trial.answer_with(stored, "answered", in_order, stored.evidence if stored else "E0")


def _take_mitigation(
    opened: Opened, kept: _Kept, question: Question, answer: Answer | None, begin: str
) -> None:
    stored = {m.question: m for m in opened.assessment.answer_set.mitigations}.get(question.id)
    found = _ask_mitigation(
        opened, question, answer, kept.trial.mitigations.get(question.id, stored), begin
    )
    mitigations = {**kept.trial.mitigations, question.id: found}
    if found == stored:
        mitigations.pop(question.id)
    kept.trial = replace(kept.trial, mitigations=mitigations)


def _ask_mitigation(
    opened: Opened,
    question: Question,
    answer: Answer | None,
    now: Mitigation | None,
    begin: str,
) -> Mitigation | None:
    """Return the mitigation as it is chosen, with what it needs before it can be saved."""
    left, right = st.columns([2, 3])
    key = session.in_language(begin)
    with left:
        status = mitigation.ask_status(_("With a mitigation that is"), now, key)
    if status is None:
        return None
    found = replace(now or mitigation.new(opened.framework, question), status=status)
    with right:
        target = mitigation.ask_target(question, answer, found, key)
    needs = MITIGATION_NEEDS[status]
    # The answer's own evidence has a field of that name.
    return mitigation.ask_fields(replace(found, target=target), needs, f"{key}:its")


def _take_weight(kept: _Kept, question: Question, begin: str) -> None:
    half = st.columns(2)[0]
    chosen = half.number_input(
        _("With the weight {n} in its section (policy: it can be tried, never saved)").format(
            n=question.weight
        ),
        min_value=trial.LIGHTEST,
        max_value=trial.HEAVIEST,
        value=kept.trial.weights.get(question.id, question.weight),
        key=f"{begin}:weight",
    )
    weights = {**kept.trial.weights, question.id: int(chosen or question.weight)}
    if weights[question.id] == question.weight:
        weights.pop(question.id)
    kept.trial = replace(kept.trial, weights=weights)


# --- What is tried ------------------------------------------------------------------------


def _draw_tried(opened: Opened, kept: _Kept) -> None:
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


def _take_back(kept: _Kept, name: str) -> None:
    kept.trial = kept.trial.without(name)
    kept.revisions.pop(f"answer:{name}", None)
    kept.revisions.pop(f"mitigation:{name}", None)
    kept.generation += 1


def _start_over(kept: _Kept) -> None:
    kept.trial, kept.revisions = NOTHING, {}
    kept.generation += 1


# --- Saving -------------------------------------------------------------------------------


def _draw_end(opened: Opened, kept: _Kept) -> None:
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


def _save(opened: Opened, kept: _Kept) -> None:
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


def _write(opened: Opened, kept: _Kept, part: str, value: object | None) -> bool:
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
