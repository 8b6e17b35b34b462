"""The fields with which something is tried: an answer, a mitigation, a weight."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import streamlit as st

from procurement_risk.assessment import MITIGATION_NEEDS, Answer, Mitigation
from procurement_risk.assessment.words import state_label
from procurement_risk.framework import GRADES, Question
from procurement_risk.framework.words import as_asked, grade_label
from procurement_risk.language import _
from procurement_risk.methods import METHODS
from procurement_risk.profile import trial
from procurement_risk.profile.trial import NOTHING, Trial
from procurement_risk.views.profile import mitigation
from procurement_risk.views.shared import forms, session, whole_number
from procurement_risk.views.shared.session import Opened

STATES = ("unknown", "withheld")

STATE = "state:"


@dataclass(slots=True)
class Kept:
    """What a visit tries on one assessment.

    Attributes:
        trial: The changes.
        revisions: The revision of each part that a change was based on.
        generation: Rises with every fresh start, so that the fields begin anew.
    """

    trial: Trial = NOTHING
    revisions: dict[str, int] = field(default_factory=dict)
    generation: int = 0


def choose(opened: Opened, kept: Kept) -> Question | None:
    """Ask which question to try something on; None before one is chosen."""
    by_id = opened.framework.by_id
    types = METHODS[opened.framework.method].tried
    name = forms.choose(
        _("Question"),
        {q.id: as_asked(q) for q in by_id.values() if q.type in types},
        f"try:{opened.id}:{kept.generation}",
        placeholder=_("Choose a question"),
    )
    return by_id.get(name)


def ask(opened: Opened, kept: Kept, question: Question) -> None:
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
    opened: Opened, kept: Kept, question: Question, answer: Answer | None, begin: str
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


def _take_weight(kept: Kept, question: Question, begin: str) -> None:
    label = _("With the weight {n} in its section (policy: it can be tried, never saved)")
    with st.columns(2)[0]:
        chosen = whole_number.ask(
            label.format(n=question.weight),
            kept.trial.weights.get(question.id, question.weight),
            f"{begin}:weight",
            trial.LIGHTEST,
            trial.HEAVIEST,
        )
    weights = {**kept.trial.weights, question.id: chosen}
    if chosen == question.weight:
        weights.pop(question.id)
    kept.trial = replace(kept.trial, weights=weights)
