"""The form for the mitigation of one answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Any, cast

import streamlit as st

from procurement_risk.assessment import Answer, Mitigation, MitigationStatus
from procurement_risk.assessment.document import to_document
from procurement_risk.assessment.words import mitigation_status
from procurement_risk.errors import Problem
from procurement_risk.framework import Framework, Option, Question
from procurement_risk.framework.words import grade_meaning
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.views.answer.words import option_labels
from procurement_risk.views.shared import forms
from procurement_risk.views.shared.session import Opened

NO_MITIGATION = ""
STATUS_WORDS = {
    NO_MITIGATION: N_("None"),
    "proposed": N_("Proposed: changes nothing yet"),
    "agreed": N_("Agreed: helps a little, needs owner, due date and clause"),
    "verified": N_("Verified: counts in full, needs E4 evidence"),
}
FIELDS = (("owner", "due"), ("clause",), ("evidence",), ("note",))
"""What the form asks besides, row by row."""

MISSING = {
    "target": N_("Choose the option that this mitigation brings the answer to."),
    "owner": N_("An agreed mitigation needs an owner: write who sees to it."),
    "due": N_("Give the day by which it is due."),
    "clause": N_("An agreed mitigation needs a contract clause: write its heading."),
    "evidence": N_(
        "A verified mitigation needs evidence of grade E4: tick the box once you hold it, "
        "or choose Agreed."
    ),
}


def draw(opened: Opened, question: Question, answer: Answer | None) -> None:
    """Draw what is recorded, then the form."""
    stored = {m.question: m for m in opened.assessment.answer_set.mitigations}.get(question.id)
    if stored is not None:
        st.markdown(summary(question, stored))
    part = f"mitigation:{question.id}"
    ask = partial(_ask, opened.framework, question, answer, stored)
    label = _("Save the mitigation of {question}").format(question=question.id)
    forms.draw(opened, part, label, ask)


def summary(question: Question, mitigation: Mitigation) -> str:
    """Return the recorded mitigation as one line of Markdown."""
    target = question.option(mitigation.target)
    parts = [f"**{mitigation_status(mitigation.status)}**"]
    if target is not None:
        parts.append(_("towards “{option}”").format(option=plain(target.label)))
    if mitigation.owner:
        parts.append(_("by {name}").format(name=plain(mitigation.owner)))
    if mitigation.due:
        parts.append(_("due {date}").format(date=plain(day(mitigation.due))))
    line = _("Mitigation: {parts}.").format(parts=", ".join(parts))
    if mitigation.clause:
        line += " " + _("Clause: {clause}").format(clause=plain(mitigation.clause))
    return line


def _ask(
    framework: Framework,
    question: Question,
    answer: Answer | None,
    stored: Mitigation | None,
    key: str,
) -> tuple[list[Problem], object | None]:
    status = ask_status(_("Status"), stored, key)
    found = stored or new(framework, question)
    asks = _("Choose an option")
    found = replace(found, target=ask_target(question, answer, found, key, asks))
    for fields in FIELDS:
        found = ask_fields(found, fields, key)
    if not status:
        return ([] if stored else [Problem("status", _("Choose a status first."))]), None
    found = replace(found, status=status)
    return problems(found), to_document(found)


# --- The fields ---------------------------------------------------------------------------


def ask_status(label: str, now: Mitigation | None, key: str) -> MitigationStatus | None:
    """Draw the choice of a status and return it; None is no mitigation."""
    labels = {status: _(words) for status, words in STATUS_WORDS.items()}
    status = forms.choose(label, labels, f"{key}:status", now.status if now else "")
    return cast(MitigationStatus, status) if status else None


def ask_target(
    question: Question,
    answer: Answer | None,
    now: Mitigation,
    key: str,
    placeholder: str | None = None,
) -> str:
    """Draw the choice of the option aimed at, and return it; the best without a placeholder."""
    options = possible_targets(question, answer, now.target)
    worded = option_labels(question)
    labels = {option.id: worded[option.id] for option in options}
    label = _("Brings the answer to")
    return forms.choose(label, labels, f"{key}:target", now.target, placeholder=placeholder)


def ask_fields(found: Mitigation, fields: Collection[str], key: str) -> Mitigation:
    """Draw these fields beside each other, and return the mitigation with what was written."""
    places = st.columns(len(fields)) if len(fields) > 1 else [st.container() for _one in fields]
    written: dict[str, Any] = {}
    for name, place in zip(fields, places, strict=True):
        with place:
            written[name] = _ask_field(name, getattr(found, name), f"{key}:{name}")
    return replace(found, **written)


def _ask_field(name: str, value: str, key: str) -> str:
    if name == "owner":
        return forms.ask_text(_("Owner"), value, key, 200)
    if name == "due":
        return forms.ask_day(_("Due date"), value, key)
    if name == "clause":
        return forms.ask_text(_("Contract clause"), value, key, 500)
    if name == "note":
        return forms.ask_note(_("Note"), value, key)
    label = _("We hold E4 evidence: {meaning}").format(meaning=grade_meaning("E4"))
    held = st.checkbox(label, value=value == "E4", key=key)
    forms.say_fault(key)
    return "E4" if held else ""


def possible_targets(question: Question, answer: Answer | None, target: str) -> tuple[Option, ...]:
    """Return the options a mitigation may aim at: none worse than the answer, best first."""
    chosen = question.option(answer.option) if answer else None
    if chosen is None:
        return question.options
    return tuple(o for o in question.options if o.risk <= chosen.risk or o.id == target)


def new(framework: Framework, question: Question) -> Mitigation:
    """Return a mitigation to begin with: its clause names the question's clauses."""
    clause = clause_headings(framework, question)
    return Mitigation(question=question.id, status="proposed", target="", clause=clause)


def clause_headings(framework: Framework, question: Question) -> str:
    """Return the headings of the question's clauses, to begin the clause field with."""
    clauses = (framework.clause(name) for name in question.clauses)
    return "; ".join(clause.heading for clause in clauses if clause is not None)[:500]


def problems(mitigation: Mitigation) -> list[Problem]:
    """Return what is missing for the mitigation's status, each with the field it is about."""
    missing = [] if mitigation.target else ["target"]
    return [Problem(name, _(MISSING[name])) for name in (*missing, *mitigation.lacks)]
