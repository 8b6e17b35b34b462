"""The conditions: each with owner, day and clause, and confirmed where it has all three."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from procurement_risk.assessment import Mitigation
from procurement_risk.assessment.document import to_document
from procurement_risk.assessment.overdue import in_order
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import findings
from procurement_risk.report.conditions import condition_row
from procurement_risk.views.profile import mitigation
from procurement_risk.views.shared import blocks, question_link, session
from procurement_risk.views.shared.session import Opened


def draw(opened: Opened) -> None:
    """Draw every condition with what it still lacks, and what has none yet."""
    recorded = in_order(opened.assessment.answer_set.mitigations, session.today())
    st.header(_("Conditions: {n}").format(n=len(recorded)), anchor=False)
    if not recorded:
        st.markdown(_("No condition is recorded."))
    for each in recorded:
        _draw_one(opened, each)
    _draw_untreated(opened)


def _draw_one(opened: Opened, each: Mitigation) -> None:
    question = opened.framework.by_id.get(each.question)
    if question is None:
        return
    words, owner, due, status = condition_row(blocks.subject(opened), each)
    with st.container(border=True, gap="xsmall"):
        question_link.draw(opened, each.question, each.question, words.partition(": ")[2])
        says = _("{status} · owner: {owner} · due: {due}")
        st.markdown(says.format(status=f"**{plain(status)}**", owner=plain(owner), due=plain(due)))
        if each.status == "proposed" and each.target:
            _draw_confirm(opened, replace(each, status="agreed"))
        label = _("Change the condition on {question}").format(question=each.question)
        folded = st.expander(
            label, key=f"cond:{opened.id}:{each.question}", on_change="rerun", type="compact"
        )
        if folded.open:
            with folded:
                answer = opened.assessment.answer_set.answers.get(each.question)
                mitigation.draw(opened, question, answer)


def _draw_confirm(opened: Opened, agreed: Mitigation) -> None:
    """Draw the button that makes a condition agreed, or what it lacks for that."""
    lacks = mitigation.problems(agreed)
    if lacks:
        st.caption(" ".join(plain(each.message) for each in lacks))
        return
    label = _("Confirm the condition on {question}").format(question=agreed.question)
    part = f"mitigation:{agreed.question}"
    if not session.may_write(opened, part):
        return
    if st.button(label, key=f"confirm:{agreed.question}") and session.save(
        part, to_document(agreed), opened.revisions.get(part, 0)
    ):
        st.rerun()


def _draw_untreated(opened: Opened) -> None:
    """Say how many serious answers have nothing agreed against them, and where to do that."""
    if not isinstance(opened.outcome, Result):
        return
    found = findings.find(opened.outcome)
    left = [each for each in found if each.kind != "evidence" and not each.treated]
    if left:
        words = counted(
            len(left),
            "{n} serious answer has no agreed or verified treatment.",
            "{n} serious answers have no agreed or verified treatment.",
        )
        st.markdown(words)
        label = _("Put conditions on them")
        session.link("profile", label, assessment=opened.id, show=N_("Findings and conditions"))
