"""Findings, each with its clauses and the form for its mitigation, and the list of conditions."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.assessment.overdue import in_order, standing
from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import Clause, Question
from procurement_risk.framework.words import grade_label, use_label, use_meaning
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import after_colon, day
from procurement_risk.language.text import plain
from procurement_risk.methods.values import acting_status
from procurement_risk.profile import findings
from procurement_risk.profile.findings import KINDS, Finding
from procurement_risk.report.conditions import condition_row
from procurement_risk.views.profile import mitigation
from procurement_risk.views.shared import blocks, forms, session, tables
from procurement_risk.views.shared.session import Opened

FIRST = 10
HEADINGS = {
    "stop": N_("Stops"),
    "flag": N_("Flags"),
    "high": N_("High-risk answers"),
    "evidence": N_("Answers with too little evidence behind them"),
}
TREATED = {
    "proposed": N_("treated (proposed)"),
    "agreed": N_("treated (agreed)"),
    "verified": N_("treated (verified)"),
}


def draw(opened: Opened) -> None:
    """Draw the conditions, then the findings, the gravest first."""
    found = findings.find(opened.result)
    _draw_conditions(opened)
    st.subheader(_("Findings: {n}").format(n=len(found)), anchor=False)
    if not found:
        st.markdown(_("No answer given so far needs action."))
    for kind in KINDS:
        _draw_kind(opened, kind, [finding for finding in found if finding.kind == kind])
    _draw_others(opened, {finding.question.id for finding in found})


# --- Conditions ---------------------------------------------------------------------------


def _draw_conditions(opened: Opened) -> None:
    mitigations = opened.assessment.answer_set.mitigations
    st.subheader(_("Conditions: {n}").format(n=len(mitigations)), anchor=False)
    if not mitigations:
        st.markdown(_("No mitigation is recorded. Add one under a finding below."))
        return
    columns = [_("Condition"), _("Owner"), _("Due"), _("Status")]
    tables.draw(_("Conditions with owner and due date"), columns, condition_rows(opened))


def condition_rows(opened: Opened) -> list[tuple[str, ...]]:
    """Return each condition, its owner, its day and where it stands, the most urgent first."""
    as_of, today = opened.assessment.answer_set.as_of, session.today()
    about = blocks.subject(opened)
    return [
        (*condition_row(about, m)[:-1], _standing(m, as_of, today))
        for m in in_order(opened.assessment.answer_set.mitigations, today)
    ]


def _standing(mitigation: Mitigation, as_of: str, today: str) -> str:
    status = standing(mitigation, today)
    if mitigation.status == "proposed":
        return _("{status}: does not count yet").format(status=status)
    if acting_status(mitigation, as_of) != mitigation.status:
        return _("{status}: counts as proposed only").format(status=status)
    return status


# --- Findings -----------------------------------------------------------------------------


def _draw_kind(opened: Opened, kind: str, found: list[Finding]) -> None:
    if not found:
        return
    st.markdown(f"**{after_colon(_(HEADINGS[kind]), grouped(len(found)))}**")
    shown = found
    if len(found) > FIRST and not st.checkbox(
        _("Show all {n}").format(n=len(found)), key=f"all:{opened.id}:{kind}"
    ):
        shown = found[:FIRST]
    for finding in shown:
        _draw_finding(opened, finding)


def _draw_finding(opened: Opened, finding: Finding) -> None:
    question, answer = finding.question, finding.answer
    with st.container(border=True):
        st.markdown(f"**{question.id}** {plain(question.ask)}")
        chosen = plain(answer_text(question, answer))
        answered = _("Answer: “{answer}”").format(answer=chosen)
        st.markdown(f"{answered} · {treated_words(finding)}")
        # The label stays the same whatever is saved: with a new one the browser would fold it.
        folded = st.expander(
            _("Details and mitigation of {question}").format(question=question.id),
            key=f"finding:{opened.id}:{question.id}",
            on_change="rerun",
            type="compact",
        )
        if folded.open:
            with folded:
                st.markdown("\n".join(f"- {line}" for line in facts(opened, finding)))
                _draw_evidence(answer)
                _draw_clauses(question, finding.clauses)
                mitigation.draw(opened, question, answer)


def treated_words(finding: Finding) -> str:
    """Return whether a finding is treated, in two or three words."""
    if finding.treated and finding.mitigation is not None:
        return _(TREATED[finding.mitigation.status])
    return _("not treated") if finding.mitigation is None else _("not treated yet")


def facts(opened: Opened, finding: Finding) -> list[str]:
    """Return what the answer counts for, on what evidence, as Markdown list items."""
    question, answer = finding.question, finding.answer
    if finding.counts_for != finding.claimed:
        counts = _(
            "Counts for {points} of {worst}, claimed {claimed}: {grade} evidence is too little "
            "to count for less at this tier. Weight {weight}."
        )
    else:
        counts = _("Counts for {points} of {worst}. Weight {weight}.")
    use = question.procurement_use
    return [
        counts.format(
            points=finding.counts_for,
            worst=opened.framework.scale_max,
            claimed=finding.claimed,
            grade=answer.evidence,
            weight=question.weight,
        ),
        _("Evidence: {evidence}. Expected: {expected}.").format(
            evidence=plain(_evidence(answer, opened.assessment.answer_set.as_of)),
            expected=plain(question.evidence.rstrip(".")),
        ),
        after_colon(use_label(use), use_meaning(use)),
    ]


def _evidence(answer: Answer, as_of: str) -> str:
    """Return the grade in words, and until when it holds."""
    grade = grade_label(answer.evidence)
    if not answer.valid_until:
        return grade
    if answer.valid_until < as_of:
        words = _("{grade}, ran out on {date}, so it counts as E0")
    else:
        words = _("{grade}, valid until {date}")
    return words.format(grade=grade, date=day(answer.valid_until))


def _draw_evidence(answer: Answer) -> None:
    if answer.link:
        st.text(_("Evidence kept at: {link}").format(link=answer.link))
    if answer.note:
        st.text(_("Note: {note}").format(note=answer.note))


def _draw_clauses(question: Question, clauses: tuple[Clause, ...]) -> None:
    if question.treatment:
        st.markdown(_("Treat with: {treatment}").format(treatment=plain(question.treatment)))
    for clause in clauses:
        heading = _("**Clause: {heading}.**").format(heading=plain(clause.heading))
        st.markdown(f"{heading} {plain(clause.outcome)}")
    if clauses:
        st.caption(_("Headings, not wording: ask your legal adviser for the clause itself."))


def _draw_others(opened: Opened, drawn: set[str]) -> None:
    """Let a mitigation be recorded or changed on an answer that is no finding."""
    answers = opened.assessment.answer_set.answers
    treated = {m.question for m in opened.assessment.answer_set.mitigations}
    names = [
        q.id
        for q in opened.framework.questions()
        if q.id not in drawn
        and q.type == "single"
        and (q.id in treated or (q.id in answers and answers[q.id].option))
    ]
    if not names:
        return
    by_id = opened.framework.by_id
    chosen = forms.choose(
        _("Mitigation on another answer"),
        {name: f"{name} {by_id[name].ask}" for name in names},
        f"other:{opened.id}",
        placeholder=_("Choose a question"),
    )
    if chosen:
        mitigation.draw(opened, by_id[chosen], answers.get(chosen))
