"""The form for the mitigation of one answer."""

from __future__ import annotations

from functools import partial
from typing import cast

import streamlit as st

from procurement_risk.assessment import Answer, Mitigation, MitigationStatus
from procurement_risk.assessment.document import to_document
from procurement_risk.assessment.words import mitigation_status
from procurement_risk.framework import Framework, Option, Question
from procurement_risk.framework.words import grade_meaning
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.views.shared import forms as profile_forms
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened

NO_MITIGATION = ""
STATUSES = (NO_MITIGATION, "proposed", "agreed", "verified")
STATUS_WORDS = {
    NO_MITIGATION: N_("None"),
    "proposed": N_("Proposed: changes nothing yet"),
    "agreed": N_("Agreed: helps a little, needs owner, due date and clause"),
    "verified": N_("Verified: counts in full, needs E4 evidence"),
}


def draw(opened: Opened, question: Question, answer: Answer | None) -> None:
    """Draw what is recorded, then the form."""
    stored = {m.question: m for m in opened.assessment.answer_set.mitigations}.get(question.id)
    if stored is not None:
        st.markdown(summary(question, stored))
    part = f"mitigation:{question.id}"
    ask = partial(_ask, opened.framework, question, answer, stored)
    label = _("Save the mitigation of {question}").format(question=question.id)
    profile_forms.draw(opened, part, label, ask)


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
) -> tuple[list[str], object | None]:
    start = stored or Mitigation(
        question=question.id,
        status="proposed",
        target="",
        clause=clause_headings(framework, question),
    )
    status = st.selectbox(
        _("Status"),
        STATUSES,
        index=STATUSES.index(stored.status) if stored else 0,
        format_func=session.worded(STATUSES, status_words),
        key=f"{key}:status",
    )
    targets = possible_targets(question, answer, start.target)
    ids = [option.id for option in targets]
    target = st.selectbox(
        _("Brings the answer to"),
        ids,
        index=ids.index(start.target) if start.target in ids else None,
        format_func=lambda name: f"{name}: {targets[ids.index(name)].label}",
        placeholder=_("Choose an option"),
        key=f"{key}:target",
    )
    left, right = st.columns(2)
    with left:
        owner = profile_forms.ask_text(_("Owner"), start.owner, f"{key}:owner", 200)
    with right:
        due = profile_forms.ask_date(_("Due date"), start.due, f"{key}:due")
    clause = profile_forms.ask_text(_("Contract clause"), start.clause, f"{key}:clause", 500)
    checked = st.checkbox(
        _("We hold E4 evidence: {meaning}").format(meaning=grade_meaning("E4")),
        value=start.evidence == "E4",
        key=f"{key}:evidence",
    )
    note = profile_forms.ask_note(_("Note"), start.note, f"{key}:note")
    if not status:
        return ([] if stored else [_("Choose a status first.")]), None
    mitigation = Mitigation(
        question=question.id,
        status=cast(MitigationStatus, status),
        target=target or "",
        owner=owner,
        due=due,
        clause=clause,
        evidence="E4" if checked else "",
        note=note,
    )
    return problems(mitigation), to_document(mitigation)


def status_words(status: str) -> str:
    """Return a status with what it does; the empty one is no mitigation."""
    return _(STATUS_WORDS[status])


def possible_targets(question: Question, answer: Answer | None, target: str) -> tuple[Option, ...]:
    """Return the options a mitigation may aim at: none worse than the answer, best first."""
    chosen = question.option(answer.option) if answer else None
    if chosen is None:
        return question.options
    return tuple(o for o in question.options if o.risk <= chosen.risk or o.id == target)


def clause_headings(framework: Framework, question: Question) -> str:
    """Return the headings of the question's clauses, to begin the clause field with."""
    clauses = (framework.clause(name) for name in question.clauses)
    return "; ".join(clause.heading for clause in clauses if clause is not None)[:500]


def problems(mitigation: Mitigation) -> list[str]:
    """Return what is missing for the mitigation's status, as sentences."""
    found = []
    if not mitigation.target:
        found.append(_("Choose the option that this mitigation brings the answer to."))
    if mitigation.status == "agreed":
        if not mitigation.owner:
            found.append(_("An agreed mitigation needs an owner: write who sees to it."))
        if not mitigation.clause:
            found.append(_("An agreed mitigation needs a contract clause: write its heading."))
    found += profile_forms.date_problem(
        mitigation.due,
        wrong=_("The due date is not a date. Write it like {example}."),
        missing=_("Write the due date, like {example}.") * (mitigation.status == "agreed"),
    )
    if mitigation.status == "verified" and mitigation.evidence != "E4":
        found.append(
            _(
                "A verified mitigation needs evidence of grade E4: tick the box once you hold it, "
                "or choose Agreed."
            )
        )
    return found
