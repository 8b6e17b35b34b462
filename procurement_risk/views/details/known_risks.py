"""Known risks in the sense of the Procurement Act: which topics qualify, each with why."""

from __future__ import annotations

from functools import partial

import streamlit as st

from procurement_risk.assessment import KnownRisk
from procurement_risk.assessment.document import part_to_document
from procurement_risk.errors import Problem
from procurement_risk.exports.published.risk_topics import topic_title, topics_of
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.language.text import one_line, told_apart
from procurement_risk.methods import evaluate
from procurement_risk.views.shared import forms, tables
from procurement_risk.views.shared.session import Opened

LONGEST = 1000


def draw(opened: Opened) -> None:
    """Draw what a known risk is, which are marked, and the form that marks one."""
    st.markdown(
        _(
            "A known risk could keep the contract from being performed satisfactorily and, "
            "because of its nature, cannot be dealt with in the contract as awarded (Procurement "
            "Act 2023, Schedule 8, paragraph 5). A contract can later be changed for it only if "
            "it was named in the tender or transparency notice. What a clause can settle is no "
            "known risk: it belongs in the contract, and stands in *Conditions and clauses*."
        )
    )
    framework, marked = opened.framework, opened.assessment.known_risks
    result = evaluate(framework, opened.assessment.answer_set)
    topics = {topic: topic_title(framework, topic) for topic in topics_of(framework, result)}
    topics |= {topic: topic_title(framework, topic) for topic in marked}
    rows = [[topics[topic], one_line(risk.why)] for topic, risk in marked.items()]
    if rows:
        columns = [_("Known risk"), _("Why it qualifies")]
        tables.draw(_("Risks that are marked as known"), columns, rows)
    else:
        st.markdown(_("None is marked."))
    others = len(topics) - len(marked)
    st.caption(
        counted(
            others,
            "{n} other topic is for the contract to deal with.",
            "{n} other topics are for the contract to deal with.",
        )
    )
    if topics:
        ask = partial(_ask, opened, topics)
        forms.draw(opened, "known_risks", _("Save the known risk"), ask)


def _ask(opened: Opened, topics: dict[str, str], key: str) -> tuple[list[Problem], object | None]:
    topic = forms.choose(
        _("Topic"), told_apart(topics), f"{key}:topic", placeholder=_("Choose a topic")
    )
    answers = {"yes": _("Yes: it is a known risk"), "no": _("No: the contract deals with it")}
    qualifies = forms.choose(
        _("By its nature, can it not be dealt with in the contract?"),
        answers,
        f"{key}:qualifies",
        placeholder=_("Choose an answer"),
    )
    label = _("Why it cannot. This stands in the notice, so name no supplier and no person")
    why = forms.ask_text(label, "", f"{key}:why", LONGEST)
    risk = forms.ask_text(
        _("The risk in your words, if the clause's own do not say it"), "", f"{key}:risk", LONGEST
    )
    problems = []
    if not topic:
        problems.append(Problem("topic", _("Choose the topic.")))
    if not qualifies:
        problems.append(Problem("qualifies", _("Say whether it qualifies.")))
    if qualifies == "yes" and not why:
        problems.append(Problem("why", _("Write why it cannot be dealt with in the contract.")))
    if problems or not topic:
        return problems, None
    kept = {name: each for name, each in opened.assessment.known_risks.items() if name != topic}
    if qualifies == "yes":
        kept[topic] = KnownRisk(why=why, risk=risk)
    return [], part_to_document("known_risks", dict(sorted(kept.items()))) or None
