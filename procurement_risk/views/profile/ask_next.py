"""What to ask next, most telling first, and the list of it that a supplier may be sent."""

from __future__ import annotations

import streamlit as st

from procurement_risk.framework import Framework, Question
from procurement_risk.framework.words import answered_by, decision, short_title
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import counted, listed
from procurement_risk.language.text import plain
from procurement_risk.profile import advice, supplier_questions
from procurement_risk.profile.advice import NextQuestion
from procurement_risk.views.shared import chart_view, forms, question_link, session
from procurement_risk.views.shared.session import Opened

FIRST = 5


def draw(opened: Opened) -> None:
    """Draw the list; the first five with a way to answer each."""
    st.subheader(_("What to ask next"), anchor=False)
    asked = forms.advice(opened, "ask_next", lambda: advice.ask_next(opened.result))
    st.markdown(_lead(asked))
    for each in asked[:FIRST]:
        draw_question(opened, each.question, _who_and_what(opened.framework, each))
    rest = asked[FIRST:]
    if rest:
        label = counted(len(rest), "The other {n} open question", "The other {n} open questions")
        with st.expander(label):
            st.markdown("\n".join(_item(question) for question in rest))
    with st.expander(_("As text, to send to whoever can answer")):
        st.code(as_text(asked), language=None, wrap_lines=True)
    draw_supplier_list(opened)


def _lead(asked: tuple[NextQuestion, ...]) -> str:
    settling = sum(question.settles == 1 for question in asked)
    if settling:
        return counted(
            settling,
            "{n} question would settle it, whatever the answer.",
            "{n} questions would settle it, whatever the answer.",
        )
    if any(question.settles for question in asked):
        return _("Some answers to these would settle it at once. The most telling come first.")
    return _("No single answer settles it yet. Start with the heaviest.")


def draw_question(opened: Opened, question: Question, about: str) -> None:
    """Draw an open question, what there is to say about it, and the way to answer it."""
    words, button = st.columns([5, 1], vertical_alignment="center")
    words.markdown(_in_bold(question))
    words.caption(about)
    label = _("Answer this fact") if question.is_fact else _("Answer {question}")
    label = label.format(question=question.id)
    if button.button(label, key=f"next:{question.id}"):
        session.go("answer", **question_link.place(opened, question))


def _who_and_what(framework: Framework, asked: NextQuestion) -> str:
    question = asked.question
    if question.is_fact:
        parts = [_("A fact about the purchase")]
    else:
        section = short_title(framework.section(question.section))
        who = answered_by(question.answered_by)
        parts = [plain(section), _("Ask: {who}").format(who=who)]
    if question.evidence:
        evidence = plain(question.evidence.rstrip("."))
        parts.append(_("Evidence: {evidence}").format(evidence=evidence))
    return f"{'. '.join(parts)}. {effect(asked)}"


def effect(asked: NextQuestion) -> str:
    """Return what answering would do: how many options settle it, and at what."""
    options = asked.tried
    settled = options - asked.unsettled
    words = [decision(name) for name in asked.reachable if name != "not_ready"]
    outcomes = listed(words, "or")
    if settled == options:
        return _("Settles it, whatever the answer: {outcomes}.").format(outcomes=outcomes)
    if not settled:
        return _("Narrows the range.")
    return ngettext(
        "{n} of its {all} options settles it: {outcomes}.",
        "{n} of its {all} options settle it: {outcomes}.",
        settled,
    ).format(n=settled, all=options, outcomes=outcomes)


def _item(asked: NextQuestion) -> str:
    return f"- {_in_bold(asked.question)} {effect(asked)}"


def _in_bold(question: Question) -> str:
    """Return a question with its id in bold; a fact by its text alone."""
    return plain(question.ask) if question.is_fact else f"**{question.id}** {plain(question.ask)}"


def as_text(asked: tuple[NextQuestion, ...]) -> str:
    """Return the questions as plain text, with the evidence that is expected."""
    lines = []
    for number, each in enumerate(asked, 1):
        question = each.question
        name = "" if question.is_fact else f"{question.id}: "
        lines.append(f"{number}. {name}{question.ask}")
        if each.question.evidence:
            evidence = _("Evidence: {evidence}").format(evidence=each.question.evidence)
            lines.append(f"   {evidence}")
    return "\n".join(lines)


def draw_supplier_list(opened: Opened) -> None:
    """Draw the list folded away, where the supplier has something to answer."""
    framework, result = opened.framework, opened.outcome
    asked = supplier_questions.to_ask(framework, result)
    if not asked:
        return
    label = counted(
        len(asked),
        "A ready list for the supplier: {n} question",
        "A ready list for the supplier: {n} questions",
    )
    with st.expander(label):
        st.markdown(
            _(
                "The open questions that the supplier answers, alone or with you. It shows no "
                "weights, no risk values and no red flags, and may be sent as it is."
            )
        )
        text = supplier_questions.as_letter(opened.assessment, framework, result)
        st.code(text, language=None, wrap_lines=True)
        st.download_button(
            _("Download the list as text"),
            text.encode("utf-8"),
            file_name=f"{chart_view.safe_file_name(f'questions-{opened.id}')}.txt",
            mime="text/plain; charset=utf-8",
            on_click="ignore",
            key="supplier-list",
        )
